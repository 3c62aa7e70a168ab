"""The list of indicators by force."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.indicators.queries import ShownIndicator
from recommendations.domain.indicators.values import may_enter
from recommendations.models import Force, User
from recommendations.views.indicators.page import worse_words


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of the list."""

    shown: ShownIndicator

    @property
    def worse(self) -> str:
        return worse_words(self.shown)


@dataclass
class ForceIndicators:
    """A force with its indicators, and the attendance that is counted for it, if any."""

    force: Force
    rows: list[IndicatorRow] = field(default_factory=list)
    attendance: IndicatorFacts | None = None
    may_enter: bool = False


def forces_of_list(
    user: User, rows: Iterable[ShownIndicator], attendance: Iterable[tuple[Force, IndicatorFacts]]
) -> list[ForceIndicators]:
    """The forces that have any, by name."""
    by_force: dict[int, ForceIndicators] = {}
    for row in rows:
        of = by_force.setdefault(row.indicator.force_id, ForceIndicators(row.indicator.force))
        of.rows.append(IndicatorRow(row))
        of.may_enter = of.may_enter or may_enter(user, row.indicator)
    for force, facts in attendance:
        by_force.setdefault(force.pk, ForceIndicators(force)).attendance = facts
    return sorted(by_force.values(), key=lambda each: each.force.name)
