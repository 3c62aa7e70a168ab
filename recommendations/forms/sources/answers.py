"""The forms for an answer's steps, requests for more time, and stopped clocks."""

import datetime
from typing import Any

from django import forms

from recommendations.enums.sources import AnswerStepKind, ExtensionAnswer
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.sources.names import AsksAboutNames


def _words(label: str, needed: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    messages = {"required": needed} if needed else {}
    return forms.CharField(label=label, required=bool(needed), widget=widget, error_messages=messages)


class AboutAnswerForm(AsksAboutNames, VerbForm):
    """Base of the forms about an answer. `about_deaths`: the report is about a death (see AsksAboutNames)."""

    def __init__(self, data: Any = None, *, about_deaths: bool = False, **kwargs: Any) -> None:
        self.is_about_deaths = about_deaths
        super().__init__(data, **kwargs)

    def verb_fields(self) -> dict:
        return {name: value for name, value in super().verb_fields().items() if name != "asked_names"}


class AnswerStepForm(AboutAnswerForm):
    """A dated step of the answer."""

    without_names = ("link", "note")

    step = forms.ChoiceField(label="What happened", choices=AnswerStepKind)
    effective_on = DayField(past=True, label="Day", error_messages={"required": "Enter the day."})
    link = forms.URLField(label="Where it is published", required=False, max_length=500, assume_scheme="https")
    note = _words("Note")

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"effective_on": today}, **kwargs)


class AskExtensionForm(AboutAnswerForm):
    """A request for more time."""

    without_names = ("why",)

    asked_on = DayField(past=True, label="Asked for on", error_messages={"required": "Enter the day."})
    why = _words("Why")

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"asked_on": today}, **kwargs)


class AnswerExtensionForm(AboutAnswerForm):
    """The decision on the request."""

    answer = forms.ChoiceField(label="Answer", choices=ExtensionAnswer)
    answered_on = DayField(past=True, label="Answered on", error_messages={"required": "Enter the day."})
    new_day = DayField(label="New last day if granted", required=False)
    answered_by = forms.CharField(label="By whom", required=False, max_length=80)

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"answered_on": today}, **kwargs)


class StopClockForm(AboutAnswerForm):
    """Stopping the clock."""

    without_names = ("reason",)

    on = DayField(past=True, label="Stopped on", error_messages={"required": "Enter the day."})
    reason = _words("What stops it", "Say what stops it.")

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"on": today}, **kwargs)


class ResumeClockForm(AboutAnswerForm):
    """Restarting the clock."""

    on = DayField(past=True, label="Runs on from", error_messages={"required": "Enter the day."})

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"on": today}, **kwargs)


class WithdrawForm(AboutAnswerForm):
    """Withdraw one of the rows on the page, which was recorded by mistake."""

    without_names = ("reason",)

    row = forms.ChoiceField(label="What was recorded wrongly")
    reason = _words("Why", "Say why it is withdrawn.")

    def __init__(self, data: Any = None, *, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["row"].choices = rows
