"""The pages of a spreadsheet import: columns and words with their interpretation, and what an import did."""

import datetime
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.forms import BoundField
from django.http import QueryDict

from recommendations.domain.imports.lines import NO_DAY
from recommendations.enums import RowOutcome
from recommendations.exchange.imports.asked_columns import EXAMPLES, examples_of
from recommendations.exchange.imports.column_guessing import doubts_of
from recommendations.exchange.imports.mapping_answers import lacks_inspection, remembered_columns
from recommendations.exchange.readers.workbook import Sheet
from recommendations.forms.imports.mapping import COLOUR, LEFT_OUT, AnswersForm, MappingTable
from recommendations.models import SheetDraft, SheetImport
from recommendations.models.inspections.inspections import shorten

SAMPLES = 2
PAGE = 100
OF_NO_COLUMN = "Days"


@dataclass(frozen=True)
class ColumnOf:
    """A column: its heading as typed, some of its values, and the field that says what it means.

    `is_asked`: nobody has said what it is. `is_to_look_at`: asked, in doubt, or new in a layout that is known.
    """

    heading: str
    samples: tuple[str, ...]
    is_hidden: bool
    field: BoundField
    doubt: str = ""
    is_asked: bool = False
    is_to_look_at: bool = False

    @property
    def is_left_out(self) -> bool:
        return self.field.value() in ("", None, LEFT_OUT) and not self.is_asked


@dataclass(frozen=True)
class LeftOutOf:
    """A row outside the table, with its sheet and why it was left out."""

    sheet: str
    number: int
    text: str
    why: str


@dataclass(frozen=True)
class TableOf:
    """Sheets with the same headings: each with its force and inspection fields, and their shared columns.
    `is_kept`: answered as last time. `names_inspection`: the inspection is chosen per sheet, not read from a column.
    """

    place: int
    sheets: tuple
    all_columns: tuple[ColumnOf, ...]
    is_kept: bool
    names_inspection: bool = False

    @property
    def opens(self) -> bool:
        """Whether the columns are unfolded: not if they were answered before and have no errors."""
        return not self.is_kept or any(column.field.errors for column in self.columns)

    @property
    def to_look_at(self) -> list[ColumnOf]:
        return [column for column in self.all_columns if column.is_to_look_at]

    @property
    def columns(self) -> list[ColumnOf]:
        """The columns that need no look."""
        return [column for column in self.all_columns if not column.is_to_look_at]

    @property
    def number_asked(self) -> int:
        return sum(column.is_asked for column in self.all_columns)

    @property
    def left_out(self) -> int:
        return sum(column.is_left_out for column in self.columns)


@dataclass(frozen=True)
class WordsOf:
    """The questions about one column's words, each with its field."""

    column: str
    asked: list[tuple]

    @property
    def are_colours(self) -> bool:
        """Whether one button may answer that all of them mean nothing: colours, which are calculated here."""
        open = [question for question, field in self.asked if question.field == COLOUR and not field.value()]
        return len(open) > 1

    @property
    def no_days(self) -> str:
        """The field of which one button may answer that no word is a day, or ""."""
        open = [question.field for question, field in self.asked if question.kind == NO_DAY and not field.value()]
        return open[0] if len(open) > 1 else ""


def left_out_lines(sheets: Iterable[Sheet]) -> list[LeftOutOf]:
    """The lines above and below the tables, in the order of the sheets."""
    return [
        LeftOutOf(sheet.name, each.number, shorten(each.text, 160), each.why)
        for sheet in sheets
        for each in sheet.left_out
    ]


