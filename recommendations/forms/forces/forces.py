"""The forms of a force's page: its PEEL grades, its monitoring stage, and withdrawing wrong ones."""

import datetime
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.inspections.grades import NewGrade, area_key, areas_of
from recommendations.enums import Grade, Monitoring
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import Force, Inspection, PeelCycle, User

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 60
AREA, GRADE = "area-{}", "grade-{}"


def source_field() -> forms.CharField:
    return forms.CharField(
        label="Where this was read or heard",
        max_length=300,
        help_text="A report, a letter, a page of HMICFRS’s site.",
        error_messages={"required": "Say where this was read or heard."},
    )


class GradesForm(VerbForm):
    """The grades of one cycle, given on one day: rows of an area and its grade. Empty rows are ignored.
    The areas known for the cycle are filled in; one that was not graded this time keeps an empty grade.
    """

    cycle = forms.ModelChoiceField(
        PeelCycle.objects.none(), label="Cycle", empty_label=None, error_messages={"required": "Choose the cycle."}
    )
    effective_on = DayField(
        past=True,
        label="Day they were given",
        help_text="Usually the day on which the report was published.",
        error_messages={"required": "Enter the day on which they were given."},
    )
    source = source_field()
    inspection = forms.ModelChoiceField(
        Inspection.objects.none(), label="Report", required=False, empty_label="Not on record here"
    )
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, force: Force, cycle: PeelCycle | None, by: User, **kwargs: Any
    ) -> None:
        self.force = force
        self.known = areas_of(force, cycle) if cycle else []
        initial = {"cycle": cycle, "rows": len(self.known) + FIRST_ROWS} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.fields["cycle"].queryset = PeelCycle.objects.order_by("-since", "-pk")
        reports = Inspection.objects.visible_to(by).filter(covers__force=force)
        self.fields["inspection"].queryset = reports.order_by("-published_on", "title")
        self.fields["inspection"].label_from_instance = with_its_day
        self.numbers = range(_rows_of((data if data is not None else initial).get("rows")))
        for number in self.numbers:
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        area = self.known[number] if number < len(self.known) else ""
        wide = forms.TextInput(attrs={"aria-label": f"Area {number + 1}", "list": "areas", "autocomplete": "off"})
        narrow = forms.Select(attrs={"aria-label": f"Grade {number + 1}"})
        self.fields[AREA.format(number)] = forms.CharField(
            label=f"Area {number + 1}", required=False, max_length=200, initial=area, widget=wide
        )
        self.fields[GRADE.format(number)] = forms.ChoiceField(
            label=f"Grade {number + 1}", required=False, choices=[("", "Not graded"), *Grade.choices], widget=narrow
        )

    def pairs(self) -> list[tuple]:
        """The two fields of each row."""
        return [(self[AREA.format(number)], self[GRADE.format(number)]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        times = Counter(
            area_key(given.get(AREA.format(number), "")) for number in self.numbers if self._is_said(number)
        )
        for number in self.numbers:
            self._check_row(number, given, times)
        if not self.errors and not self.new_grades():
            self.add_error(AREA.format(0), "Enter at least one area and its grade.")
        return given

    def _check_row(self, number: int, cleaned: dict, times: Counter) -> None:
        area, grade = cleaned.get(AREA.format(number), ""), cleaned.get(GRADE.format(number), "")
        cycle = cleaned.get("cycle")
        if grade and not area:
            self.add_error(AREA.format(number), "Enter the area that was graded.")
        elif area and not grade and area not in self.known and GRADE.format(number) not in self.errors:
            self.add_error(GRADE.format(number), f"Choose the grade of “{area}”.")
        elif grade and times[area_key(area)] > 1:
            self.add_error(AREA.format(number), f"“{area}” is here twice. Leave one out.")
        elif grade and cycle and grade not in cycle.scale:
            words = f"{cycle.name} has no grade “{Grade(grade).label.lower()}”. Choose another."
            self.add_error(GRADE.format(number), words)

    def _is_said(self, number: int) -> bool:
        return bool(self.cleaned_data.get(GRADE.format(number)) and self.cleaned_data.get(AREA.format(number)))

    def new_grades(self) -> list[NewGrade]:
        """The rows that are filled in."""
        given = self.cleaned_data
        return [
            NewGrade(given[AREA.format(number)], given[GRADE.format(number)], AREA.format(number))
            for number in self.numbers
            if self._is_said(number)
        ]

    def verb_fields(self) -> dict:
        names = ("cycle", "effective_on", "source", "inspection")
        return {name: self.cleaned_data[name] for name in names} | {"grades": self.new_grades()}


def _rows_of(typed: Any) -> int:
    """The number of rows of the form; FIRST_ROWS if the value is invalid."""
    typed = str(typed or "")
    return min(int(typed), MOST_ROWS) if typed.isdecimal() and len(typed) < 5 and int(typed) else FIRST_ROWS


class MonitoringForm(VerbForm):
    """The stage of a force from a given day."""

    stage = forms.ChoiceField(
        label="Stage", choices=Monitoring, widget=forms.RadioSelect, error_messages={"required": "Choose the stage."}
    )
    effective_on = DayField(
        past=True,
        label="In this stage since",
        error_messages={"required": "Enter the day from which it is in this stage."},
    )
    source = source_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"effective_on": on} | kwargs.pop("initial", {}), **kwargs)


class WithdrawForceEntryForm(VerbForm):
    """Withdraw a wrong entry, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn.")
