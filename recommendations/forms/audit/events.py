"""Which security events are listed, and why a second factor is taken away."""

from django import forms

from recommendations.domain.audit.event_queries import GROUPS
from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import ActForm
from recommendations.models import User

DAYS = [("1", "Today"), ("7", "Last 7 days"), ("30", "Last 30 days"), ("", "All")]


class EventFilterForm(forms.Form):
    """Kinds, a person and how far back; all of them optional."""

    use_required_attribute = False
    unmarked = ("kind", "person", "days")

    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *((name, label) for name, (label, _) in GROUPS.items())]
    )
    person = forms.ModelChoiceField(User.objects.none(), label="Person", required=False, empty_label="Anybody")
    days = forms.ChoiceField(label="When", required=False, choices=DAYS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.order_by("name")


class ResetFactorForm(ActForm):
    """Take a second factor away, with a reason."""

    reason = long_text("Why, and how you know that it was they who asked", empty="Say why.", rows=2)
