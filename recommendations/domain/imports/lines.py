"""A spreadsheet's rows as clean values: what the readers (exchange/) hand over, and what the plan is made from."""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from recommendations.domain.imports.row_marks import RowMark
from recommendations.domain.sources.queries import has_action_plans, is_followed, sources
from recommendations.models import BasisFacts, Force, Inspection, Label, SourceFacts

CLOSED, STAGE, POSITION, NOTHING = "closed", "stage", "position", "nothing"
# What is asked about a sheet: what a word means, when a report was published, the day of what has none, the force of
# a sheet, its columns.
MEANING, PUBLISHED, UNDATED, FORCE, COLUMNS = "meaning", "published", "undated", "force", "columns"
INSPECTION = "inspection"
FILE_NAME = "file_name"  # among the corrections: what the file itself is called
ASKS_DAY = (UNDATED, "update_on", "")


def folded(text: str) -> str:
    """A text as it is compared: one space between words, case folded."""
    return " ".join(text.split()).casefold()


def place_of(sheet: str, number: int) -> str:
    """ "row 12"; with the sheet's name where a file has several: "Westmarch, row 12"."""
    return f"{sheet}, row {number}" if sheet else f"row {number}"


def row_of(sheet: str, number: int) -> int | str:
    """12; "Westmarch: 12" where a file has several sheets; the sheet's name (or 0) for the whole of it."""
    if not number:
        return sheet or 0
    return f"{sheet}: {number}" if sheet else number


@dataclass(frozen=True)
class ImportProblem:
    """What stands in the way. `sheet` is empty where the file has one; `number` counts from 1, 0: the whole sheet.

    `asks` is the question (kind, field, value) whose answer is missing; empty where something is wrong.
    `names_person`: the value seems to hold a person's name, and may not.
    """

    sheet: str
    number: int
    field: str
    column: str
    value: str
    message: str
    asks: tuple[str, ...] = ()
    names_person: bool = False

    @property
    def place(self) -> str:
        if not self.number:
            return self.sheet or "the sheet"
        return place_of(self.sheet, self.number)

    @property
    def row(self) -> int | str:
        return row_of(self.sheet, self.number)

    def as_json(self) -> dict:
        """The four things that the command prints."""
        return {"row": self.row, "column": self.column, "value": self.value, "message": self.message}


@dataclass(frozen=True)
class ImportSource:
    """The file that it came from."""

    name: str
    sha256: str = ""


@dataclass(frozen=True)
class NamedInspection:
    """An inspection as a row names it. Without a day it is one that is on record already.

    `is_of_sheet`: the whole sheet is about it, and the row itself names none. `source` is the key of its source, empty
    where its row says none; `law` the source and the rule of one that is made here and is none of HMICFRS's.
    """

    title: str
    published_on: datetime.date | None = None
    kind: str = ""
    short_name: str = ""
    is_of_sheet: bool = False
    source: str = ""
    law: tuple[SourceFacts, BasisFacts] | None = None


def report_key(report: NamedInspection) -> tuple[str, datetime.date | None]:
    """The same for two rows that name one inspection."""
    return folded(report.title), report.published_on


@dataclass(frozen=True)
class UpdateInCell:
    """One force update of a cell. No day: the sheet gives none."""

    text: str
    on: datetime.date | None = None
    said_by: str = ""


@dataclass(frozen=True)
class Member:
    """A row of the sheet that belongs to a line: its number, and what each cell said, by heading."""

    number: int
    original: dict


@dataclass(frozen=True)
class ImportLine:
    """One row with those below it that go on with it. `values` has the fields that the sheet fills, by key, as clean
    values (texts, days, keys of words); `cells` has what their cells say, for a problem that is found later.
    """

    sheet: str
    members: tuple[Member, ...]
    force: str
    values: dict = field(default_factory=dict)
    cells: dict = field(default_factory=dict)
    report: NamedInspection | None = None
    updates: tuple[UpdateInCell, ...] = ()
    targets: tuple[datetime.date, ...] = ()
    parts: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    closed: str = ""
    closed_words: str = ""
    notes: tuple[str, ...] = ()
    mark: RowMark | None = None
    is_followed: bool = False  # a cause of concern: what it says besides its words goes to those under it

    @property
    def number(self) -> int:
        return self.members[0].number

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.number)

    @property
    def row(self) -> int | str:
        return row_of(self.sheet, self.number)

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def without(self, keys: tuple[str, ...]) -> "ImportLine":
        """The line as if the cells of these fields said nothing."""
        emptied: dict[str, Any] = {"values": {key: value for key, value in self.values.items() if key not in keys}}
        if "update" in keys:
            emptied["updates"] = ()
        if "target_on" in keys:
            emptied["targets"] = ()
        if set(keys) & {"outcome", STAGE, POSITION} and "outcome" not in emptied["values"]:
            emptied |= {"closed": "", "closed_words": ""}
        return replace(self, **emptied)

    def problem(self, key: str, message: str, asks: tuple[str, ...] = ()) -> ImportProblem:
        """A problem of this row; `key` is the field that it is about."""
        column, value = self.cells.get(key, ("", ""))
        return ImportProblem(self.sheet, self.number, key, column, value, message, asks)


@dataclass(frozen=True)
class SheetLines:
    """All lines of a file, what could not be read, and how its columns were read (headings → answers), to be kept.

    `undated_on` is the day of what the sheet gives no day, `choices` which side holds where both changed. `columns`
    are the fields by sheet and heading, `corrections` what cells should say, by field and folded value.
    """

    lines: tuple[ImportLine, ...]
    problems: tuple[ImportProblem, ...] = ()
    mappings: dict = field(default_factory=dict)
    undated_on: datetime.date | None = None
    choices: dict = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetContext:
    """What a sheet is read against: the day of reading, the forces (slug → names), the office's words, and the
    inspections that are on record, by title and short name, case folded."""

    today: datetime.date
    forces: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, str]]
    on_record: frozenset[str] = frozenset()

    @cached_property
    def sources(self) -> dict[str, SourceFacts]:
        """Every source by its key, followed or not: asked for where a sheet has a column of sources. One query."""
        return sources()

    @property
    def has_plans(self) -> bool:
        """Whether the office follows what a fire authority answers in its action plan."""
        return len(self.followed) > 1 and has_action_plans(self.today)

    @property
    def followed(self) -> list[SourceFacts]:
        """The sources that the office follows on the day of reading."""
        return [each for each in self.sources.values() if is_followed(each, self.today)]


def context(today: datetime.date) -> SheetContext:
    """What sheets are read against on a London day: labels, forces, inspections. Three queries."""
    forces = Force.objects.order_by("pk").values_list("slug", "name", "short_name")
    reports = Inspection.objects.order_by().values_list("title", "short_name")
    return SheetContext(
        today=today,
        forces={slug: (name, short_name, slug) for slug, name, short_name in forces},
        words=Label.objects.words(),
        on_record=frozenset(folded(name) for names in reports for name in names),
    )
