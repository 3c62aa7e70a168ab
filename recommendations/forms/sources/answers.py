"""The forms for the steps of a reply, extensions, and stopped clocks."""

import datetime
from typing import Any

from django import forms

from recommendations.enums.sources import AnswerStepKind, ExtensionAnswer
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField, LinkField
from recommendations.forms.sources.names import AsksAboutNames
from recommendations.models import AnswerStep


def _words(label: str, needed: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    messages = {"required": needed} if needed else {}
    return forms.CharField(label=label, required=bool(needed), widget=widget, error_messages=messages)


class AboutAnswerForm(AsksAboutNames, VerbForm):
    """Base of the forms about a reply. `about_deaths`: the report is about a death (see AsksAboutNames)."""

    def __init__(self, data: Any = None, *, about_deaths: bool = False, **kwargs: Any) -> None:
        self.is_about_deaths = about_deaths
        super().__init__(data, **kwargs)

    def verb_fields(self) -> dict:
        return {name: value for name, value in super().verb_fields().items() if name != "asked_names"}


class AnswerStepForm(AboutAnswerForm):
    """The day of a step of the reply; for its publication also where."""

    without_names: tuple[str, ...] = ("link", "note")

    effective_on = DayField(past=True, label="Day", error_messages={"required": "Enter the day."})
    link = LinkField(label="Where it is published")
    note = forms.CharField(label="Note", required=False, max_length=500)

    def __init__(self, data: Any = None, *, step: AnswerStepKind, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"effective_on": today} | kwargs.pop("initial", {}), **kwargs)
        del self.fields["note" if step == AnswerStepKind.PUBLISHED else "link"]
        self.without_names = tuple(name for name in self.without_names if name in self.fields)


class ChangeStepForm(AnswerStepForm):
    """Another day, note or link for a step that is recorded, or a reason to withdraw it."""

    without_names = ("link", "note", "reason")

    reason = forms.CharField(
        label="Why it changes", max_length=500, error_messages={"required": "Say why it is changed."}
    )

    def __init__(self, data: Any = None, *, row: AnswerStep, **kwargs: Any) -> None:
        stands = {name: getattr(row, name) for name in ("effective_on", "link", "note")}
        super().__init__(data, step=AnswerStepKind(row.step), initial=stands, **kwargs)
        # What an earlier page recorded stays, where this step no longer asks for it.
        self.unasked = {name: stands[name] for name in ("link", "note") if name not in self.fields}

    def verb_fields(self) -> dict:
        return self.unasked | super().verb_fields()


class ExtensionForm(AboutAnswerForm):
    """A request for more time."""

    without_names = ("why",)

    asked_on = DayField(past=True, label="Asked for on", error_messages={"required": "Enter the day."})
    why = _words("Why")

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"asked_on": today}, **kwargs)


class ExtensionDecisionForm(AboutAnswerForm):
    """The decision on the extension."""

    answer = forms.ChoiceField(label="Decision", choices=ExtensionAnswer)
    answered_on = DayField(past=True, label="Decided on", error_messages={"required": "Enter the day."})
    new_day = DayField(label="New last day, if granted", required=False)
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

    on = DayField(past=True, label="Runs again from", error_messages={"required": "Enter the day."})

    def __init__(self, data: Any = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"on": today}, **kwargs)


class WithdrawForm(AboutAnswerForm):
    """Withdraw an extension that was recorded by mistake."""

    without_names = ("reason",)

    row = forms.ChoiceField(label="Which")
    reason = _words("Why", "Say why it is withdrawn.")

    def __init__(self, data: Any = None, *, rows: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["row"].choices = rows
