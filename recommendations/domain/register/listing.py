"""The results of the register's queries: rows in order, and how many there are of each kind.

The page, exports and bulk changes all use a Listing; domain/register/rows.py turns its rows into words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.db import connection
from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lag, Lead, RowNumber
from django_cte import CTE, with_cte

from recommendations.compiled_queries import STATEMENTS, Statement, fetched, statement
from recommendations.domain.register.filters import NO_NUMBER, NO_WORD
from recommendations.domain.register.order import order_of
from recommendations.domain.register.queries import (
    GIVEN_WORDS,
    CountedRows,
    Mark,
    RegisterQuery,
    fits,
    fitting,
    ids_with,
    mark_columns,
    marked,
)
from recommendations.enums import Flag
from recommendations.models import SimilarPair, Thresholds, User
from recommendations.models.similar import SimilarPairQuerySet
from recommendations.models.standing import StandingQuerySet


@dataclass(frozen=True)
class Place:
    """The position of a recommendation in a list (from 1), and the ids before and after it, None at the ends."""

    number: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Listing:
    """The result of a query: its rows in order, and the number of rows behind each count and filter option.

    Each attribute is looked up when first used, in one query. The numbers for a filter (force, colour, flag, stage,
    source) are of the rows that all the other filters let through.
    """

    query: RegisterQuery
    user: User
    rule: Thresholds

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The ids of the tracked recommendations of all rows, in order."""
        return tuple(self._ordered.values_list("tracked_id", flat=True))

    def count(self) -> int:
        """The number of rows."""
        if "ids" in self.__dict__:
            return len(self.ids)
        return sum(self._here[mark] for mark in self._here if fits(self.query, mark))

    def __getitem__(self, place: slice) -> tuple[int, ...]:
        """The ids of one page of rows."""
        return tuple(pk for (pk,) in fetched(_some_ids(*self.asking, place.start, place.stop), self.having_words))

    def counted_with(self, start: int, stop: int) -> tuple[int, ...]:
        """The ids of one page of rows, in no order. Counts all rows with it, in one visit to those of a past day."""
        found = fetched(_marks_and_ids(*self.asking, start, stop), self.having_words)
        self.__dict__["_numbers"] = {(force, Mark(*mark)): number for pk, force, *mark, number in found if not pk}
        return tuple(pk for pk, *_ in found if pk)

    def lines(self) -> int:
        """The number of lines: with `one_line`, linked rows share one."""
        return lined(self.query, self.user, self.rule).count() if self.query.one_line else self.count()

    def place_of(self, pk: int) -> Place | None:
        """The position of the recommendation with this id, or None if it is not in the list."""
        if pk not in self._places:
            self._places[pk] = self._place_of(pk)
        return self._places[pk]

    def _place_of(self, pk: int) -> Place | None:
        order = order_of(self.query.sort, self.query.descending)
        columns = {
            "number": Window(RowNumber(), order_by=order),
            "before": Window(Lag("tracked_id"), order_by=order),
            "after": Window(Lead("tracked_id"), order_by=order),
        }
        rows = lined(self.query, self.user, self.rule)
        places = CTE(rows.order_by().values("tracked_id", **columns), name="places")
        found = with_cte(places, select=places.queryset().filter(tracked_id=pk)).values(*columns)
        return Place(**found[0]) if found else None

    @cached_property
    def _places(self) -> dict[int, Place | None]:
        return {}

    @cached_property
    def shows(self) -> dict[str, int]:
        behind = {show: self.query.showing(show) for show in CountedRows}
        return {show: sum(self._here[each] for each in self._here if fits(of, each)) for show, of in behind.items()}

    @cached_property
    def forces(self) -> dict[int, int]:
        fitting = {mark for mark in {mark for _, mark in self._numbers} if fits(self.query, mark)}
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
    def _numbers(self) -> dict[tuple[int, Mark], int]:
        """The number of rows for each force and mark: thousands of rows have a few dozen marks."""
        found = fetched(_marks(*self.asking), self.having_words)
        return {(force, Mark(*mark)): number for force, *mark, number in found}

    @property
    def asking(self) -> tuple[str, RegisterQuery, User, tuple, Thresholds]:
        """Everything that the cached statements depend on."""
        query = replace(self.query, words=GIVEN_WORDS) if self.query.words.typed else self.query
        return connection.vendor, query, self.user, (self.user.role, self.user.force_id), self.rule

    @cached_property
    def having_words(self) -> tuple[int, ...]:
        """The ids of the recommendations with the words, if any were typed: asked once for all statements."""
        return ids_with(self.query.words, self.query.past_day, self.user) if self.query.words.typed else ()

    @cached_property
    def _here(self) -> dict[Mark, int]:
        """The numbers by mark in the forces chosen."""
        forces = self.query.forces
        return _total(
            (mark, number) for (force, mark), number in self._numbers.items() if not forces or force in forces
        )

    def _but(self, name: str) -> Iterator[tuple[Mark, int]]:
        return ((mark, number) for mark, number in self._here.items() if fits(self.query, mark, but=name))

    @property
    def _rows(self) -> StandingQuerySet:
        return listed(self.query, self.user, self.rule)

    @property
    def _ordered(self) -> StandingQuerySet:
        return self._rows.order_by(*order_of(self.query.sort, self.query.descending))


