"""Days as people type them, as a field of a form. What counts as a day: days.py."""

import datetime

from django import forms
from django.utils.formats import date_format

from recommendations import days


class DayField(forms.DateField):
    """A day in one text box: 7/11/2026, 7.11.26, 7 Nov 2026, 7th November 2026, 2026-11-07.

    Two digits of a year are of this century. What cannot be read stays in the box, beside a message that says why.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs = {"autocomplete": "off", "class": "govuk-input--width-10"} | self.widget.attrs

    def prepare_value(self, value):
        """A day is shown as 7 Nov 2026; what a person typed is shown as it is."""
        return date_format(value, "j M Y") if isinstance(value, datetime.date) else value

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        if not value.strip():
            return None
        return read_day(value)


def read_day(typed: str) -> datetime.date:
    """The day that somebody typed. Raises ValidationError with what is wrong, in words."""
    try:
        return days.read_day(typed)
    except days.NotADay as error:
        raise forms.ValidationError(str(error), code="invalid") from error
