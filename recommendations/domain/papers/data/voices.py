"""Where the voices differ, as a scrutiny report holds it: plain frozen values. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from recommendations.domain.papers.data.lines import LatestVoice, RecommendationLine


@dataclass(frozen=True, kw_only=True)
class SaidDone(RecommendationLine):
    """What the force says is done and the office is not assured of.

    `force` is how the force says so ("Closure requested") and since when, `office` the latest view; its label is empty
    where there is none.
    """

    force: LatestVoice
    office: LatestVoice


class ViewCount(NamedTuple):
    label: str
    count: int  # type: ignore[assignment]  # no count is asked how often something is in it


@dataclass(frozen=True, kw_only=True)
class VoicesGap:
    """Of the open ones that the force says are done: how many by the office's view, and those it is not assured of.

    `closed` were closed as done by the last day, in this period or before; of `silent` of them the source has said
    nothing since, nor agreed before. `oldest_on` is the first day on which one of these was closed.
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
    def said_done(self) -> int:
        """How many open ones the force says are done."""
        return self.not_assured + self.partly_assured + self.no_view + self.assured

    @property
    def is_empty(self) -> bool:
        """Whether nothing open is said to be done, and nothing is closed."""
        return not self.said_done and not self.closed

    @property
    def views(self) -> list[ViewCount]:
        """How many of them by the office's view, the widest gap first."""
        return [
            ViewCount("Not assured", self.not_assured),
            ViewCount("Partly assured", self.partly_assured),
            ViewCount("No view yet", self.no_view),
            ViewCount("Assured", self.assured),
        ]

    @property
    def answers(self) -> list[ViewCount]:
        """How many of what was closed by whether its source has said anything."""
        return [
            ViewCount("Has said nothing", self.silent),
            ViewCount("Agreed, or said more", self.closed - self.silent),
        ]

    def differences(self) -> Iterator[str]:
        """The numbers that do not agree with each other, in words."""
        if len(self.lines) != (gap := self.said_done - self.assured):
            yield f"The force says done and the office is not assured of {gap}; {len(self.lines)} are listed."
        if not 0 <= self.silent <= self.closed:
            yield f"Nothing was said of {self.silent} closures; {self.closed} are closed."
