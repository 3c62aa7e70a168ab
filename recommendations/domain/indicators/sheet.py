"""What many values would change: those of a sheet, or that a program sent, beside those on record."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recommendations.domain.indicators.queries import values_of
from recommendations.domain.indicators.values import NewValue, check_may_enter, record_sheet
from recommendations.models import Indicator, User


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
class SheetChanges:
    """The values of a sheet: those that are new, on record already, and others than on record."""

    new: tuple[NewValue, ...]
    same: tuple[NewValue, ...]
    other: tuple[Correction, ...]

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


def changes_of(values: Iterable[NewValue]) -> SheetChanges:
    """What these values would change. One query."""
    values = list(values)
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
    return SheetChanges(tuple(new), tuple(same), tuple(other))


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
