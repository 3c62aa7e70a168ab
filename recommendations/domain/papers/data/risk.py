"""Risk and delay in a scrutiny report, as frozen values. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.papers.data.lines import RecommendationLine


@dataclass(frozen=True, kw_only=True)
class HighRiskLate(RecommendationLine):
    """An overdue recommendation of high risk, and how the public is protected meanwhile, or "" if nobody has said."""

    days_over: int
    meanwhile: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskCount:
    """A count for one risk or cause of delay. `key` is "" if none was recorded; `label` is the office's at the time."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RiskFigures:
    """Open recommendations by risk, overdue ones by cause of delay, and the late high risk ones, longest overdue first.

    `high` and `late_count` are the two numbers of "3 of 27". `high_then` and `late_then` are the last paper's, or None
    if it lacks them. `overdue_not_assessed` counts overdue ones without a risk; None before format 4.
    """

    high_word: str
    high: int
    late_count: int
    late: tuple[HighRiskLate, ...] = ()
    by_risk: tuple[RiskCount, ...] = ()
    by_cause: tuple[RiskCount, ...] = ()
    high_then: int | None = None
    late_then: int | None = None
    overdue_not_assessed: int | None = None

    @property
    def assessed(self) -> int:
        """How many open recommendations have a risk."""
        return sum(each.count for each in self.by_risk if each.key)

    @property
    def not_assessed(self) -> int:
        return sum(each.count for each in self.by_risk if not each.key)

    @property
    def is_mostly_assessed(self) -> bool:
        """Whether at least half of what is open has a risk, so that counts by risk say something."""
        return self.assessed >= self.not_assessed

    def differences(self, closing: int, overdue: int) -> Iterator[str]:
        """Yield, in words, the numbers that disagree with the paper's."""
        for name, counts, total in (
            ("Open by risk", self.by_risk, closing),
            ("Overdue by cause", self.by_cause, overdue),
        ):
            counted = sum(count.count for count in counts)
            if counted != total:
                yield f"{name} adds up to {counted}, not {total}."
        if len(self.late) != self.late_count:
            yield f"High risk and late says {self.late_count}; {len(self.late)} are listed."
