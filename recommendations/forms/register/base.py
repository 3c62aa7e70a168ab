"""What the forms for one tracked recommendation share: the record, the user, and long and short text fields."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.site.base import VerbForm
from recommendations.models import TrackedRecommendation, User

LONGEST = 20_000


def long_text(label: str, *, empty: str = "", rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A text field with several lines; required if `empty` gives the error for an empty one."""
    return forms.CharField(
        label=label,
        required=bool(empty),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": empty},
        **kwargs,
    )


def short_text(label: str, longest: int = 120, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest, **kwargs)


class AboutTracked(VerbForm):
    """What these forms share: the record, the user, and today (a London day), which determine the initial values.
    `words` are the office's labels (Label.objects.words()); forms with a choice of them need it. `folded` are the
    fields that are folded away until they are needed.
    """

    folded: tuple[str, ...] = ()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        tracked: TrackedRecommendation,
        by: User,
        on: datetime.date,
        words: dict | None = None,
        **kwargs: Any,
    ) -> None:
        self.tracked, self.by, self.on, self.words = tracked, by, on, words or {}
        kwargs["initial"] = self.starts_with() | kwargs.pop("initial", {})
        super().__init__(data, **kwargs)

    @property
    def own_name(self) -> str:
        """The user's name if they belong to the force, otherwise ""; no one else's name is ever filled in."""
        return self.by.name if self.by.force_id else ""

    def starts_with(self) -> dict:
        """The initial values."""
        return {}

    @property
    def folded_is_open(self) -> bool:
        """Whether a folded field has an error, or words that are not saved yet."""
        if self.is_bound:
            return any(name in self.errors for name in self.folded)
        start = self.starts_with()
        return any((self.initial.get(name) or "") != (start.get(name) or "") for name in self.folded)


class GuardedForm(AboutTracked):
    """A form whose verb checks that the record has not changed since the user saw it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.tracked.version

    def verb_fields(self) -> dict[str, Any]:
        """Add the version that was read; 0, always stale, if the form lost it."""
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}
