"""The register's queries: which rows match, in which order, and how many there are of each kind.

A RegisterQuery gives a Listing, from Standing (the state of every recommendation on a day). The page, exports and
bulk changes all use it; domain/register/rows.py turns rows into words.
"""

import datetime
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import Lag, Lead, RowNumber
from django_cte import CTE, with_cte

from recommendations.compiled_queries import STATEMENTS, Statement, fetched, statement
from recommendations.domain.register import rag
from recommendations.domain.register.as_at import standings_as_known
from recommendations.domain.register.filters import Narrowing, narrowing
from recommendations.domain.register.order import DUE, order_of
from recommendations.domain.register.words import GIVEN_WORDS, ids_with, with_words
from recommendations.enums import Flag, Rag
from recommendations.models import SimilarPair, Standing, Thresholds, User
from recommendations.models.risk import pack
from recommendations.models.similar import SimilarPairQuerySet
from recommendations.models.standing import StandingQuerySet
from recommendations.search_words import NO_WORDS, SearchWords


class CountedRows(StrEnum):
    """The counts above the register. Each links to exactly the rows that it counts."""

    OPEN = "open"
    OVERDUE = "overdue"
    NO_DATE = "no_date"
    PENDING = "pending"
    CLOSED = "closed"
    ALL = "all"


NO_RISK = "none"
SOURCE = "tracked__recommendation__inspection__source"


@dataclass(frozen=True, kw_only=True)
class RegisterQuery(Narrowing):
    """A query on the register, with validated values: forms/register/query_string.py parses them from an address.

    `day` is a London day: today or, with `past`, an earlier one. `known_at` (UTC) leaves out what was recorded later;
    None leaves out nothing. `words` must all occur in one record's texts. A lead of "" means no lead. `risk` may be
    NO_RISK. `by_source`: count rows by their source too.
    """

    words: SearchWords = NO_WORDS
    show: CountedRows = CountedRows.OPEN
    forces: tuple[int, ...] = ()
    inspection: int | None = None
    sources: tuple[str, ...] = ()
    by_source: bool = False
    kind: str = ""
    colours: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    risk: str = ""
    theme: str = ""
    opcc_lead: str | None = None
    chief_officer_lead: str | None = None
    sort: str = DUE
    descending: bool = False
    one_line: bool = False  # of linked rows, list only the first. Counts still count each row

    @property
    def past_day(self) -> datetime.date | None:
        return self.day if self.past else None

    def showing(self, show: CountedRows) -> "RegisterQuery":
        """This query with another count chosen. Drops colours that the count rules out."""
        return replace(self, show=show, colours=tuple(each for each in self.colours if not is_let_go(show, each)))


def is_let_go(show: CountedRows, colour: str) -> bool:
    """Whether a count rules out a colour: closed rows are blue, and open ones are not."""
    return show != CountedRows.ALL and (colour == Rag.BLUE) != (show == CountedRows.CLOSED)


class Mark(NamedTuple):
    """The values that the filters with a count look at, except the force. `bits` is the sum of BITS that are true."""

    colour: str
    stage: str
    source: str
    bits: int

    def has(self, name: str) -> bool:
        return bool(self.bits & BITS[name])


BITS: dict[str, int] = {Flag.DUE_SOON: 1, Flag.NO_UPDATE: 2, CountedRows.NO_DATE: 4, CountedRows.PENDING: 8}


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


def fits(query: RegisterQuery, mark: Mark, but: str = "") -> bool:
    """Whether the filters with a count let a row with this mark through. `but` names a filter to ignore."""
    return (
        _is_shown(query, mark, but == "colours")
        and (but == "colours" or not query.colours or mark.colour in query.colours)
        and (but == "flags" or not query.flags or any(mark.has(flag) for flag in query.flags))
        and (but == "stages" or not query.stages or mark.stage in query.stages)
        and (but == "sources" or not query.sources or mark.source in query.sources)
    )


