"""The forms for committee requests: recording and changing one, answering it in a draft, withdrawing it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import RecordForm
from recommendations.models import CommitteeRequest, Force, Panel, RequestAnswer, User

PRINTED = 2_000  # characters of an answer, as it is printed on a page of a paper


def _required_field(label: str, longest: int, empty: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, error_messages={"required": empty}, **kwargs)


class RequestForm(RecordForm):
    """A committee's request: text, meeting, owner and due day. The committee of an existing request cannot change."""

    panel = forms.ModelChoiceField(
        Panel.objects.none(),
        label="Committee",
        empty_label="Choose the committee",
        error_messages={"required": "Choose the committee."},
    )
    number = _required_field(
        "Number", 20, "Enter the number that the minutes give it.", help_text="As in the minutes: 26/14."
    )
    asked_on = DayField(
        past=True, label="Day of the meeting", error_messages={"required": "Enter the day of the meeting."}
    )
    text = long_text("What is asked for", empty="Write what is asked for.", help_text="As in the minutes.")
    force = forms.ModelChoiceField(
        Force.objects.none(), label="Force", required=False, empty_label="No one force: all of them"
    )
    owner = _required_field("Owner", 120, "Enter the owner.", help_text="A person or a post.")
    due_on = DayField(
        label="To be answered by",
        error_messages={"required": "Enter the day by which it is to be answered."},
        help_text="Usually the day of the next paper.",
    )
    reason = short_text("Why it changes", 300)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        by: User,
        today: datetime.date,
        record: CommitteeRequest | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, record=record, **kwargs)
        self.fields["force"].queryset = Force.objects.visible_to(by).order_by("name")
        if record:
            del self.fields["panel"]
        else:
            # without visible_to: a form of the office
            self.fields["panel"].queryset = Panel.objects.committees(today)

    def values_of(self, record: CommitteeRequest) -> dict:
        names = ("number", "asked_on", "text", "force", "owner", "due_on")
        return {name: getattr(record, name) for name in names}

    def verb_fields(self) -> dict:
        return super().verb_fields() | ({"version": self.read_version} if self.record else {})


class RequestAnswerForm(RecordForm):
    """The answer to a request in one draft: `record`, new and unsaved if there is none yet."""

    text = forms.CharField(
        label="Answer",
        required=False,
        max_length=PRINTED,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It is printed in the paper. Empty it to take it back.",
    )
    reason = forms.CharField(required=False, widget=forms.HiddenInput)
    unmarked = ("text",)

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: RequestAnswer, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        del self.fields["reason"]

    def values_of(self, record: RequestAnswer) -> dict:
        return {"text": record.text}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class WithdrawRequestForm(VerbForm):
    """Withdraw a request that was recorded by mistake or dropped by the committee, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why the request is withdrawn.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: CommitteeRequest, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["version"].initial = record.version

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}
