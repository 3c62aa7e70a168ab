"""The forms to issue a finalised paper to a committee's meeting, and to withdraw that."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.papers.notifications import people_to_tell
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField, RecordsField
from recommendations.models import Panel, User


class IssueForm(VerbForm):
    """The meeting, the item, how the paper was sent, and whom to notify: by default all committee members."""

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
        help_text="For example: by email to the clerk.",
        error_messages={"required": "Say how it was sent."},
    )

    tell = RecordsField(
        User.objects.none(),
        label="Send an email to",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each member of the committee who is ticked gets one email with the meeting’s day and a link, and "
        "nothing that the paper says.",
        error_messages={"invalid_choice": "Choose committee members who have an account."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        # without visible_to: a form of the office
        self.fields["panel"].queryset = Panel.objects.committees(today)
        people = self.fields["tell"].queryset = people_to_tell()
        self.initial.setdefault("tell", list(people.values_list("pk", flat=True)))
        if not self.initial["tell"]:
            del self.fields["tell"]

    def clean(self) -> dict[str, Any]:
        """Notify only members of the chosen committee."""
        given = super().clean()
        if given.get("panel") and given.get("tell"):
            members = people_to_tell(given["panel"])
            given["tell"] = [person for person in given["tell"] if person in members]
        return given


class WithdrawIssueForm(VerbForm):
    """Why a recorded issue to a meeting is withdrawn."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn.")


class PublishPaperForm(VerbForm):
    """Nothing to fill in: the page shows what becomes public."""


class WithdrawPublicPaperForm(VerbForm):
    """Why it is withdrawn; the reason is public."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn. The reason is public.")
