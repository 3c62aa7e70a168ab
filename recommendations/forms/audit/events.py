"""The filter of the security events, and the form to remove a second factor."""

from typing import Any

from django import forms
from django.conf import settings

from recommendations.domain.audit.event_queries import GROUPS
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form, VerbForm
from recommendations.models import User
from recommendations.networks import ELSEWHERE

DAYS = [("1", "Today"), ("7", "Last 7 days"), ("30", "Last 30 days"), ("", "All")]


class EventFilterForm(Form):
    """Kind, person, time span, and network if the office has named its networks; all optional."""

    use_required_attribute = False
    unmarked = ("kind", "person", "days", "network")

    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *((name, label) for name, (label, _) in GROUPS.items())]
    )
    person = forms.ModelChoiceField(User.objects.none(), label="Person", required=False, empty_label="Anybody")
    days = forms.ChoiceField(label="When", required=False, choices=DAYS)
    network = forms.ChoiceField(label="Network", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.order_by("name")
        names = dict.fromkeys(each.name for each in settings.NETWORKS)
        self.fields["network"].choices = [("", "Any"), *((name, name) for name in names), (ELSEWHERE, "Elsewhere")]
        if not names:
            del self.fields["network"]


class ResetFactorForm(VerbForm):
    """Remove a second factor, with a reason."""

    reason = long_text(
        "Why, and how you know that it was they who asked", empty="Say why, and how you know who asked.", rows=2
    )
