"""A spreadsheet's rows as clean values, passed from the readers (exchange/) to the planning."""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from recommendations.domain.imports.row_marks import RowMark
from recommendations.domain.sources.queries import bases, has_action_plans, is_followed, sources
from recommendations.enums.sources import REACHING
from recommendations.models import BasisFacts, Force, Inspection, Label, SourceFacts

CLOSED, STAGE, POSITION, NOTHING = "closed", "stage", "position", "nothing"
# Kinds of question about a sheet: the meaning of a word, a report's publication day, the day of undated rows,
# the sheet's force, its columns.
MEANING, PUBLISHED, UNDATED, FORCE, COLUMNS = "meaning", "published", "undated", "force", "columns"
COLUMN = "column"  # what one column is
NO_DAY = "no-day"  # the day that words in a column of days stand for, or that they are none
SENT = "sent"  # which day starts the clock of what was made or sent to someone
ASKS_SENT = (SENT, "sent_on", "")
INSPECTION = "inspection"
FILE_NAME = "file_name"  # among the corrections: what the file itself is called
ASKS_DAY = (UNDATED, "update_on", "")


def normalise(text: str) -> str:
    """Return a text normalised for comparison: single spaces, case folded."""
    return " ".join(text.split()).casefold()


def place_of(sheet: str, number: int) -> str:
    """ "row 12", or "Westmarch, row 12" if a file has several sheets."""
    return f"{sheet}, row {number}" if sheet else f"row {number}"


def row_of(sheet: str, number: int) -> int | str:
    """12, or "Westmarch: 12" if a file has several sheets; the sheet's name (or 0) for a whole sheet."""
    if not number:
        return sheet or 0
    return f"{sheet}: {number}" if sheet else number


@dataclass(frozen=True)
class ImportProblem:
    """A problem that prevents the import. `sheet` is "" if the file has only one; `number` is from 1, or 0 for the
    sheet.

    `asks` is the unanswered question (kind, field, value), or empty if something is wrong. `names_person` means that
    the value seems to contain a person's name, which is not allowed.
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
        """The four values that the command prints."""
        return {"row": self.row, "column": self.column, "value": self.value, "message": self.message}


@dataclass(frozen=True)
class ImportSource:
    """The imported file."""

    name: str
    sha256: str = ""


@dataclass(frozen=True)
class NamedInspection:
    """An inspection as a row names it. Without a day, it is one already on record.

    `is_of_sheet` means that the whole sheet is about it and the row itself names none. `source` is the key of its
    source, or "" if the row gives none; `law` is the source and rule of a new inspection that is not HMICFRS's.
    `starts_on` is the day on which it was made or sent, if the sheet says it; `is_start_asked`: nobody has said where.
    """

    title: str
    published_on: datetime.date | None = None
    kind: str = ""
    short_name: str = ""
    is_of_sheet: bool = False
    source: str = ""
    law: tuple[SourceFacts, BasisFacts] | None = None
    starts_on: datetime.date | None = None
    is_start_asked: bool = False


def report_key(report: NamedInspection) -> tuple[str, datetime.date | None]:
    """Return a key that is equal for rows naming the same inspection."""
    return normalise(report.title), report.published_on


@dataclass(frozen=True)
class UpdateInCell:
    """One force update in a cell. `on` is None if the sheet gives no day."""

    text: str
    on: datetime.date | None = None
    said_by: str = ""


@dataclass(frozen=True)
class Member:
    """A row that belongs to a line: its number, and its cells by heading."""

    number: int
    original: dict


@dataclass(frozen=True)
class ImportLine:
    """A row with the rows below it that continue it. `values` has clean field values (texts, days, keys) by key.

    `cells` has the original cell texts, for problems found later.
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
    is_followed: bool = False  # a cause of concern: its other values go to the recommendations below it

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
        """Return the line as if the cells of these fields were empty."""
        emptied: dict[str, Any] = {"values": {key: value for key, value in self.values.items() if key not in keys}}
        if "update" in keys:
            emptied["updates"] = ()
        if "target_on" in keys:
            emptied["targets"] = ()
        if set(keys) & {"outcome", STAGE, POSITION} and "outcome" not in emptied["values"]:
            emptied |= {"closed": "", "closed_words": ""}
        return replace(self, **emptied)

    def problem(self, key: str, message: str, asks: tuple[str, ...] = ()) -> ImportProblem:
        """Return a problem with this row; `key` is the field concerned."""
        column, value = self.cells.get(key, ("", ""))
        return ImportProblem(self.sheet, self.number, key, column, value, message, asks)


@dataclass(frozen=True)
class SheetLines:
    """A file's lines, reading errors, and how its columns were read (headings → answers), to be stored.

    `undated_on` is the day for undated values; `choices` are the sides chosen in conflicts. `columns` are the fields by
    sheet and heading; `corrections` the corrected cell values, by field and folded value.
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
    """What a sheet is read against: day, forces (slug → names), office's labels, and the inspections on record.

    `on_record` has their titles and short names, case folded.
    """

    today: datetime.date
    forces: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, str]]
    on_record: frozenset[str] = frozenset()

    @cached_property
    def sources(self) -> dict[str, SourceFacts]:
        """Every source by key, whether followed or not. Read only if a sheet has a source column. One query."""
        return sources()

    @cached_property
    def reaching(self) -> frozenset[str]:
        """The keys of the sources whose clock starts on the day on which something was made or sent. One query."""
        first = {each.source: each for each in reversed(bases(self.today).values())}
        return frozenset(key for key, basis in first.items() if basis.clock_start in REACHING)

    @property
    def has_plans(self) -> bool:
        """Whether the office follows reports that a fire authority answers in its action plan."""
        return len(self.followed) > 1 and has_action_plans(self.today)

    @property
    def followed(self) -> list[SourceFacts]:
        """The sources that the office follows on the day."""
        return [each for each in self.sources.values() if is_followed(each, self.today)]


def context(today: datetime.date) -> SheetContext:
    """Return what sheets are read against on a London day: labels, forces, inspections. Three queries."""
    forces = Force.objects.order_by("pk").values_list("slug", "name", "short_name")
    reports = Inspection.objects.order_by().values_list("title", "short_name")
    return SheetContext(
        today=today,
        forces={slug: (name, short_name, slug) for slug, name, short_name in forces},
        words=Label.objects.words(),
        on_record=frozenset(normalise(name) for names in reports for name in names),
    )
