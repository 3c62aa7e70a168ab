"""The register's queries: which rows of Standing (the state of every recommendation on a day) match."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, When

from recommendations.domain.ownership.mine import chooses_whose, my_standings
from recommendations.domain.register import rag
from recommendations.domain.register.as_at import standings_as_known
from recommendations.domain.register.filters import NO_NUMBER, NO_WORD, BaseFilters, filters_q
from recommendations.domain.register.order import DUE
from recommendations.enums import Flag, Rag
from recommendations.models import SearchEntry, Standing, Thresholds, User
from recommendations.models.register.risk import pack
from recommendations.models.register.standing import StandingQuerySet
from recommendations.search_words import NO_WORDS, SearchWords


class CountedRows(StrEnum):
    """The counts above the register. Each links to exactly the rows that it counts."""

    OPEN = "open"
    OVERDUE = "overdue"
    NO_DATE = "no_date"
    PENDING = "pending"
    CLOSED = "closed"
    ALL = "all"


NO_RISK, MINE = "none", "mine"
SOURCE = "tracked__recommendation__inspection__source"


@dataclass(frozen=True, kw_only=True)
class RegisterQuery(BaseFilters):
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
        return replace(self, show=show, colours=tuple(each for each in self.colours if not is_left_out(show, each)))


def is_left_out(show: CountedRows, colour: str) -> bool:
    """Whether a count rules out a colour: closed rows are blue, and open ones are not."""
    return show != CountedRows.ALL and (colour == Rag.BLUE) != (show == CountedRows.CLOSED)


class FacetKey(NamedTuple):
    """The values that the filters with a count look at, except the force. `bits` is the sum of BITS that are true."""

    colour: str
    stage: str
    source: str
    bits: int

    def has(self, name: str) -> bool:
        return bool(self.bits & BITS[name])


BITS: dict[str, int] = {Flag.DUE_SOON: 1, Flag.NO_UPDATE: 2, CountedRows.NO_DATE: 4, CountedRows.PENDING: 8, MINE: 16}


def matches(query: RegisterQuery, mark: FacetKey, but: str = "") -> bool:
    """Whether the filters with a count let a row with this mark through. `but` names a filter to ignore."""
    return (
        _is_shown(query, mark, but == "colours")
        and (not query.mine or mark.has(MINE))
        and (but == "colours" or not query.colours or mark.colour in query.colours)
        and (but == "flags" or not query.flags or any(mark.has(flag) for flag in query.flags))
        and (but == "stages" or not query.stages or mark.stage in query.stages)
        and (but == "sources" or not query.sources or mark.source in query.sources)
    )


def _is_shown(query: RegisterQuery, mark: FacetKey, any_colour: bool) -> bool:
    """Whether `show` includes the mark. Open rows by default; picking blue shows closed ones too."""
    if query.show == CountedRows.OVERDUE:
        return rag.is_overdue(mark.colour)
    if query.show in (CountedRows.NO_DATE, CountedRows.PENDING):
        return mark.has(query.show)
    if query.show == CountedRows.CLOSED:
        return mark.colour == Rag.BLUE
    is_open = mark.colour != Rag.BLUE
    return query.show == CountedRows.ALL or is_open or any_colour or Rag.BLUE in query.colours


def faceted_rows(
    query: RegisterQuery, user: User, rule: Thresholds, only: Sequence[int] | None = None
) -> StandingQuerySet:
    """Standing rows that `user` may see on the query's day, through the filters without counts, with rag.judged.

    `only` narrows the rows to these ids of tracked recommendations.
    """
    rows = visible_standings(query, user, only)
    return rag.annotate_colours(rows, query.day, rule).filter(base_filters_q(query, user))


def visible_standings(query: RegisterQuery, user: User, only: Sequence[int] | None = None) -> StandingQuerySet:
    """Standing rows that `user` may see on the query's day, as known at its `known_at`. `only` as in faceted_rows."""
    if query.known_at is None:
        rows = Standing.objects.on(query.day).filter(Q() if only is None else Q(tracked__in=only))
    else:
        rows = standings_as_known(query.day, query.known_at, None if only is None else Q(pk__in=only))
    return rows.visible_to(user)


def base_filters_q(query: RegisterQuery, user: User) -> Q:
    """The condition of all filters without a count, on judged rows of Standing."""
    exactly: dict[str, Any] = {"tracked__recommendation__inspection": query.inspection, "kind": query.kind or None}
    exactly |= {"opcc_lead": query.opcc_lead, "chief_officer_lead": query.chief_officer_lead}
    given = {name: value for name, value in exactly.items() if value is not None}
    return _words_q(query, user) & Q(**given) & _risk_q(query) & filters_q(query, user)


def _words_q(query: RegisterQuery, user: User) -> Q:
    """The condition that the words occur in the recommendation's texts, as far as this user may read them."""
    if not query.words.typed:
        return Q()
    entries = SearchEntry.objects.readable_by(user).standing(query.past_day)
    return Q(tracked__in=entries.having(query.words, "tracked"))


def _risk_q(query: RegisterQuery) -> Q:
    """The condition on risk and theme."""
    risk = Q(risk="" if query.risk == NO_RISK else query.risk) if query.risk else Q()
    return risk & Q(themes__contains=pack([query.theme])) if query.theme else risk


def facet_columns(query: RegisterQuery, user: User, rule: Thresholds) -> tuple:
    """The columns of `faceted_rows` that make up a FacetKey for `user`."""
    conditions: dict[str, Q] = {flag: rag.flag_q(flag, query.day, rule) for flag in Flag}
    conditions[CountedRows.NO_DATE] = rag.no_date_set()
    conditions[CountedRows.PENDING] = Q(closure_requested_on__isnull=False)
    if chooses_whose(user):
        conditions[MINE] = my_standings(user)
    bits = sum((Case(When(holds, then=BITS[name]), default=0) for name, holds in conditions.items()), start=NO_NUMBER)
    source = F(SOURCE) if query.by_source else NO_WORD
    return "rag", "stage", source, ExpressionWrapper(bits, output_field=IntegerField())
