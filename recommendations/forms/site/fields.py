"""Form fields: days as people type them, whose formats are defined in days.py, records, and files."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.formats import date_format

from recommendations import days
from recommendations.exchange.readers.scanner import NOT_SCANNED, has_scanner
from recommendations.exchange.readers.upload_gate import problem_of
from recommendations.periods import say

_today: ContextVar[datetime.date | None] = ContextVar("today", default=None)


@contextmanager
def use_today(today: datetime.date) -> Iterator[None]:
    """Set the London day on which forms are filled in within this context; middleware does so for each request.
    Without it, words that depend on today ("tomorrow", "in 3 months") are invalid.
    """
    before = _today.set(today)
    try:
        yield
    finally:
        _today.reset(before)


def today() -> datetime.date | None:
    """The day set by use_today, or None."""
    return _today.get()


class DayField(forms.DateField):
    """A day in one text field: 7/11/2026, 7.11.26, 7 Nov 2026, 2026-11-07, Dec 2027, in 3 months, tomorrow.
    Two-digit years are in this century; without a year it is the next such day, or the last one if the field is for
    `past` days. Invalid input stays in the field, with an error that explains it.
    """

    widget = forms.TextInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past = past
        self.widget.attrs = day_box(past=past) | {"class": "govuk-input--width-10"} | self.widget.attrs

    def prepare_value(self, value: Any) -> Any:
        """Show a day as 7 Nov 2026, and typed input as it is."""
        return date_format(value, "j M Y") if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        if not value.strip():
            return None
        return read_day(value, past=self.past)


class LinkField(forms.URLField):
    """The address of a page, optional; without a scheme it is https."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a whole address, such as https://www.example.org/report."}

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, required=False, max_length=500, assume_scheme="https")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | {"inputmode": "url"}


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records. An id that is too large for the database is no choice, as any other that there is not."""

    def clean(self, value: Any) -> QuerySet:
        try:
            return super().clean(value)
        except OverflowError:  # SQLite’s
            sent = {"value": max(value, key=len)}
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", sent) from None


class RecordField(forms.ModelChoiceField):
    """One record. An id that is too large for the database is no choice, as any other that there is not."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError:  # SQLite’s
            sent = {"value": value}
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", sent) from None


# The attribute data-day of a day field is "next" or "past" (static/js/days.js).


def day_box(*, past: bool = False) -> dict[str, str]:
    """The HTML attributes of a field for days."""
    return {"autocomplete": "off", "data-day": "past" if past else "next"}


def day_in(box: dict[str, str], typed: object) -> datetime.date | None:
    """The day in a field with these attributes; None if the field is not for days, or the input is invalid."""
    if "data-day" not in box or not isinstance(typed, str):
        return None
    try:
        return read_day(typed, past=box["data-day"] == "past")
    except forms.ValidationError:
        return None


def say_read(day: datetime.date, typed: str) -> str:
    """The interpreted day in words, or "" if it was typed like that."""
    return "" if typed.strip() in (date_format(day, "j M Y"), say(day)) else say_with_weekday(day)


def say_with_weekday(day: datetime.date) -> str:
    """ "Fri 31 Dec 2027"."""
    return date_format(day, "D j M Y")


def read_day(typed: str, *, past: bool = False) -> datetime.date:
    """Parse a typed day. Raises ValidationError with the reason."""
    try:
        return days.read_day(typed, today=today(), past=past)
    except days.NotADay as error:
        raise forms.ValidationError(str(error), code="invalid") from error


class UploadField(forms.FileField):
    """An uploaded file. Every upload passes the gate: its type is checked, and it is scanned for viruses."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and (problem := problem_of(file, file.name)):
            raise forms.ValidationError(problem, code="gate")
        return file

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """Say in the help text if there is no scanner."""
        if not has_scanner() and NOT_SCANNED not in str(self.help_text):
            self.help_text = f"{self.help_text} {NOT_SCANNED}".strip()
        return super().get_bound_field(form, field_name)
