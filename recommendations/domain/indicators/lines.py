"""The values of an indicator as its table shows them: each period with what counts, what was corrected or withdrawn."""

import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from recommendations.domain.indicators.facts import SMALL, IndicatorFacts, hidden, plain
from recommendations.models import Indicator, IndicatorValue
from recommendations.periods import Period, london_day, say

MOST_GAPS = 6  # in a row, each shown on its own line


@dataclass(frozen=True)
class ValueLine:
    """A value that was recorded. `state` says why it does not count, or is ""."""

    value: IndicatorValue
    words: str
    state: str = ""

    @property
    def counts(self) -> bool:
        return not self.state

    @property
    def by(self) -> str:
        """ "Custody inspector; entered by Hannah Whitlock on 3 May 2026"."""
        person = f" by {self.value.recorded_by.name}" if self.value.recorded_by else ""
        return f"{self.value.said_by}; entered{person} on {say(london_day(self.value.recorded_at))}"


@dataclass
class PeriodLines:
    """A period, and the values that were recorded for it, the latest first. None is a gap, also of many periods."""

    name: str
    values: list[ValueLine] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return not any(each.counts for each in self.values)


def period_lines(indicator: Indicator, facts: IndicatorFacts, *, whole: bool) -> list[PeriodLines]:
    """The periods of an indicator, the latest first. `whole` shows small numbers that are hidden. One query."""
    found: dict[Period, list[IndicatorValue]] = defaultdict(list)
    rows = indicator.values(manager="on_file").select_related("recorded_by", "withdrawn_by", "sheet")
    for each in rows.order_by("-recorded_at", "-id"):
        each.indicator = indicator
        found[each.period].append(each)
    periods = {*found, *(Period(point.start, point.end) for point in facts.points)}
    is_hidden = indicator.hides_small and not whole
    return [
        PeriodLines(name, _lines(indicator, found[period], is_hidden))
        for period, name in _named_periods(indicator, sorted(periods, reverse=True), {*found})
    ]


def _named_periods(
    indicator: Indicator, periods: Iterable[Period], recorded: Container[Period]
) -> Iterator[tuple[Period, str]]:
    """Periods, the latest first, with their names; one name for many in a row for which nothing was recorded."""
    for is_recorded, each in itertools.groupby(periods, key=lambda period: period in recorded):
        row = list(each)
        if is_recorded or len(row) <= MOST_GAPS:
            yield from ((period, indicator.period_words(period)) for period in row)
        else:
            yield row[0], f"{indicator.period_words(row[-1])} until {indicator.period_words(row[0])}"


def _lines(indicator: Indicator, values: list[IndicatorValue], is_hidden: bool) -> list[ValueLine]:
    lines: list[ValueLine] = []
    for each in values:
        state = ""
        if each.withdrawn_at:
            who = f" by {each.withdrawn_by.name}" if each.withdrawn_by else ""
            state = f"Withdrawn on {say(london_day(each.withdrawn_at))}{who}: {each.withdrawn_why}"
        elif any(line.counts for line in lines):
            state = "Corrected"
        shown = hidden(plain(each.value)) if is_hidden else plain(each.value)
        lines.append(ValueLine(each, indicator.value_words(each.value) if shown else SMALL, state))
    return lines
