"""The forms for custody visits: recording one, the force's answer, withdrawing one, and the filter of the list."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.formats import date_format

from recommendations.domain.custody.visits import MOST
from recommendations.forms.panels.meetings import ClockField
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form, OfRecord, VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import RecordForm
from recommendations.models import CustodySuite, CustodyVisit, User
from recommendations.models.panels.custody import NO_DETAINEES
from recommendations.periods import Period

YEAR = datetime.timedelta(days=364)


def count_field(label: str, help_text: str = "") -> forms.IntegerField:
    said = f"{label}: enter a number from 0 to {MOST}."
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class VisitForm(VerbForm):
    """A visit that took place: when, by how many visitors, and the counts."""

    suite = forms.ModelChoiceField(
        CustodySuite.objects.none(), empty_label="Choose", error_messages={"required": "Choose the suite."}
    )
    on = DayField(past=True, label="Day", error_messages={"required": "Enter the day of the visit."})
    start = ClockField(label="Began at", error_messages={"required": "Enter when it began."})
    end = ClockField(label="Ended at", required=False)
    visitors = count_field("Visitors")
    tact_trained = count_field("Of them trained for TACT detainees")
    held = count_field("Detainees held")
    offered = count_field("Offered a visit")  # type: ignore[assignment]  # a field of this name, and no suggestions
    seen = count_field("Seen")
    refused = count_field("Refused")
    findings = long_text("Findings", rows=5, help_text=NO_DETAINEES)

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["suite"].queryset = CustodySuite.objects.visible_to(by).order_by("name")


class VisitAnswerForm(RecordForm):
    """The force's answer to the findings of a visit."""

    answer = long_text("The force’s answer", empty="Enter the force’s answer.", rows=5, help_text=NO_DETAINEES)
    answered_on = DayField(
        past=True, label="Day of the answer", error_messages={"required": "Enter the day of the answer."}
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, record: CustodyVisit, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(data, record=record, **kwargs)
        self.initial["answered_on"] = record.answered_on or on

    def values_of(self, record: CustodyVisit) -> dict:
        return {"answer": record.answer, "answered_on": record.answered_on}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class WithdrawVisitForm(OfRecord):
    """Withdraw a visit that was recorded by mistake, with a reason."""

    read_again = "Someone has changed this visit. Check it, then withdraw it again."
    reason = long_text("Why it is withdrawn", empty="Say why this visit is withdrawn.")


class CoverageForm(Form):
    """The period and suite to show; the last year and every suite if nothing valid is given."""

    use_required_attribute = False
    unmarked = ("first", "last", "suite")

    first = DayField(past=True, label="From", required=False)
    last = DayField(past=True, label="To", required=False)
    suite = forms.ModelChoiceField(CustodySuite.objects.none(), required=False, empty_label="Every suite")

    def __init__(self, data: Mapping[str, Any], *, by: User, today: datetime.date) -> None:
        self.today = today
        asked = {name: data[name] for name in ("first", "last", "suite") if data.get(name)}
        super().__init__({name: date_format(day, "j M Y") for name, day in self._usual().items()} | asked)
        self.fields["suite"].queryset = CustodySuite.objects.visible_to(by).order_by("name")

    def _usual(self) -> dict[str, datetime.date]:
        return {"first": self.today - YEAR, "last": self.today}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = self._days(given)
        if last < first:
            self.add_error("last", "The last day is before the first.")
        return given

    def _days(self, cleaned: dict) -> tuple[datetime.date, datetime.date]:
        usual = self._usual()
        return cleaned.get("first") or usual["first"], cleaned.get("last") or usual["last"]

    @property
    def period(self) -> Period:
        """The period to show."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return Period(*self._days(wanted))

    @property
    def chosen(self) -> CustodySuite | None:
        """The suite to show, or None for every suite."""
        return self.cleaned_data.get("suite") if self.is_valid() else None