class ColumnsPage:
    """The page on which columns and words are given their meaning."""

    def __init__(self, form: AnswersForm, draft: SheetDraft) -> None:
        self.form, self.draft = form, draft
        self.layout = form.answers.layout
        self.is_kept = bool(self.layout)

    @cached_property
    def tables(self) -> list[TableOf]:
        return [
            TableOf(
                table.place,
                tuple(self._sheets(table)),
                tuple(self._columns(table)),
                self.is_kept or table.is_hidden,
                self._names_inspection(table),
            )
            for table in self.form.tables
        ]

    def _sheets(self, table: MappingTable) -> Generator[Any, None, None]:
        return ((sheet, self.form[f"force-{place}"], self.form[f"inspection-{place}"]) for place, sheet in table.sheets)

    def _answered_columns(self, table: MappingTable) -> dict[int, str]:
        """The answered columns of a table: place → field key, or "" where the column is left out."""
        said = self.form.answers.columns.get(table.sheets[0][1].name, {})
        return {int(place): key for place, key in said.items()}

    def _names_inspection(self, table: MappingTable) -> bool:
        answers = self.form.answers
        left_out = all(answers.forces.get(sheet.name) == "" for _, sheet in table.sheets)
        named = any(answers.inspections.get(sheet.name) for _, sheet in table.sheets)
        return not left_out and (named or "inspection" not in self._answered_columns(table).values())

    def _columns(self, table: MappingTable) -> Iterator[ColumnOf]:
        shown, keys = [sheet for _, sheet in table.sheets], self._answered_columns(table)
        is_left_out = all(self.form.answers.forces.get(sheet.name) == "" for sheet in shown)
        unanswered = self.form.unanswered_columns(table)
        known = remembered_columns(shown[0].name, self.form.answers)
        doubts = {
            place: doubt
            for place, doubt in doubts_of(table.headings, shown[0].rows, keys).items()
            if place not in known
        }
        for place, heading in enumerate(table.headings):
            is_hidden = any(place in sheet.hidden_columns for sheet in shown)
            is_asked = place in unanswered
            is_new = self.is_kept and bool(keys.get(place)) and place not in known
            is_to_look_at = not is_left_out and (is_asked or is_new or (place in keys and place in doubts))
            samples = examples_of(shown, place, EXAMPLES if is_to_look_at else SAMPLES)
            field = self.form[table.column(place)]
            yield ColumnOf(heading, samples, is_hidden, field, doubts.get(place, ""), is_asked, is_to_look_at)

    @property
    def read_on(self) -> datetime.date | None:
        """The day of the last register in the layout, if it is known."""
        return datetime.date.fromisoformat(self.layout["day"]) if self.layout.get("day") else None

    @property
    def to_look_at(self) -> int:
        return sum(len(table.to_look_at) for table in self.tables)

    @cached_property
    def words(self) -> list[WordsOf]:
        """The questions, grouped by column, each with its field."""
        found: dict[str, list] = {}
        for question in self.form.questions:
            found.setdefault(question.column or OF_NO_COLUMN, []).append((question, self.form[question.name]))
        return [WordsOf(column, asked) for column, asked in found.items()]

    @property
    def unanswered(self) -> int:
        """The number of columns, words, days and inspections that still have no answer."""
        lacking = [
            sheet
            for sheet in self.form.workbook.sheets
            if self.form.answers.forces.get(sheet.name) and lacks_inspection(sheet.name, self.form.answers)
        ]
        open = sum(not self.form[question.name].value() for question in self.form.questions)
        return len(lacking) + open + sum(table.number_asked for table in self.tables)

    @property
    def first_unanswered(self) -> str:
        """The id of the part of the page that has the first question without an answer."""
        return next((f"look-{table.place}" for table in self.tables if table.number_asked), "words")

    @cached_property
    def rows(self) -> int:
        return sum(len(sheet.rows) for sheet in self.form.workbook.sheets if not sheet.hidden)

    @cached_property
    def left_out(self) -> list[LeftOutOf]:
        return left_out_lines(self.form.workbook.sheets)

    @property
    def hidden_columns(self) -> int:
        return sum(column.is_hidden for table in self.tables for column in table.columns)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The errors in page order, as (id of the field, message)."""
        found = [(field.id_for_label, error) for field in self._fields() for error in field.errors]
        return [*(("", error) for error in self.form.non_field_errors()), *found]

    def _fields(self) -> Iterator[Any]:
        for table in self.tables:
            yield from (field for _, *fields in table.sheets for field in fields)
            yield from (column.field for column in (*table.to_look_at, *table.columns))
        for word in self.words:
            yield from (field for _, field in word.asked)


class ImportPage:
    """The page of one import: what it did, row by row."""

    def __init__(self, sheet_import: SheetImport, params: QueryDict) -> None:
        self.found = sheet_import
        self.show = params.get("show", "") if params.get("show", "") in RowOutcome.values else ""
        rows = sheet_import.rows.select_related("tracked__force", "tracked__recommendation").order_by("pk")
        self.page = Paginator(rows.filter(outcome=self.show) if self.show else rows, PAGE).get_page(params.get("page"))

    @property
    def query(self) -> str:
        """The filter as a query string, for the links to other pages."""
        return urlencode({"show": self.show}) + "&" if self.show else ""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Outcome → number of rows."""
        return dict(self.found.rows.order_by().values_list("outcome").annotate(Count("pk")))

    @property
    def counts(self) -> list[dict]:
        """All rows and those of each outcome, with their number, as links."""
        numbers = [("", "rows", sum(self.numbers.values()))]
        numbers += [(each.value, each.label.lower(), self.numbers.get(each.value, 0)) for each in RowOutcome]
        return [
            {
                "number": f"{number:,}",
                "words": words,
                "url": f"?show={show}" if show else self.found.get_absolute_url(),
                "current": self.show == show,
            }
            for show, words, number in numbers
        ]

    @property
    def has_sheets(self) -> bool:
        return any(row.sheet for row in self.page)
