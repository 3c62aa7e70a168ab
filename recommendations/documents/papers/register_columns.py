"""The columns of a scrutiny report's register as a table, and its entries as rows."""

import datetime
from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple

from recommendations.documents.papers.close_down_dates import NONE_GIVEN
from recommendations.documents.papers.dates_by_when import close_down_words
from recommendations.domain.papers.data.lines import RegisterEntry, RegisterPart
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.export.lines import CLOSED, OPEN, one_kind_of_line
from recommendations.domain.register.sheet_columns import BY_KEY, Holds, SheetField
from recommendations.domain.sources.naming import HMICFRS_WORD, SEVERAL
from recommendations.enums import DeadlineKind


class EntrySource(NamedTuple):
    """What a column's value is taken from."""

    figures: Figures
    part: RegisterPart
    entry: RegisterEntry


@dataclass(frozen=True)
class PaperColumn:
    """A column: its key, and where its value is found in an EntrySource: a path or a function.

    Heading and width default to those of the register's column with this key (domain/register/sheet_columns.py).
    "{office}" is replaced by the label of the office's voice. `since` names, or asks, what is true of Figures that have
    such values: the files of papers finalised earlier lack the column.
    """

    key: str
    found: str | Callable[[EntrySource], object]
    heading: str = ""
    width: float | None = None
    holds: Holds = Holds.TEXT
    since: str | Callable[[Figures], bool] = ""

    def is_in(self, figures: Figures) -> bool:
        """Whether the files of these figures have this column."""
        if callable(self.since):
            return self.since(figures)
        return not self.since or bool(getattr(figures, self.since))

    def field(self, office: str, source: str) -> SheetField:
        """The column in the office's wording; `source` names the source of the recommendations."""
        known = BY_KEY.get(self.key) or SheetField(self.key, self.heading, self.holds)
        heading = (self.heading or known.heading).format(office=office).replace(HMICFRS_WORD, source)
        return replace(known, heading=heading, width=self.width or known.width)

    def value(self, source: EntrySource) -> object:
        """A text ("" for none), a day or None, or a number. Several texts are joined by line breaks."""
        found = self.found(source) if callable(self.found) else attrgetter(self.found)(source)
        if isinstance(found, tuple):
            found = "\n".join(found)
        return one_kind_of_line(found) if isinstance(found, str) else found


def _status(source: EntrySource) -> str:
    return CLOSED if source.entry.closed_on else OPEN


def _deadline_kind(source: EntrySource) -> str:
    return DeadlineKind(source.entry.deadline.kind).label


def _close_down(source: EntrySource) -> datetime.date | str | None:
    """A day, or why there is none: "None given", "For others"; None for closed entries.

    Up to format 3 each without a day says "None given", although the paper's list says more.
    """
    entry = source.entry
    if entry.closed_on or entry.close_down_on:
        return None if entry.closed_on else entry.close_down_on
    return (close_down_words(entry) if source.figures.format > 3 else NONE_GIVEN).capitalize()


def _has_actions(figures: Figures) -> bool:
    return any(entry.actions for entry in figures.entries)


def _actions(source: EntrySource) -> tuple[str, ...]:
    return tuple(each.in_words(source.figures.office) for each in source.entry.actions)


COLUMNS = (
    PaperColumn("reference", "entry.reference"),
    PaperColumn("force", "figures.force"),
    PaperColumn("inspection", "part.title"),
    PaperColumn("source", "part.source", since="names_sources"),
    PaperColumn("inspection_kind", "part.kind", "Kind of inspection", width=20),
    PaperColumn("published_on", "part.published_on"),
    PaperColumn("kind", "entry.label", "Kind and number"),
    PaperColumn("heading", "entry.heading"),
    PaperColumn("text", "entry.text"),
    PaperColumn("parts", "entry.limbs"),
    PaperColumn("under", "entry.under", "Under", width=28),
    PaperColumn("addressees", "entry.directed_to"),
    PaperColumn("status", _status),
    PaperColumn("rag", "entry.rag_word"),
    PaperColumn("rag_reason", "entry.rag_reason"),
    PaperColumn("flags", "entry.flags", "Flags", width=22),
    PaperColumn("deadline_words", "entry.deadline.words"),
    PaperColumn("deadline_kind", _deadline_kind, "Deadline read as", width=20),
    PaperColumn("deadline_on", "entry.deadline.on"),
    PaperColumn("first_target_on", "entry.first_target_on"),
    PaperColumn("target_on", "entry.target_on"),
    PaperColumn("target_moves", "entry.times_moved"),
    PaperColumn("forecast_on", "entry.forecast_on"),
    PaperColumn("close_down_on", _close_down, "Close-down date", width=13, holds=Holds.DERIVED_DAY, since="has_dates"),
    PaperColumn("chief_officer_lead", "entry.chief_officer_lead"),
    PaperColumn("business_lead", "entry.business_lead"),
    PaperColumn("opcc_lead", "entry.office_lead", "{office} lead"),
    PaperColumn("inspectorate_status", "entry.hmicfrs.label"),
    PaperColumn("inspectorate_words", "entry.hmicfrs.words", "HMICFRS words", width=30),
    PaperColumn("inspectorate_status_on", "entry.hmicfrs.on"),
    PaperColumn("position", "entry.position"),
    PaperColumn("stage", "entry.force.label", "Force stage"),
    PaperColumn("update", "entry.force.words", "Force update"),
    PaperColumn("update_on", "entry.force.on", "Date of force update"),
    PaperColumn("assurance", "entry.office.label", "{office} assurance"),
    PaperColumn("assurance_why", "entry.office.words", "{office} comment"),
    PaperColumn("assurance_on", "entry.office.on", "Date of {office} assurance"),
    PaperColumn("actions", _actions, "Actions", width=40, since=_has_actions),
    PaperColumn("closed_on", "entry.closed_on"),
    PaperColumn("outcome", "entry.outcome"),
    PaperColumn("closure", "entry.closure", "HMICFRS on the closure", width=22),
    PaperColumn("marking", "figures.marking", "Marking"),
)
type PaperLine = Any  # a named tuple with the columns' keys, which a type checker does not know


def columns_of(figures: Figures) -> tuple[SheetField, ...]:
    """The columns, in the wording of the paper's office."""
    source = SEVERAL if figures.sums_by_source else figures.source_word
    return tuple(column.field(figures.office, source) for column in _columns(figures))


def rows_of(figures: Figures) -> list[PaperLine]:
    """Every entry of the register as a row, in order, with a value for each column."""
    columns = _columns(figures)
    line = namedtuple("PaperLine", [column.key for column in columns])  # type: ignore[misc]  # made from a table
    sources = (EntrySource(figures, part, entry) for part in figures.register for entry in part.entries)
    return [line._make(column.value(source) for column in columns) for source in sources]


def _columns(figures: Figures) -> list[PaperColumn]:
    return [column for column in COLUMNS if column.is_in(figures)]
