"""The forms of directions: what one enforces, by which day, and that it no longer does."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.register.enforcements import recommendation_named
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import TrackedRecommendation, User


class EnforceForm(VerbForm):
    """A recommendation that a direction enforces, and the day that the direction states."""

    tracked = forms.CharField(
        label="Reference", max_length=30, error_messages={"required": "Enter the reference of the recommendation."}
    )
    due_on = DayField(label="Stated day", error_messages={"required": "Enter the day that the direction states."})
    words = long_text("What it says", help_text="The words of the direction on this recommendation, if it has any.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by

    def clean_tracked(self) -> TrackedRecommendation:
        reference = self.cleaned_data["tracked"]
        found = recommendation_named(reference, self.by)
        if found is None:
            raise forms.ValidationError(f"There is no recommendation {reference}. Check its reference.")
        return found


class EndEnforcementForm(VerbForm):
    """A direction no longer enforces a recommendation, with a reason."""

    reason = long_text("Why", empty="Say why it no longer counts.")
