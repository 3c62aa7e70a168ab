"""Where the voices differ in a scrutiny report, as frozen values. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from recommendations.domain.papers.data.lines import LatestVoice, RecommendationLine


@dataclass(frozen=True, kw_only=True)
class SaidDone(RecommendationLine):
    """A recommendation that the force says is done and the office is not assured of.

    `force` is what the force said ("Closure requested") and when, `office` the latest view; its label is "" if there is
    none.
    """

    force: LatestVoice
    office: LatestVoice


class ViewCount(NamedTuple):
    label: str
    count: int  # type: ignore[assignment]  # shadows the tuple method count, which is not used here


@dataclass(frozen=True, kw_only=True)
class VoicesGap:
    """Open recommendations that the force says are done, by the office's view, and the list of those it is not assured
    of.

    `closed` were closed as done by the last day, in this period or earlier. On `silent` of them the source has said
    nothing since, nor agreed before; `oldest_on` is the earliest closing day among these.
    """

    not_assured: int = 0
    partly_assured: int = 0
    no_view: int = 0
    assured: int = 0
    lines: tuple[SaidDone, ...] = ()
    closed: int = 0
    silent: int = 0
    oldest_on: date | None = None

    @property
    def claimed_done(self) -> int:
        """How many open recommendations the force says are done."""
        return self.not_assured + self.partly_assured + self.no_view + self.assured

    @property
    def is_empty(self) -> bool:
        """Whether the force says of nothing open that it is done, and nothing is closed."""
        return not self.claimed_done and not self.closed

    @property
    def views(self) -> list[ViewCount]:
        """Return the counts by the office's view, widest gap first."""
        return [
            ViewCount("Not assured", self.not_assured),
            ViewCount("Partly assured", self.partly_assured),
            ViewCount("No view yet", self.no_view),
            ViewCount("Assured", self.assured),
        ]

    @property
    def answers(self) -> list[ViewCount]:
        """Return the closed counts by whether the source has responded."""
        return [
            ViewCount("Has said nothing", self.silent),
            ViewCount("Agreed, or said more", self.closed - self.silent),
        ]

    def differences(self) -> Iterator[str]:
        """Yield, in words, the numbers that disagree with each other."""
        if len(self.lines) != (gap := self.claimed_done - self.assured):
            yield f"The force says done and the office is not assured of {gap}; {len(self.lines)} are listed."
        if not 0 <= self.silent <= self.closed:
            yield f"Nothing was said of {self.silent} closures; {self.closed} are closed."
