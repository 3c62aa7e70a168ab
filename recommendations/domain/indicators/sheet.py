"""What many values would change: those of a sheet, or that a program sent, beside those on record."""

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recommendations.domain.indicators.facts import IndicatorFacts, IndicatorPoint, plain
from recommendations.domain.indicators.queries import values_of
from recommendations.domain.indicators.values import NewValue, check_may_enter, record_sheet
from recommendations.enums.indicators import IndicatorUnit
from recommendations.models import Indicator, User
from recommendations.periods import Period


@dataclass(frozen=True)
class Correction:
    """A value that is another one on record."""

    new: NewValue
    was: Decimal

    @property
    def period_words(self) -> str:
        return self.new.indicator.period_words(self.new.period)

    @property
    def was_words(self) -> str:
        return self.new.indicator.value_words(self.was)

    @property
    def words(self) -> str:
        return self.new.indicator.value_words(self.new.value)


@dataclass(frozen=True)
class DoubtedValues:
    """Values of a percentage below 1% while its others are above: they may be shares, 0.92 for 92%."""

    indicator: Indicator
    values: tuple[NewValue, ...]

    @property
    def words(self) -> str:
        """ "0.92% in April 2026 is below 1%, and other values are above. If it is 92%, write 92."""
        first, number = self.values[0], len(self.values)
        example = f"{self.indicator.value_words(first.value)} in {self.indicator.period_words(first.period)}"
        are = f"{example} is below 1%" if number == 1 else f"{number:,} values are below 1%, such as {example}"
        meant = plain(first.value * 100)
        return f"{are}, and other values are above. If {'it' if number == 1 else 'that'} is {meant}%, write {meant}."


@dataclass(frozen=True)
class SheetChanges:
    """The values of a sheet, by indicator and period: those that are new, on record already, and others than on record.

    `doubted` are those that are probably meant otherwise. They may be saved.
    """

    new: tuple[NewValue, ...]
    same: tuple[NewValue, ...]
    other: tuple[Correction, ...]
    doubted: tuple[DoubtedValues, ...] = ()

    @property
    def to_save(self) -> int:
        """How many values saving records."""
        return len(self.new) + len(self.other)

    @property
    def rows(self) -> list[tuple[Indicator, int, int, int]]:
        """Each indicator of the sheet with the number of its new, other and same values."""
        indicators = {each.indicator.pk: each.indicator for each in (*self.new, *self.same)}
        indicators |= {each.new.indicator.pk: each.new.indicator for each in self.other}
        return [
            (
                each,
                sum(value.indicator.pk == pk for value in self.new),
                sum(value.new.indicator.pk == pk for value in self.other),
                sum(value.indicator.pk == pk for value in self.same),
            )
            for pk, each in sorted(indicators.items(), key=lambda pair: pair[1].name)
        ]

    @property
    def new_facts(self) -> list[IndicatorFacts]:
        """Each indicator with its new values alone, as a table shows them: small numbers too, to who enters them."""
        return [_facts(indicator, list(values)) for indicator, values in _by_indicator(self.new)]


def _by_indicator(values: Iterable[NewValue]) -> Iterator[tuple[Indicator, Iterator[NewValue]]]:
    return itertools.groupby(values, key=lambda each: each.indicator)


def _facts(indicator: Indicator, values: Sequence[NewValue]) -> IndicatorFacts:
    points = [IndicatorPoint(start=each.period.start, end=each.period.end, value=plain(each.value)) for each in values]
    said = {name: getattr(indicator, name) for name in ("name", "unit", "every")}
    return IndicatorFacts(**said, day=points[-1].end, points=tuple(points))


def changes_of(values: Iterable[NewValue]) -> SheetChanges:
    """What these values would change. One query."""
    values = sorted(values, key=lambda each: (each.indicator.name, each.indicator.pk, each.period))
    known = values_of({each.indicator.pk: each.indicator for each in values}.values())
    new, same, other = [], [], []
    for each in values:
        was = known.get(each.indicator.pk, {}).get(each.period)
        if was is None:
            new.append(each)
        elif was == each.value:
            same.append(each)
        else:
            other.append(Correction(each, was))
    doubted = _doubted((*new, *(each.new for each in other)), values, known)
    return SheetChanges(tuple(new), tuple(same), tuple(other), tuple(doubted))


def _doubted(
    to_save: Iterable[NewValue], values: Iterable[NewValue], known: dict[int, dict[Period, Decimal]]
) -> Iterator[DoubtedValues]:
    above = {each.indicator.pk for each in values if each.value > 1}
    above |= {pk for pk, figures in known.items() if any(figure > 1 for figure in figures.values())}
    shares = [each for each in to_save if each.indicator.unit == IndicatorUnit.PERCENT and 0 < each.value < 1]
    for indicator, found in _by_indicator(sorted(shares, key=lambda each: (each.indicator.name, each.indicator.pk))):
        if indicator.pk in above:
            yield DoubtedValues(indicator, tuple(found))


def record_sent_values(
    *, indicator: Indicator, values: Sequence[NewValue], said_by: str, name: str, by: User, at: datetime.datetime
) -> SheetChanges:
    """Record the values of one indicator that a program sent, undone as one like a sheet; returns what they changed.

    Nothing is written where all are on record already. `said_by` left empty by a person of a force is that person.
    Raises as record_sheet does.
    """
    check_may_enter(by, indicator)  # whoever enters no values is not told which are on record
    changes = changes_of(values)
    if changes.to_save:
        whose = said_by or (by.name if by.force_id else "")
        record_sheet(force=indicator.force, values=values, said_by=whose, name=name, by=by, at=at)
    return changes
