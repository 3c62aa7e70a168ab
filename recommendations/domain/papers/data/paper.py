"""The figures of a scrutiny report: frozen values, compiled once and never recomputed. No queries.

Everything converts to JSON: `Figures.from_json(figures.to_json()) == figures`, with dates and times in ISO 8601. The
unit is a tracked recommendation or area for improvement; causes of concern and sub-recommendations are not counted
again. Text that readers see (labels, names, reasons) is stored as it was on the day.
"""

import dataclasses
import datetime
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.domain.commitments.paper_lines import PanelAttendance, PaperCommitment
from recommendations.domain.committees.paper_lines import PaperRequest
from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.panels.attendance_rates import AttendanceFigure, sum_figures
from recommendations.domain.papers.data.accountability import PaperMeeting
from recommendations.domain.papers.data.author_text import FrontWords
from recommendations.domain.papers.data.charts import Charts
from recommendations.domain.papers.data.directions import PaperDirection
from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.inspectorate import SourceStatements
from recommendations.domain.papers.data.legacy_reviews import PaperLegacyReview
from recommendations.domain.papers.data.lines import (
    Closed,
    LabelledCount,
    MovedTarget,
    New,
    Overdue,
    RegisterEntry,
    RegisterPart,
    Reopened,
    ResponseDue,
    SinceLine,
    WasOverdue,
)
from recommendations.domain.papers.data.overdue import OverdueChange
from recommendations.domain.papers.data.risk import RiskFigures
from recommendations.domain.papers.data.voices import VoicesGap
from recommendations.domain.register.definitions import Definition
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.text import dataclass_json
from recommendations.periods import london_day, say

