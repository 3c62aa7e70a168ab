"""Read values of one indicator that a program sent, each with its period, by the rules of a sheet."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from recommendations.domain.indicators.values import NewValue
from recommendations.exchange.indicators.periods_in_words import read_period
from recommendations.exchange.indicators.sheet_reader import NO_PERIOD, counted_period, read_figure
from recommendations.models import Indicator
from recommendations.periods import Period


@dataclass(frozen=True)
class WrongValue:
    """What is wrong with the value at a place, counted from 0: with its `period`, or its `value`."""

    place: int
    part: str
    why: str


@dataclass
class SentValues:
    """The values that could be read, and what is wrong with the others."""

    values: list[NewValue] = field(default_factory=list)
    wrong: list[WrongValue] = field(default_factory=list)


def read_sent_values(sent: Sequence[tuple[str, str]], indicator: Indicator, today: datetime.date) -> SentValues:
    """The values of pairs of (period, figure), both as a sheet writes them."""
    found, places = SentValues(), defaultdict(list)
    for place, (name, text) in enumerate(sent):
        named = read_period(name)
        period = counted_period(named, indicator, today) if named else NO_PERIOD
        value = read_figure(text, indicator)
        if isinstance(period, str):
            found.wrong.append(WrongValue(place, "period", period))
        else:
            places[period].append(place)
        if isinstance(value, str):
            found.wrong.append(WrongValue(place, "value", value))
        if isinstance(period, Period) and not isinstance(value, str):
            found.values.append(NewValue(indicator, period, value))
    found.wrong += _twice(places.values())
    found.wrong.sort(key=lambda each: each.place)
    return found


def _twice(places: Iterable[list[int]]) -> Iterator[WrongValue]:
    """Values for one period: each of them is wrong, also if they are equal, as in a sheet."""
    for same in places:
        for place in same if len(same) > 1 else ():
            other = next(each for each in same if each != place)
            yield WrongValue(place, "period", f"The same period is at {other}. Send one value for each period.")
