"""The small count tables: the first four are on page 1 of a scrutiny report, the others inside."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.lines import LabelledCount
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.risk import RiskFigures
from recommendations.domain.papers.data.voices import VoicesGap

ON_PAGE_1 = 4
OPEN_BY_DATE = "Open, by date"


class Row(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int: ...


class CountTable(NamedTuple):
    """What is counted, and the total: `total` is its label, `sum` its number."""

    caption: str
    rows: Sequence[Row]
    total: str
    sum: int


class CountTables:
    """The tables of `figures`; a paper shows those for which it has figures."""

    figures: Figures

    @property
    def risk(self) -> RiskFigures | None:
        return self.figures.risk

    @property
    def last_overdue(self) -> tuple[LabelledCount, ...] | None:
        return self.figures.last_overdue

    @property
    def held(self) -> HeldAfterClosing | None:
        """What held after closing, or None if nothing was rechecked in the period."""
        return self.figures.held if self.figures.held and self.figures.held.looked_at else None

    @property
    def voices(self) -> VoicesGap | None:
        """Where the voices differ, or None if there is nothing to report."""
        return self.figures.voices if self.figures.voices and not self.figures.voices.is_empty else None

    @property
    def closures_heading(self) -> str:
        """The heading of the closures by their source's view of them."""
        return f"Closed: {self.figures.source_in_sentence}"

    @property
    def silence(self) -> str:
        """The heading of all closures by whether their source has said anything since."""
        return f"{self.figures.source_word} since closing"

    @property
    def first_counts(self) -> list[CountTable]:
        """The tables on page 1."""
        return list(self._counts())[:ON_PAGE_1]

    @property
    def more_counts(self) -> list[CountTable]:
        """The tables that do not fit on page 1, except the voices, which have a part of their own."""
        return [table for table in list(self._counts())[ON_PAGE_1:] if table not in self._voice_tables()]

    @property
    def kind_counts(self) -> list[CountTable]:
        """The tables that papers of all formats have."""
        return list(self._kind_tables())

    @property
    def by_date(self) -> tuple[LabelledCount, ...]:
        return self.figures.by_date

    def _counts(self) -> Iterator[CountTable]:
        if self.figures.format > 3:
            yield from self._counts_since_format_4()
            return
        kinds = self.kind_counts
        yield from self._risk_tables() if self.risk else kinds[:2]
        yield from self._last_time_tables()
        yield from self._recheck_tables()
        yield from self._voice_tables()
        yield from kinds[2:]
        yield from kinds[:2] if self.risk else ()

    def _counts_since_format_4(self) -> Iterator[CountTable]:
        """By date first, which says how many have none; by risk once half of what is open is assessed, else last."""
        risks, kinds = list(self._risk_tables()), self.kind_counts
        by_date = CountTable(OPEN_BY_DATE, self.by_date, "Open", self.figures.sum.closing)
        is_early = self.risk is not None and self.risk.is_mostly_assessed
        if self.by_date:
            yield by_date
        yield from risks if is_early else risks[1:]
        yield from self._last_time_tables()
        yield from self._recheck_tables()
        yield from self._voice_tables()
        yield from (table for table in kinds if table.caption != OPEN_BY_DATE)
        yield from () if is_early else risks[:1]

    def _risk_tables(self) -> Iterator[CountTable]:
        if self.risk:
            yield CountTable("Open, by risk", self.risk.by_risk, "Open", self.figures.sum.closing)
            overdue = self.figures.then_and_now.overdue_now
            yield CountTable("Overdue, by cause", self.risk.by_cause, "Overdue", overdue)

    def _last_time_tables(self) -> Iterator[CountTable]:
        if self.last_overdue:
            day, overdue = self.figures.opening_on, self.figures.then_and_now.overdue_then
            yield CountTable("Last time’s overdue", self.last_overdue, f"Overdue on {day.day} {day:%B}", overdue)

    def _recheck_tables(self) -> Iterator[CountTable]:
        if self.held:
            yield CountTable("Closed, looked at again", self.held.rows, "Looked at", self.held.looked_at)

    def _voice_tables(self) -> list[CountTable]:
        if not self.voices or not self.voices.claimed_done:
            return []
        return [CountTable("Force says done: our view", self.voices.views, "Says done", self.voices.claimed_done)]

    def _kind_tables(self) -> Iterator[CountTable]:
        figures, closing = self.figures, self.figures.sum.closing
        yield CountTable("Open, by kind", figures.by_kind, "Open", closing)
        yield CountTable("Open, by stage", figures.by_stage, "Open", closing)
        yield CountTable(OPEN_BY_DATE, figures.by_date, "Open", closing)
        yield CountTable(self.closures_heading, figures.closed_by_hmicfrs, "Closed", figures.sum.closed)
