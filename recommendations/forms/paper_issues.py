"""The forms to issue a finalised paper to a committee's meeting, and to withdraw that."""

from django import forms

from recommendations.forms.base import ActForm
from recommendations.forms.fields import DayField
from recommendations.forms.voices import long_text
from recommendations.models import Panel


class IssueForm(ActForm):
    """The meeting, the item, and how the paper was sent."""

    panel = forms.ModelChoiceField(
        Panel.objects.none(),
        label="Committee",
        empty_label="Choose the committee",
        error_messages={"required": "Choose the committee."},
    )
    meeting_on = DayField(label="Day of the meeting", error_messages={"required": "Enter the day of the meeting."})
    item = forms.CharField(
        label="Item number", max_length=20, error_messages={"required": "Enter the item’s number on the agenda."}
    )
    sent_how = forms.CharField(
        label="How it was sent",
        max_length=120,
        help_text="For example: by e-mail to the clerk.",
        error_messages={"required": "Say how it was sent."},
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["panel"].queryset = Panel.objects.filter(until__isnull=True).order_by("name")


class WithdrawIssueForm(ActForm):
    """Why what was recorded of a meeting is withdrawn."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn.")
