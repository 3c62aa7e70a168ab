"""The results of the register's queries: rows in order, and how many there are of each kind.

The page, exports and bulk changes all use a Listing; domain/register/rows.py turns its rows into words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from recommendations.domain.register.order import order_of
from recommendations.domain.register.queries import (
    CountedRows,
    FacetKey,
    RegisterQuery,
    facet_columns,
    faceted_rows,
    matches,
)
from recommendations.enums import Flag
from recommendations.models import SimilarPair, Thresholds, User
from recommendations.models.similar import SimilarPairQuerySet


@dataclass(frozen=True)
class Place:
    """The position of a recommendation in a list (from 1), and the ids before and after it, None at the ends."""

    number: int
    before: int | None
    after: int | None


class MarkedRow(NamedTuple):
    """A row that all filters without a count let through: the id of its tracked recommendation, its force and mark."""

    pk: int
    force: int
    mark: FacetKey


@dataclass(frozen=True)
class Listing:
    """The result of a query: its rows in order, and the number of rows behind each count and filter option.

    The numbers for a filter (force, colour, flag, stage, source) are of the rows that all the other filters let
    through. One query reads what all of it is derived from: the rows through the filters without a count, in order.
    `only` narrows the rows to these ids of tracked recommendations.
    """

    query: RegisterQuery
    user: User
    rule: Thresholds
    only: tuple[int, ...] | None = None

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The ids of the tracked recommendations of all rows, in order."""
        fitting = {mark for mark in self._here if matches(self.query, mark)}
        return tuple(row.pk for row in self._rows if row.mark in fitting and self._is_chosen(row.force))

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The ids of the rows that have a line: with `one_line`, only the first of linked rows. One more query then."""
        if not self.query.one_line:
            return self.ids
        ids = set(self.ids)
        after = {other for one, other in links_of(self.query).values_list("one", "other") if one in ids}
        return tuple(pk for pk in self.ids if pk not in after)

    def count(self) -> int:
        """The number of rows."""
        return len(self.ids)

    def place_of(self, pk: int) -> Place | None:
        """The position of the recommendation with this id, or None if it has no line."""
        if pk not in self.lines:
            return None
        at = self.lines.index(pk)
        before, after = self.lines[max(at - 1, 0) : at], self.lines[at + 1 : at + 2]
        return Place(at + 1, before[0] if before else None, after[0] if after else None)

    @cached_property
    def shows(self) -> dict[str, int]:
        return {show: self.number_of(self.query.showing(show)) for show in CountedRows}

    def number_of(self, query: RegisterQuery) -> int:
        """The number of rows of a query that differs from this one only in filters that have a count."""
        return sum(number for mark, number in self._here.items() if matches(query, mark))

    @cached_property
    def forces(self) -> dict[int, int]:
        fitting = {mark for mark in {mark for _, mark in self._numbers} if matches(self.query, mark)}
        return _total((force, number) for (force, mark), number in self._numbers.items() if mark in fitting)

    @cached_property
    def colours(self) -> dict[str, int]:
        return _total((mark.colour, number) for mark, number in self._but("colours"))

    @cached_property
    def flags(self) -> dict[str, int]:
        return _total((flag, number) for mark, number in self._but("flags") for flag in _flags(mark))

    @cached_property
    def stages(self) -> dict[str, int]:
        return _total((mark.stage, number) for mark, number in self._but("stages"))

    @cached_property
    def sources(self) -> dict[str, int]:
        return _total((mark.source, number) for mark, number in self._but("sources"))

    @cached_property
    def _rows(self) -> list[MarkedRow]:
        rows = faceted_rows(self.query, self.user, self.rule, self.only)
        rows = rows.order_by(*order_of(self.query.sort, self.query.descending))
        found = rows.values_list("tracked_id", "force_id", *facet_columns(self.query, self.user, self.rule))
        return [MarkedRow(pk, force, FacetKey(*mark)) for pk, force, *mark in found]

    @cached_property
    def _numbers(self) -> Counter[tuple[int, FacetKey]]:
        """The number of rows for each force and mark: thousands of rows have a few dozen marks."""
        return Counter((row.force, row.mark) for row in self._rows)

    @cached_property
    def _here(self) -> dict[FacetKey, int]:
        """The numbers by mark in the forces chosen."""
        return _total((mark, number) for (force, mark), number in self._numbers.items() if self._is_chosen(force))

    def _is_chosen(self, force: int) -> bool:
        return not self.query.forces or force in self.query.forces

    def _but(self, name: str) -> Iterator[tuple[FacetKey, int]]:
        return ((mark, number) for mark, number in self._here.items() if matches(self.query, mark, but=name))


def links_of(query: RegisterQuery) -> SimilarPairQuerySet:
    """The links in force on the query's day, as known by its `known_at`."""
    return SimilarPair.objects.order_by().linked(query.past_day, query.known_at)


def _total[Key](pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    total: Counter[Key] = Counter()
    for key, number in pairs:
        total[key] += number
    return dict(total)


def _flags(mark: FacetKey) -> list[str]:
    return [flag for flag in Flag if mark.has(flag)]
