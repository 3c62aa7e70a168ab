"""What a scrutiny report says of risk and delay: plain frozen values. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.papers.data.lines import RecommendationLine


@dataclass(frozen=True, kw_only=True)
class HighRiskLate(RecommendationLine):
    """A recommendation of high risk that is overdue, and what guards the public meanwhile; "" for nothing said."""

    days_over: int
    meanwhile: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskCount:
    """How many have a risk, or a cause. `key` is empty for what nobody said, `label` the office's word of the day."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RiskFigures:
    """What is open by risk and what is overdue by cause, and the high risk ones that are late, the longest first.

    `high` and `late_count` are the two numbers of "3 of 27". Those of `then` are the last paper's, None where it does
    not say them.
    """

    high_word: str
    high: int
    late_count: int
    late: tuple[HighRiskLate, ...] = ()
    by_risk: tuple[RiskCount, ...] = ()
    by_cause: tuple[RiskCount, ...] = ()
    high_then: int | None = None
    late_then: int | None = None

    def differences(self, closing: int, overdue: int) -> Iterator[str]:
        """The numbers that do not agree with the paper's, in words."""
        for name, counts, total in (
            ("Open by risk", self.by_risk, closing),
            ("Overdue by cause", self.by_cause, overdue),
        ):
            counted = sum(count.count for count in counts)
            if counted != total:
                yield f"{name} adds up to {counted}, not {total}."
        if len(self.late) != self.late_count:
            yield f"High risk and late says {self.late_count}; {len(self.late)} are listed."
