"""The mapping of a spreadsheet: whose each sheet is, what its columns contain, what its words mean."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from recommendations.domain.imports.lines import NO_DAY, NOTHING, SENT, SheetContext, normalise
from recommendations.domain.register.sheet_columns import BY_KEY, PLANNED, ColumnGroup, coming_in, keys_of_group
from recommendations.exchange.imports.column_guessing import columns_to_ask
from recommendations.exchange.imports.mapping_answers import (
    NO_INSPECTION,
    Answers,
    lacks_inspection,
    wrong_columns,
)
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.imports.questions import NONE, ImportQuestion, questions_of
from recommendations.exchange.readers.workbook import Sheet, Workbook
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import read_day
from recommendations.models import Force

# Values for a sheet's force, and the first for a column too; stored in the answers as "" and "*".
LEFT_OUT, EACH_ROW = "left-out", "each-row"
AS_TYPED = {LEFT_OUT: "", EACH_ROW: "*"}
DAY_HINT = "A day such as 7 Nov 2026. Often that is the day on which the spreadsheet was last saved."
DAY_OR_NONE_HINT = "The day that it stands for, or “none”."
COLOUR = "rag"


@dataclass(frozen=True)
class MappingTable:
    """Sheets with the same headings, whose columns are mapped once."""

    place: int
    sheets: tuple[tuple[int, Sheet], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return self.sheets[0][1].headings

    @property
    def is_hidden(self) -> bool:
        return all(sheet.hidden for _, sheet in self.sheets)

    @cached_property
    def full_columns(self) -> dict[int, frozenset[str]]:
        """The positions of the columns to ask about, each with the names of the sheets in which it is full."""
        found: dict[int, frozenset[str]] = {}
        for _, sheet in self.sheets:
            if not is_our_own(sheet):
                for place in columns_to_ask(sheet.headings, sheet.rows, {}, sheet.hidden_columns):
                    found[place] = found.get(place, frozenset()) | {sheet.name}
        return found

    def column(self, place: int) -> str:
        """The name of the field that asks what a column contains."""
        return f"column-{self.place}-{place}"


def tables_of(workbook: Workbook) -> list[MappingTable]:
    """The sheets of a workbook, grouped by identical headings, in the workbook's order."""
    found: dict[tuple, list] = {}
    for place, sheet in enumerate(workbook.sheets):
        found.setdefault(tuple(heading.casefold() for heading in sheet.headings), []).append((place, sheet))
    return [MappingTable(place, tuple(sheets)) for place, sheets in enumerate(found.values())]