def _is_shown(query: RegisterQuery, mark: Mark, any_colour: bool) -> bool:
    """Whether `show` includes the mark. Open rows by default; picking blue shows closed ones too."""
    if query.show == CountedRows.OVERDUE:
        return rag.is_overdue(mark.colour)
    if query.show in (CountedRows.NO_DATE, CountedRows.PENDING):
        return mark.has(query.show)
    if query.show == CountedRows.CLOSED:
        return mark.colour == Rag.BLUE
    is_open = mark.colour != Rag.BLUE
    return query.show == CountedRows.ALL or is_open or any_colour or Rag.BLUE in query.colours


def fitting(query: RegisterQuery, rule: Thresholds) -> Q:
    """The condition in SQL for `fits`, and that the row's force is among those chosen."""
    condition = _shown(query)
    if query.forces:
        condition &= Q(force__in=query.forces)
    if query.colours:
        condition &= Q(rag__in=query.colours)
    if query.flags:
        condition &= reduce(or_, (rag.flagged(flag, query.day, rule) for flag in query.flags))
    if query.stages:
        condition &= Q(stage__in=query.stages)
    if query.sources:
        condition &= Q(**{f"{SOURCE}__in": query.sources})
    return condition


def _shown(query: RegisterQuery) -> Q:
    shown = {
        CountedRows.OVERDUE: Q(rag=rag.OVERDUE),
        CountedRows.NO_DATE: rag.no_date_set(),
        CountedRows.PENDING: Q(closure_requested_on__isnull=False),
        CountedRows.CLOSED: rag.is_closed(),
        CountedRows.ALL: Q(),
        CountedRows.OPEN: Q() if Rag.BLUE in query.colours else ~rag.is_closed(),
    }
    return shown[query.show]


def marked(query: RegisterQuery, user: User, rule: Thresholds, only: Sequence[int] | None = None) -> StandingQuerySet:
    """Standing rows that `user` may see on the query's day, through the filters without counts, with rag.judged.

    `only` (ids of tracked recommendations) narrows the rows.
    """
    known = query.known_at
    rows = Standing.objects.on(query.day) if known is None else standings_as_known(query.day, known)
    rows = rows.visible_to(user)
    if only is not None:
        rows = rows.filter(tracked__in=only)
    return rag.judged(rows, query.day, rule).filter(narrowed(query, user))


def narrowed(query: RegisterQuery, user: User) -> Q:
    """The condition of all filters without a count, on judged rows of Standing."""
    exactly: dict[str, Any] = {"tracked__recommendation__inspection": query.inspection, "kind": query.kind or None}
    exactly |= {"opcc_lead": query.opcc_lead, "chief_officer_lead": query.chief_officer_lead}
    given = {name: value for name, value in exactly.items() if value is not None}
    return with_words(query.words, query.past_day, user) & Q(**given) & _weighed(query) & narrowing(query, user)


def _weighed(query: RegisterQuery) -> Q:
    """The condition on risk and theme."""
    risk = Q(risk="" if query.risk == NO_RISK else query.risk) if query.risk else Q()
    return risk & Q(themes__contains=pack([query.theme])) if query.theme else risk


def mark_columns(query: RegisterQuery, rule: Thresholds, asked: Container[str] = BITS) -> tuple:
    """The columns of `marked` that make up a Mark. BITS that are not in `asked` are computed as 0."""
    conditions: dict[str, Q] = {flag: rag.flagged(flag, query.day, rule) for flag in Flag}
    conditions[CountedRows.NO_DATE] = rag.no_date_set()
    conditions[CountedRows.PENDING] = Q(closure_requested_on__isnull=False)
    bits = sum(
        (Case(When(holds, then=BITS[name]), default=0) for name, holds in conditions.items() if name in asked),
        start=Value(0, IntegerField()),
    )
    source = F(SOURCE) if query.by_source else Value("", CharField())
    return "rag", "stage", source, ExpressionWrapper(bits, output_field=IntegerField())