ENTERING = ("recorded_late", "new", "reopened", "transferred_in", "from_other_paper")
NO_DATE = "No date set"
FORMAT = 4  # the format of papers compiled now
LEAVING = ("closed", "superseded", "withdrawn", "transferred_out", "to_other_paper")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Opening + what entered - what left = closing.

    An open paper's "other paper" is the closed one for the same period, and vice versa.
    """

    opening: int = 0
    recorded_late: int = 0
    new: int = 0
    reopened: int = 0
    transferred_in: int = 0
    from_other_paper: int = 0
    closed: int = 0
    superseded: int = 0
    withdrawn: int = 0
    transferred_out: int = 0
    to_other_paper: int = 0
    closing: int = 0

    @property
    def expected(self) -> int:
        """The closing that the other terms give."""
        entered = sum(getattr(self, term) for term in ENTERING)
        left = sum(getattr(self, term) for term in LEAVING)
        return self.opening + entered - left

    @property
    def reconciles(self) -> bool:
        return self.expected == self.closing


@dataclass(frozen=True, kw_only=True)
class KindSum:
    """The sum for one kind ("Recommendations")."""

    kind: str
    sum: Sum


@dataclass(frozen=True, kw_only=True)
class SourceSum:
    """The sum for the recommendations of one source ("IOPC")."""

    source: str
    sum: Sum


@dataclass(frozen=True, kw_only=True)
class ThenAndNow:
    """The open and overdue counts at the start and at the end of the period."""

    open_then: int = 0
    open_now: int = 0
    overdue_then: int = 0
    overdue_now: int = 0


@dataclass(frozen=True, kw_only=True)
class ForceTransfer:
    """How many open recommendations came from another force, or went to it, on a day. `force` is its name then."""

    force: str
    on: date
    count: int


class PaperFigures:
    """What the figures of every paper can do, whether for one force or several."""

    period_start: date
    as_at: date
    known_at: datetime.datetime
    left_out: int
    format: int

    @property
    def stood_words(self) -> str:
        """How a register stood, after "as it": only a draft can be of a period that has not ended (in London)."""
        if self.as_at < london_day(self.known_at):
            return f"stood on {say(self.as_at)}"
        return f"stands before the period ends on {say(self.as_at)}"

    @property
    def opening_on(self) -> date:
        return self.period_start - datetime.timedelta(days=1)

    @property
    def left_out_words(self) -> str:
        """The only mention of restricted recommendations in an open paper, or "" if there are none."""
        if not self.left_out:
            return ""
        if self.left_out == 1:
            return "1 restricted recommendation is left out; it is in the closed paper."
        return f"{self.left_out} restricted recommendations are left out; they are in the closed paper."

    @property
    def differences(self) -> list[str]:
        """The numbers that do not reconcile, in words. Empty if the paper reconciles."""
        return list(self._differences())

    def _differences(self) -> Iterator[str]:
        raise NotImplementedError

    @property
    def reconciles(self) -> bool:
        return not self.differences

    def to_json(self) -> dict:
        """Return the figures as values that JSON can hold."""
        return dataclass_json.to_json(self)

    @classmethod
    def from_json(cls, values: dict | None) -> typing.Self:
        """Return the figures written by `to_json`. Raises ValueError for None, because a draft stores no figures."""
        if values is None:
            raise ValueError("A draft keeps no figures.")
        return dataclass_json.from_json(cls, values)


@dataclass(frozen=True, kw_only=True)
class Figures(PaperFigures):
    """The whole content of a scrutiny report.

    `opening_on` is the day before the period; `known_at` a UTC moment; `office` the label of the office's own voice
    ("OPCC"); `checked` sentences on how the force checked the facts; `replaces` says which issue this one corrects;
    `opening_agrees_with` names the last paper, whose closing is this opening; `trail_head` is the hash of the newest
    audit trail entry and `trail_count` the number of entries. `closed_by_hmicfrs` splits `sum.closed`. `undated` are
    the references counted under "No date set". `since` is listed, not counted. `attendance` is at Channel panels.
    `attendance`, `said_of_force`, `undated`, `since`, `front` and `charts` are None in a paper finalised before these
    fields existed.
    `directions` is what directions enforce, `legacy_reviews` those that ran in the period: both are mostly empty.
    `indicators` are those of recommendations in the paper, with their values up to its last day; `meetings` the
    accountability meetings of the period with confirmed minutes.
    `risk` is None if the office does not assess risk, or assessed none of what is open. `last_overdue` counts the
    outcomes of everything overdue when the period opened, or is None if nothing was. `voices` shows where the voices
    differ; None before format 3.
    `restricted_only` marks a closed paper; `left_out` counts the restricted recommendations that an open paper leaves
    to it. `open_ids` are the records counted by `sum.closing`, with which the next paper opens; None in older papers.
    `has_dates` means that each entry has the date it counts from and its close-down date, which older papers lack.
    `sections_off` are the sections of the program that were switched off at the time. `section_55_by_kind` is false in
    a paper filed before 0.3.0, which applied section 55 to every report except super-complaints. `sums_by_source` is
    empty if everything is from HMICFRS, and in a paper limited to one source, which `source` names ("IOPC").

    `format` is 1 in a paper filed before 0.3.0. Format 2 adds the reasons for the change in overdue recommendations
    (`overdue_change`) and what became of those overdue when the period opened (`was_overdue`, without those restricted
    now). Format 3 counts the latter on page 1, shows where the voices differ, and lists what is open by close-down
    date. Format 4 lists every item by number, says how many risks were assessed, shows counts by risk once half are,
    prints in full what page 2 cuts, does not flag silence about what is grey, and names the forces that recommendations
    came from (`came_from`) or went to in the period (`went_to`) or since (`goes_to`). A paper keeps the wording of its
    format, on paper and in a browser.
    """

    force: str
    body: str
    office: str
    period_start: date
    period_end: date
    period_label: str
    as_at: date
    known_at: datetime.datetime
    committee: str = ""
    meets_on: date | None = None
    marking: str = "OFFICIAL"
    issue: int = 1
    replaces: str = ""
    opening_agrees_with: str = ""
    trail_head: str = ""
    trail_count: int = 0
    sum: Sum = Sum()
    sums_by_kind: tuple[KindSum, ...] = ()
    sums_by_source: tuple[SourceSum, ...] = ()
    came_from: tuple[ForceTransfer, ...] = ()
    went_to: tuple[ForceTransfer, ...] = ()
    goes_to: tuple[ForceTransfer, ...] = ()
    then_and_now: ThenAndNow = ThenAndNow()
    overdue_change: OverdueChange | None = None
    by_kind: tuple[LabelledCount, ...] = ()
    by_stage: tuple[LabelledCount, ...] = ()
    by_date: tuple[LabelledCount, ...] = ()
    closed_by_hmicfrs: tuple[LabelledCount, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    was_overdue: tuple[WasOverdue, ...] = ()
    last_overdue: tuple[LabelledCount, ...] | None = None
    moved: tuple[MovedTarget, ...] = ()
    new: tuple[New, ...] = ()
    closed: tuple[Closed, ...] = ()
    reopened: tuple[Reopened, ...] = ()
    responses: tuple[ResponseDue, ...] = ()
    commitments: tuple[PaperCommitment, ...] = ()
    attendance: tuple[PanelAttendance, ...] | None = None
    requests: tuple[PaperRequest, ...] = ()
    said_of_force: SourceStatements | None = None
    undated: tuple[str, ...] | None = None
    since: tuple[SinceLine, ...] | None = None
    front: FrontWords | None = None
    checked: tuple[str, ...] = ()
    directions: tuple[PaperDirection, ...] = ()
    legacy_reviews: tuple[PaperLegacyReview, ...] = ()
    held: HeldAfterClosing | None = None
    indicators: tuple[IndicatorFacts, ...] = ()
    meetings: tuple[PaperMeeting, ...] = ()
    charts: Charts | None = None
    risk: RiskFigures | None = None
    voices: VoicesGap | None = None
    register: tuple[RegisterPart, ...] = ()
    has_dates: bool = False
    restricted_only: bool = False
    source: str = ""
    left_out: int = 0
    open_ids: tuple[int, ...] | None = None
    sections_off: tuple[str, ...] = ()
    section_55_by_kind: bool = False
    format: int = 1
    definitions: tuple[Definition, ...] = ()

    @property
    def entries(self) -> list[RegisterEntry]:
        return [entry for part in self.register for entry in part.entries]

    @property
    def attendance_in_all(self) -> AttendanceFigure:
        """The attendance at all its Channel panels, added up."""
        return sum_figures(line.figure for line in self.attendance or ())

    @property
    def next_response(self) -> ResponseDue | None:
        """The next response still to come, neither published nor past its last day at the period's end, or None."""
        waiting = [(line.due_on, line) for line in self.responses if line.due_on and not line.responded_on]
        ahead = [(due_on, line) for due_on, line in waiting if due_on > self.period_end]
        return min(ahead, key=lambda each: each[0])[1] if ahead else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is, was or became tracked."""
        return self.sum == Sum() and not self.entries

    @property
    def source_word(self) -> str:
        """The source of the recommendations, for headings: HMICFRS, another, or "The source" if there are several."""
        return self.source or ("The source" if self.sums_by_source else "HMICFRS")

    @property
    def source_in_sentence(self) -> str:
        """The same for use inside a sentence: "the source"."""
        return in_sentence(self.source_word)

    @property
    def names_sources(self) -> bool:
        """Whether the register files have a Source column: the paper has several sources, and its parts name theirs."""
        return bool(self.sums_by_source) and any(part.source for part in self.register)

    def _differences(self) -> Iterator[str]:
        yield from _count_differences(self)
        yield from _source_differences(self)
        dated = {count.label: count.count for count in self.by_date}
        if self.undated is not None and len(self.undated) != dated.get(NO_DATE, 0):
            yield f"Open by date says {dated.get(NO_DATE, 0)} without a date; {len(self.undated)} are named."
        if len(self.overdue) != self.then_and_now.overdue_now:
            yield f"Then and now says {self.then_and_now.overdue_now} overdue; {len(self.overdue)} are listed."
        shown, change = self.then_and_now, self.overdue_change
        if change and shown.overdue_then + change.more != shown.overdue_now:
            yield f"Overdue went from {shown.overdue_then} to {shown.overdue_now}; its terms give {change.more:+}."
        if (
            self.last_overdue is not None
            and (of := sum(each.count for each in self.last_overdue)) != shown.overdue_then
        ):
            yield f"What became of what was overdue adds up to {of}, not {shown.overdue_then}."
        for review in self.legacy_reviews:
            yield from review.differences()
        if self.risk:
            yield from self.risk.differences(self.sum.closing, self.then_and_now.overdue_now)
        if self.voices:
            yield from self.voices.differences()
        if self.charts:
            by_kind = {count.label: count.count for count in self.by_kind}
            yield from self.charts.differences(by_kind, self.sum.closing, self.then_and_now.overdue_now)


def _count_differences(figures: Figures) -> Iterator[str]:
    """Yield, in words, the counts that do not agree with the sum."""
    yield from _sum_differences(figures)
    if figures.format > 3:
        for words, transfers, number in (
            ("from other forces", figures.came_from, figures.sum.transferred_in),
            ("to other forces", figures.went_to, figures.sum.transferred_out),
        ):
            if (counted := sum(each.count for each in transfers)) != number:
                yield f"Transfers {words} add up to {counted}, not {number}."
    for name, counts, total in (
        ("Open by kind", figures.by_kind, figures.sum.closing),
        ("Open by stage", figures.by_stage, figures.sum.closing),
        ("Open by date", figures.by_date, figures.sum.closing),
        ("Closed by what HMICFRS says", figures.closed_by_hmicfrs, figures.sum.closed),
    ):
        counted = sum(count.count for count in counts)
        if counted != total:
            yield f"{name} adds up to {counted}, not {total}."
    shown = figures.then_and_now
    if (shown.open_then, shown.open_now) != (figures.sum.opening, figures.sum.closing):
        yield f"Then and now says {shown.open_then} and {shown.open_now} open; the sum, {_ends(figures.sum)}."


def _sum_differences(figures: Figures) -> Iterator[str]:
    """Yield unless the total and each kind reconcile, and the kinds add up to the total, term by term."""
    for name, each in (("The sum", figures.sum), *((kind.kind, kind.sum) for kind in figures.sums_by_kind)):
        if not each.reconciles:
            yield f"{name} does not add up: the terms give {each.expected}, the closing is {each.closing}."
    for term in (field.name for field in dataclasses.fields(Sum)):
        counted, total = sum(getattr(kind.sum, term) for kind in figures.sums_by_kind), getattr(figures.sum, term)
        if counted != total:
            yield f"By kind, {term.replace('_', ' ')} adds up to {counted}, not {total}."


def _source_differences(figures: Figures) -> Iterator[str]:
    """Yield unless, with several sources, each reconciles and they add up to the total, term by term."""
    for each in figures.sums_by_source:
        if not each.sum.reconciles:
            terms = f"the terms give {each.sum.expected}, the closing is {each.sum.closing}"
            yield f"{each.source} does not add up: {terms}."
    for term in (field.name for field in dataclasses.fields(Sum) if figures.sums_by_source):
        counted = sum(getattr(each.sum, term) for each in figures.sums_by_source)
        if counted != (total := getattr(figures.sum, term)):
            yield f"By source, {term.replace('_', ' ')} adds up to {counted}, not {total}."


def _ends(each: Sum) -> str:
    return f"{each.opening} and {each.closing}"
