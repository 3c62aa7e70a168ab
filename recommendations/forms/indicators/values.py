"""The forms for values: one of a period, or many from a sheet that is shown before it is saved."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.digests import digest
from recommendations.domain.indicators.facts import ended_periods
from recommendations.domain.indicators.sheet import SheetChanges, changes_of
from recommendations.enums.indicators import IndicatorEvery
from recommendations.exchange.imports.spreadsheet import Unreadable, read_cells
from recommendations.exchange.indicators.sheet_reader import MOST_LETTERS, ReadSheet, SheetRefused, read_sheet
from recommendations.forms.indicators.indicators import FigureField
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import UploadField
from recommendations.models import Force, Indicator, User
from recommendations.periods import Period

YEARS_OFFERED = 5
MOST_BYTES = 2 * 1024 * 1024
WHOSE = "Say whose numbers these are."


def _whose(label: str, empty: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=120,
        help_text="A name or a role: Superintendent, custody.",
        error_messages={"required": empty},
    )


class ValueForm(VerbForm):
    """The value of one period. `counted` are the periods that have one, by their first day, in words."""

    period = forms.ChoiceField(label="Period", error_messages={"required": "Choose the period."})
    value = FigureField(label="Value", error_messages={"required": "Enter the value."})
    said_by = _whose("Who says so", "Say whose number this is.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        indicator: Indicator,
        counted: Mapping[Period, str],
        by: User,
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        self.indicator = indicator
        kind = IndicatorEvery(indicator.every)
        first = min([*(each.start for each in counted), datetime.date(today.year - YEARS_OFFERED, 4, 1)])
        self.periods = {each.start.isoformat(): each for each in reversed(ended_periods(kind, first, today))}
        missing = next((key for key, each in self.periods.items() if each not in counted), "")
        own = {"said_by": by.name} if by.force_id else {}
        super().__init__(data, initial={"period": missing} | own, **kwargs)
        self.fields["period"].choices = [
            (key, f"{kind.name_of(each)}: {counted[each]}" if each in counted else kind.name_of(each))
            for key, each in self.periods.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            cleaned["value"] = self.fields["value"].read(cleaned.get("value", ""), self.indicator.unit)
        except forms.ValidationError as error:
            self.add_error("value", error)
        return cleaned

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        return given | {"period": self.periods[given["period"]]}


class SheetForm(VerbForm):
    """Values pasted from a sheet, or of a file, of the indicators of one force.

    Once valid, `sheet` is what was read and `changes` what saving would do. It is saved only if nothing is wrong, and
    if it was shown as it is now: `seen` is the digest of the text that was shown.
    """

    unmarked = ("text", "document")
    was_shown = False

    text = forms.CharField(
        label="Cells of the sheet",
        required=False,
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off", "spellcheck": "false"}),
        help_text="With the names of the indicators down the side and the periods along the top, or the other way "
        "round.",
    )
    document = UploadField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        help_text="An .xlsx or .csv file.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    said_by = _whose("Whose numbers these are", WHOSE)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        force: Force,
        indicators: list[Indicator],
        by: User,
        today: datetime.date,
    ) -> None:
        super().__init__(data, files, initial={"said_by": by.name} if by.force_id else {})
        self.force, self.indicators, self.today = force, indicators, today
        self.sheet: ReadSheet | None = None
        self.changes: SheetChanges | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("document")
        if self.errors.keys() & {"text", "document"}:
            return cleaned
        try:
            if file:
                text = self._read_file(file)
                self.data = self.data.copy()
                self.data["text"], self.data["name"] = text, file.name[:200]
                cleaned["text"], cleaned["name"] = text, file.name[:200]
            self.sheet = read_sheet(text, self.indicators, self.today)
        except (SheetRefused, Unreadable) as error:
            self.add_error("document" if file else "text", str(error))
            return cleaned
        self.changes = changes_of(each.new for each in self.sheet.values)
        lines = digest(text.replace("\r\n", "\n"))
        self.was_shown = cleaned.get("seen") == lines
        self.data = self.data.copy()
        self.data["seen"] = lines
        return cleaned

    @property
    def can_save(self) -> bool:
        """Whether saving would record something, and nothing is wrong."""
        return bool(self.changes and self.changes.to_save and self.sheet and not self.sheet.wrong)

    def _read_file(self, file: Any) -> str:
        if file.size > MOST_BYTES:
            raise SheetRefused("This file is larger than 2 MB. Save the sheet alone as a new file.")
        return read_cells(file.read(), file.name)

    def verb_fields(self) -> dict[str, Any]:
        assert self.sheet
        given = self.cleaned_data
        values = [each.new for each in self.sheet.values]
        return {"force": self.force, "values": values, "said_by": given["said_by"], "name": given["name"] or "Pasted"}
