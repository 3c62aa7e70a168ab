"""A legacy review in a scrutiny report, as frozen values. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.enums.legacy_reviews import LegacyVerdict
from recommendations.periods import say


@dataclass(frozen=True, kw_only=True)
class PaperJudgement:
    """A recommendation that does not simply go on: the source's words (its heading), and what became of it.

    `by` is the reference of the one that takes its place; `decided` says whether the closure was decided by then.
    """

    reference: str
    text: str
    verdict: str
    reason: str
    words: str = ""
    by: str = ""
    decided: bool = True

    @property
    def outcome(self) -> str:
        """ "Superseded by WM-0007", "Closed, to be decided"."""
        by = f" by {self.by}" if self.by else ""
        return f"{LegacyVerdict(self.verdict).label}{by}{'' if self.decided else ', to be decided'}"


@dataclass(frozen=True, kw_only=True)
class PaperLegacyReview:
    """A review that ran in the period: `listed` were open when it began, of which `counts` are judged so.

    `finished_on` is None if it was still running when the period ended.
    """

    title: str
    changes_on: date
    started_on: date
    finished_on: date | None
    listed: int
    goes_on: int = 0
    reframed: int = 0
    superseded: int = 0
    closed: int = 0
    lines: tuple[PaperJudgement, ...] = ()

    @property
    def judged(self) -> int:
        return self.goes_on + self.reframed + self.superseded + self.closed

    @property
    def sentence(self) -> str:
        """ "40 were open on 1 March 2027, before the change on 1 April 2027. 38 are judged: 30 go on, …"."""
        counts = f"{self.goes_on} go on, {self.reframed} reframed, {self.superseded} superseded, {self.closed} closed"
        left = self.listed - self.judged
        rest = f" {left} {'was' if left == 1 else 'were'} closed in another way." if self.finished_on and left else ""
        ending = (
            f"Finished on {say(self.finished_on)}." if self.finished_on else "It was running when the period ended."
        )
        return (
            f"{self.listed} {'was' if self.listed == 1 else 'were'} open on {say(self.started_on)}; the change is on "
            f"{say(self.changes_on)}. {self.judged} judged: {counts}.{rest} {ending}"
        )

    def differences(self) -> Iterator[str]:
        """The numbers that do not reconcile, in words."""
        told = len(self.lines)
        if told != self.judged - self.goes_on:
            yield f"The legacy review counts {self.judged - self.goes_on} that do not go on; {told} are listed."
        if self.judged > self.listed:
            yield f"The legacy review has {self.judged} judged of {self.listed}."
