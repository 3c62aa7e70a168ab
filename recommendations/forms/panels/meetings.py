"""The forms for meetings: planning one or a series, changing, cancelling, withdrawing; and for their files."""

import datetime
import re
from typing import Any

from django import forms

from recommendations.domain.panels.meeting_series import series
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingFileKind
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, UploadField, read_day
from recommendations.forms.site.record import LinesField, RecordForm
from recommendations.models import Meeting

CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm)?", re.IGNORECASE)
NO_CLOCK = "Enter a time like 14:30."
STEPS = {
    "once": ("This day only", {}),
    "week": ("Every week", {"weeks": 1}),
    "fortnight": ("Every two weeks", {"weeks": 2}),
    "four_weeks": ("Every four weeks", {"weeks": 4}),
    "month": ("Every month, on the same weekday", {"months": 1}),
    "two_months": ("Every two months, on the same weekday", {"months": 2}),
    "quarter": ("Every three months, on the same weekday", {"months": 3}),
    "half_year": ("Every six months, on the same weekday", {"months": 6}),
}
MUST_NOT_SAY = "Nothing about anyone who is discussed."


class ClockField(forms.TimeField):
    """A London time in one text field: 14:30, 14.30, 2.30pm, 9."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs = {"autocomplete": "off", "class": "govuk-input--width-5"} | self.widget.attrs

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, datetime.time):
            return value
        if not (value or "").strip():
            return None
        found = CLOCK.fullmatch(value.strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if found and found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
        elif found and found[3]:
            hour = 99
        if hour > 23:
            raise forms.ValidationError(NO_CLOCK, code="invalid")
        return datetime.time(hour, minute)


class PlanMeetingsForm(VerbForm):
    """A day, or a series from that day, or a list of days. `days` are all of them once the form is valid."""

    unmarked = ("on", "every", "until", "others")

    on = DayField(label="Day", required=False, help_text="The first one of a series.")
    every = forms.ChoiceField(
        label="How often", required=False, choices=[(key, words) for key, (words, _) in STEPS.items()]
    )
    until = DayField(label="Until", required=False, help_text="The last day on which one may be.")
    others = LinesField(
        label="Or other days",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One per line, for example copied from a calendar of meetings.",
    )
    start = ClockField(label="Starts at", required=False)
    end = ClockField(label="Ends at", required=False)
    place = short_text("Place", 200)
    days: list[datetime.date]

    def clean_others(self) -> list[datetime.date]:
        return [read_day(line) for line in self.cleaned_data["others"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.days = list(given.get("others") or ())
        try:
            if first := given.get("on"):
                self.days += self._series(first, given)
            elif not self.days and not {"on", "others"} & set(self.errors):
                raise Refusal("Enter the day of the meeting.", "on")
        except Refusal as refusal:
            self.refuse(refusal)
        return given

    def _series(self, first: datetime.date, cleaned: dict) -> list[datetime.date]:
        step = STEPS[cleaned.get("every") or "once"][1]
        if not step:
            return [first]
        if "until" in self.errors:
            return []
        if cleaned.get("until") is None:
            raise Refusal("Enter until when the panel meets like this.", "until")
        return series(first, until=cleaned["until"], **step)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal about the days at the first of their fields."""
        if refusal.field == "days":
            refusal.field = "on" if self.cleaned_data.get("on") else "others"
        super().refuse(refusal)

    def verb_fields(self) -> dict:
        return {"days": self.days} | {name: self.cleaned_data[name] for name in ("start", "end", "place")}


class MeetingForm(RecordForm):
    """A meeting's day, times, place and note. Moving it to another day needs a reason."""

    unmarked = ("reason",)

    on = DayField(label="Day", error_messages={"required": "Enter the day of the meeting."})
    start = ClockField(label="Starts at", required=False)
    end = ClockField(label="Ends at", required=False)
    place = short_text("Place", 200)
    note = long_text("Note for the minutes", rows=2, help_text=MUST_NOT_SAY)
    reason = long_text("Why it moves", rows=2, help_text="Required if the day changes.")

    def values_of(self, record: Meeting) -> dict:
        return {name: getattr(record, name) for name in ("on", "start", "end", "place", "note")}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class OfMeeting(OfRecord):
    read_again = "Someone else has changed this meeting. Check it below, then press the button again."


class CancelMeetingForm(OfMeeting):
    why = long_text("Why it is cancelled", empty="Say why the meeting is cancelled.", help_text=MUST_NOT_SAY)


class WithdrawMeetingForm(OfMeeting):
    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn.", help_text=MUST_NOT_SAY)


class AttachFileForm(VerbForm):
    """A file of a meeting: its minutes or papers."""

    kind = forms.ChoiceField(
        label="What it is", choices=MeetingFileKind.choices, widget=forms.RadioSelect, initial="minutes"
    )
    document = UploadField(
        label="File",
        allow_empty_file=True,
        help_text="A .pdf, .docx or .txt file of up to 20 MB. No minutes that say anything about people discussed.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
        error_messages={"required": "Choose a file."},
    )

    def verb_fields(self) -> dict:
        file = self.cleaned_data["document"]
        return {"kind": self.cleaned_data["kind"], "name": file.name, "content": file.read()}


class ShowPanelForm(VerbForm):
    reason = long_text("Why", empty="Say why.", rows=2)


class WithdrawMemberForm(VerbForm):
    reason = long_text("Why they are withdrawn", empty="Say why the member is withdrawn.")


class WithdrawFileForm(VerbForm):
    reason = long_text("Why it is withdrawn", empty="Say why the file is withdrawn.")
