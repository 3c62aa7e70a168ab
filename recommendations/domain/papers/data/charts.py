"""The numbers behind a scrutiny report's charts, as frozen values. No queries."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.domain.register.rag import OVERDUE

# The charts that the office can comment on: key → what the chart shows, in order.
REMARKED = {
    "colours": "RAG by kind",
    "quarters": "opened, closed and open by quarter",
    "ages": "age of what is open",
}


@dataclass(frozen=True, kw_only=True)
class ColourCount:
    """How many open recommendations have one colour. `word` is the office's label on the period's last day."""

    rag: str
    word: str
    count: int


@dataclass(frozen=True, kw_only=True)
class KindColours:
    """The open recommendations of one kind by colour, with every colour possible for an open one, in a fixed order."""

    kind: str
    colours: tuple[ColourCount, ...]

    @property
    def open(self) -> int:
        return sum(colour.count for colour in self.colours)

    def of(self, rag: str) -> int:
        return sum(colour.count for colour in self.colours if colour.rag == rag)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """Three months: how many entered (tracked or reopened) and left (closed, however) in them, and how many were open
    at the end.

    `label` is "Jul–Sep 2026", or "to 15 Mar 2026" if the three months do not end with a calendar month.
    """

    label: str
    start: date
    end: date
    opened: int
    closed: int
    open: int


@dataclass(frozen=True, kw_only=True)
class AgeBand:
    """The open recommendations whose report has a given age on the period's last day."""

    label: str
    overdue: int
    open: int


@dataclass(frozen=True, kw_only=True)
class RiskAges:
    """The open recommendations of one risk level, counted by age band of the report. `key` is "" if not assessed."""

    key: str
    risk: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Charts:
    """The charts' data. There are eight `quarters`, or fewer if tracking began later, on `since`.

    `risks` are highest first, then "not assessed"; empty in older papers, or if no risk is assessed.
    """

    by_colour: tuple[KindColours, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    since: date | None = None
    ages: tuple[AgeBand, ...] = ()
    risks: tuple[RiskAges, ...] = ()

    @property
    def open(self) -> int:
        return sum(kind.open for kind in self.by_colour)

    @property
    def is_mostly_assessed(self) -> bool:
        """Whether at least half of what is open has a risk, so that a chart of it says something."""
        return 2 * sum(sum(risk.counts) for risk in self.risks if risk.key) >= self.open

    def of(self, rag: str) -> int:
        """Return how many open recommendations have a colour."""
        return sum(kind.of(rag) for kind in self.by_colour)

    def differences(self, by_kind: dict[str, int], closing: int, overdue: int) -> Iterator[str]:
        """Yield, in words, the numbers that disagree with the paper's. `by_kind` has the open count of each kind."""
        for kind in self.by_colour:
            if kind.open != by_kind.get(kind.kind, 0):
                yield f"{kind.kind} by colour add up to {kind.open}, not {by_kind.get(kind.kind, 0)}."
        last = self.quarters[-1].open if self.quarters else 0
        for name, counted, total in (
            ("Open by colour", self.open, closing),
            ("Red", self.of(OVERDUE), overdue),
            ("Open by age", sum(band.open for band in self.ages), closing),
            ("Overdue by age", sum(band.overdue for band in self.ages), overdue),
            ("Open at the last quarter’s end", last, closing),
        ):
            if counted != total:
                yield f"{name} comes to {counted}, not {total}."
        for place, band in enumerate(self.ages):
            if self.risks and (counted := sum(risk.counts[place] for risk in self.risks)) != band.open:
                yield f"Open by risk, {band.label}, comes to {counted}, not {band.open}."
        for before, after in itertools.pairwise(self.quarters):
            if before.open + after.opened - after.closed != after.open:
                yield f"{after.label} does not add up: {after.open} are open."