@lru_cache(maxsize=STATEMENTS)
def _marks(vendor: str, query: RegisterQuery, user: User, role: tuple, rule: Thresholds) -> Statement | None:
    """Rows of: force, mark, number of rows."""
    rows = marked(query, user, rule).order_by().values_list("force_id", *mark_columns(query, rule))
    return statement(rows.annotate(number=Count("tracked")))


@lru_cache(maxsize=STATEMENTS)
def _marks_and_ids(
    vendor: str, query: RegisterQuery, user: User, role: tuple, rule: Thresholds, start: int, stop: int
) -> Statement | None:
    """Rows of: 0, and what `_marks` has; then the ids of a listing's rows from `start` to `stop`, with nothing."""
    order = order_of(query.sort, query.descending)
    keys = {f"key_{place}": each.expression for place, each in enumerate(order)}
    colour, stage, source, bits = mark_columns(query, rule)
    columns = {"colour": F(colour), "at_stage": F(stage), "of_source": source, "bits": bits}
    fits = Case(When(fitting(query, rule) & Q(tracked__isnull=False), then=True), default=False)
    rows = marked(query, user, rule).order_by()
    day = CTE(rows.values("force_id", pk=F("tracked_id"), fits=fits, **columns, **keys), name="day", materialized=True)
    by_keys = [
        OrderBy(F(name), descending=each.descending, nulls_last=each.nulls_last)
        for name, each in zip(keys, order, strict=True)
    ]
    page = CTE(day.queryset().filter(fits=True).order_by(*by_keys).values("pk")[start:stop], name="page")
    marks = day.queryset().order_by().values_list(NO_NUMBER, "force_id", *columns)
    ids = page.queryset().values_list("pk", NO_NUMBER, NO_WORD, NO_WORD, NO_WORD, NO_NUMBER, NO_NUMBER)
    return statement(with_cte(day, page, select=marks.annotate(number=Count("pk")).union(ids, all=True)))


@lru_cache(maxsize=STATEMENTS)
def _some_ids(
    vendor: str, query: RegisterQuery, user: User, role: tuple, rule: Thresholds, start: int | None, stop: int | None
) -> Statement | None:
    """The ids of a listing's rows from `start` to `stop`."""
    return statement(
        lined(query, user, rule).order_by(*order_of(query.sort, query.descending)).values_list("tracked_id")[start:stop]
    )


def listed(query: RegisterQuery, user: User, rule: Thresholds) -> StandingQuerySet:
    """The rows of a listing, unordered."""
    return marked(query, user, rule).filter(fitting(query, rule))


def lined(query: RegisterQuery, user: User, rule: Thresholds) -> StandingQuerySet:
    """The lines of a listing, unordered: with `one_line`, only the first of linked rows."""
    rows = listed(query, user, rule)
    if not query.one_line:
        return rows
    after = links_of(query).filter(one__in=rows.order_by().values("tracked"))
    return rows.exclude(tracked__in=after.values("other"))


def links_of(query: RegisterQuery) -> SimilarPairQuerySet:
    """The links in force on the query's day, as known by its `known_at`."""
    return SimilarPair.objects.order_by().linked(query.past_day, query.known_at)


def _total[Key](pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    total: Counter[Key] = Counter()
    for key, number in pairs:
        total[key] += number
    return dict(total)


def _flags(mark: Mark) -> list[str]:
    return [flag for flag in Flag if mark.has(flag)]
