"""How visits cover suites, weekdays and times of day. Pure: no queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIMES = ("Night, 00:00 to 06:00", "Morning, 06:00 to 12:00", "Afternoon, 12:00 to 18:00", "Evening, 18:00 to 24:00")
HOURS = 6  # length of one time of day


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One visit to a suite, with its counts."""

    suite: int
    on: datetime.date
    start: datetime.time
    held: int = 0
    offered: int = 0
    seen: int = 0
    refused: int = 0
    tact_trained: int = 0


@dataclass(frozen=True, kw_only=True)
class SuiteCoverage:
    """How often a suite was visited, by weekday (Monday first) and by time of day of the start (night first)."""

    name: str
    weekdays: tuple[int, ...]
    times: tuple[int, ...]

    @property
    def visits(self) -> int:
        return sum(self.weekdays)


@dataclass(frozen=True, kw_only=True)
class VisitTotals:
    visits: int
    with_trained: int
    held: int
    offered: int
    seen: int
    refused: int


def coverage(suites: Iterable[tuple[int, str]], visits: list[Visit]) -> list[SuiteCoverage]:
    """Return the coverage of each suite (id, name) in the given order, including suites without visits."""
    found = []
    for pk, name in suites:
        ours = [each for each in visits if each.suite == pk]
        weekdays, times = [0] * len(WEEKDAYS), [0] * len(TIMES)
        for each in ours:
            weekdays[each.on.weekday()] += 1
            times[each.start.hour // HOURS] += 1
        found.append(SuiteCoverage(name=name, weekdays=tuple(weekdays), times=tuple(times)))
    return found


def totals(visits: list[Visit]) -> VisitTotals:
    """Return the totals of all visits. A detainee still there at the next visit is counted again."""
    names = ("held", "offered", "seen", "refused")
    return VisitTotals(
        visits=len(visits),
        with_trained=sum(each.tact_trained > 0 for each in visits),
        **{name: sum(getattr(each, name) for each in visits) for name in names},
    )