class AnswersForm(Form):
    """All questions about a workbook. `answers` are the answers so far, including invalid ones.
    The questions depend on the columns: mapping a column differently asks about other words. Some depend on other
    answers:
    the meaning of a status may need a day.
    """

    use_required_attribute = False

    def __init__(
        self,
        workbook: Workbook,
        answers: Answers,
        words: SheetContext,
        *,
        forces: Iterable[Force],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.workbook, self.answers, self.tables = workbook, deepcopy(answers), tables_of(workbook)
        self._add_forces(forces)
        self._add_inspections()
        self._add_columns(words)
        if data is not None:
            self._take_columns()
        self.questions = questions_of(workbook, self.answers, words)
        if data is not None:
            self._take_words()
            self.questions = questions_of(workbook, self.answers, words)
        for question in self.questions:
            self.fields[question.name] = _field_of(question)

    def _add_forces(self, forces: Iterable[Force]) -> None:
        choices = [("", "Choose"), *((force.slug, force.name) for force in forces)]
        choices += [(EACH_ROW, "As each row says"), (LEFT_OUT, "Leave this sheet out")]
        typed = {answer: word for word, answer in AS_TYPED.items()}
        for place, sheet in enumerate(self.workbook.sheets):
            given = self.answers.forces.get(sheet.name)
            self.fields[f"force-{place}"] = forms.ChoiceField(
                label=f"Force of the sheet “{sheet.name}”",
                choices=choices,
                initial="" if given is None else typed.get(given, given),
                error_messages={"required": f"Say whose sheet “{sheet.name}” is, or leave it out."},
            )

    def _add_inspections(self) -> None:
        """Add the inspection field of each sheet, for sheets without a column that says it."""
        for place, sheet in enumerate(self.workbook.sheets):
            self.fields[f"inspection-{place}"] = forms.CharField(
                label=f"Inspection that the sheet “{sheet.name}” is about",
                required=False,
                max_length=300,
                initial=self.answers.inspections.get(sheet.name, ""),
            )

    def _add_columns(self, words: SheetContext) -> None:
        named = {key for columns in self.answers.columns.values() for key in columns.values()}
        needed = {"source": "source" in named or len(words.followed) > 1, PLANNED: words.has_plans}
        known = coming_in() - {key for key, is_needed in needed.items() if not is_needed}
        offered = {group: [key for key in keys_of_group(group) if key in known] for group in ColumnGroup}
        fields = [
            *((group.value, [(key, BY_KEY[key].heading) for key in keys]) for group, keys in offered.items() if keys),
        ]
        for table in self.tables:
            said = self.answers.columns.get(table.sheets[0][1].name, {})
            for place, heading in enumerate(table.headings):
                is_full = place in table.full_columns
                first = [("", "What is this?"), (LEFT_OUT, "Leave out")] if is_full else [("", "Leave out")]
                key = said.get(str(place))
                self.fields[table.column(place)] = forms.ChoiceField(
                    label=f"What “{heading}” goes into",
                    required=False,
                    choices=[*first, *fields],
                    initial=key if key in known else LEFT_OUT if key == "" and is_full else "",
                )

    def _take_columns(self) -> None:
        """Take over the submitted forces and columns, which determine the other questions."""
        slugs = {value for value, _ in self.fields["force-0"].choices} if self.workbook.sheets else set()
        for place, sheet in enumerate(self.workbook.sheets):
            given = self.data.get(f"force-{place}", "")
            self.answers.forces.pop(sheet.name, None)
            if given and given in slugs:
                self.answers.forces[sheet.name] = AS_TYPED.get(given, given)
            if (title := self.data.get(f"inspection-{place}")) is not None:
                self.answers.inspections[sheet.name] = title.strip()
        for table in self.tables:
            said = {str(place): self.data.get(table.column(place), "") for place in range(len(table.headings))}
            keys = {place: AS_TYPED.get(key, key) for place, key in said.items() if key in (LEFT_OUT, *coming_in())}
            for _, sheet in table.sheets:
                self.answers.columns[sheet.name] = dict(keys)

    def _take_words(self) -> None:
        """Store each submitted answer, even an invalid one, so that it is shown again with its error."""
        for question in self.questions:
            question.answered(self.answers, self.data.get(question.name, "").strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._take_words()
        self._check_forces()
        for table in self.tables:
            if any(self.answers.forces.get(sheet.name) for _, sheet in table.sheets):
                self._check_table(table)
        return cleaned

    def leave_colours(self) -> None:
        """Answer every unanswered question about a colour with "means nothing", as colours are calculated here."""
        for question in self.questions:
            if question.field == COLOUR and not self.data.get(question.name):
                question.answered(self.answers, NOTHING)

    def unanswered_columns(self, table: MappingTable) -> list[int]:
        """The positions of the columns that must have an answer and have none: full ones of sheets not left out."""
        said = self.answers.columns.get(table.sheets[0][1].name, {})
        return [
            place
            for place, names in sorted(table.full_columns.items())
            if str(place) not in said and any(self.answers.forces.get(name) != "" for name in names)
        ]

    def leave_days(self, field: str) -> None:
        """Answer that none of the unanswered words in the columns of this field is a day."""
        for question in self.questions:
            if question.kind == NO_DAY and question.field == field and not self.data.get(question.name):
                question.answered(self.answers, NONE)

    def leave_columns(self) -> None:
        """Leave out every column that has no answer."""
        for table in self.tables:
            for _, sheet in table.sheets:
                columns = self.answers.columns[sheet.name]
                columns |= {str(place): "" for place in table.full_columns if str(place) not in columns}

    def _check_forces(self) -> None:
        given = [self.answers.forces.get(sheet.name) for sheet in self.workbook.sheets]
        if given and not any(given) and None not in given:
            self.add_error("force-0", "Every sheet is left out. Say whose recommendations at least one of them holds.")

    def _check_table(self, table: MappingTable) -> None:
        said = self.answers.columns.get(table.sheets[0][1].name, {})
        for place, message in wrong_columns(table.headings, said):
            self.add_error(table.column(place), message)
        for place in self.unanswered_columns(table):
            if table.column(place) not in self.errors:
                self.add_error(table.column(place), f"Say what “{table.headings[place]}” is, or leave it out.")
        self._check_each_row(table, said)
        for place, sheet in table.sheets:
            if self.answers.forces.get(sheet.name) and lacks_inspection(sheet.name, self.answers):
                self.add_error(f"inspection-{place}", NO_INSPECTION)

    def _check_each_row(self, table: MappingTable, fields: dict) -> None:
        for place, sheet in table.sheets:
            if self.answers.forces.get(sheet.name) == "*" and "force" not in fields.values():
                self.add_error(
                    f"force-{place}", f"No column of “{sheet.name}” says the force. Choose the force of the sheet."
                )


def _field_of(question: ImportQuestion) -> forms.Field:
    rows = f"{question.count:,} {'row' if question.count == 1 else 'rows'}"
    about = f"{question.column}, {rows}" if question.column else rows
    shown = question.answer or question.suggested
    if question.choices:
        asks = "say where it is" if question.kind == SENT else "say what it means"
        missing = {"required": f"{question.shown}: {asks} ({about})."}
        return forms.ChoiceField(
            label=question.shown, choices=_choices(question), initial=shown, error_messages=missing
        )
    if question.kind == NO_DAY:
        missing = {"required": f"{question.shown}: enter the day that it stands for, or “none” ({about})."}
        return forms.CharField(
            label=question.shown,
            initial=shown,
            help_text=DAY_OR_NONE_HINT,
            validators=[_check_day_or_none],
            error_messages=missing,
            max_length=40,
        )
    missing = {"required": f"{question.shown}: enter the day ({about})."}
    hint = DAY_HINT if question.kind == "undated" else ""
    return forms.CharField(
        label=question.shown,
        initial=shown,
        help_text=hint,
        validators=[read_day],  # type: ignore[list-item]  # Django ignores what a validator returns
        error_messages=missing,
        max_length=40,
    )


def _check_day_or_none(typed: str) -> None:
    if normalise(typed) != NONE:
        read_day(typed)


def _choices(question: ImportQuestion) -> list:
    """The question's choices in their groups; nothing is preselected."""
    groups: dict[str, list] = {}
    for choice in question.choices:
        groups.setdefault(choice.group, []).append((choice.value, choice.label))
    flat = groups.pop("", [])
    return [("", "Choose"), *groups.items(), *flat]
