"""The register: which rows a question asks for, in which order, and how many there are of each kind.

One question (RegisterQuery) gives one answer (Listing), from today's cache or from the dated rows as at a past day.
Page, export and paper ask here; domain/register/rows.py puts the rows into words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Case, DateField, ExpressionWrapper, F, Field, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce, Lower, NullIf

from recommendations.domain.register import rag
from recommendations.domain.register.as_at import as_at, on_day
from recommendations.domain.register.filters import Narrowing, narrowing
from recommendations.enums import Flag, Rag
from recommendations.models import Thresholds, TrackedRecommendation, User


class CountedRows(StrEnum):
    """The counts above the register. Each is a link to exactly the rows that it counts."""

    OPEN = "open"
    OVERDUE = "overdue"
    NO_DATE = "no_date"
    PENDING = "pending"
    CLOSED = "closed"
    ALL = "all"


# What the register sorts by, and the field behind it. "due" and "rag" have an order of their own.
DUE = "due"
SORTS = {
    "reference": "reference",
    "lead": "chief_officer_lead",
    DUE: "counts_from",
    "rag": "rag",
    "stage": "stage",
    "assurance": "assurance",
    "status": "inspectorate_status",
    "updated": "last_update_on",
}
BLANKS_LAST = ("lead", "assurance", "status")


@dataclass(frozen=True, kw_only=True)
class RegisterQuery(Narrowing):
    """A question to the register. Values are known ones: forms/register/query_string.py reads them from an address.

    `day` is a London day: today, or with `past` the day as at which the dated rows are read, as known at `known_at`
    (UTC; None: as known now). `words` are case folded, and all must be there. A lead of "" means that nobody leads.
    """

    words: tuple[str, ...] = ()
    show: CountedRows = CountedRows.OPEN
    forces: tuple[int, ...] = ()
    inspection: int | None = None
    kind: str = ""
    colours: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    opcc_lead: str | None = None
    chief_officer_lead: str | None = None
    sort: str = DUE
    descending: bool = False

    def showing(self, show: CountedRows) -> "RegisterQuery":
        """The same question behind one of the counts. A colour that the count rules out is let go."""
        return replace(self, show=show, colours=tuple(each for each in self.colours if not is_let_go(show, each)))


def is_let_go(show: CountedRows, colour: str) -> bool:
    """Whether a count cannot hold rows of a colour: closed ones are blue, and open ones are not."""
    return show != CountedRows.ALL and (colour == Rag.BLUE) != (show == CountedRows.CLOSED)


@dataclass(frozen=True)
class Listing:
    """The answer: the ids of all rows in order, and how many there are behind each count and each filter.

    The counts of a filter (by force, colour, flag, stage) are of the rows that every other filter lets through.
    """

    ids: tuple[int, ...]
    shows: dict[str, int]
    forces: dict[int, int]
    colours: dict[str, int]
    flags: dict[str, int]
    stages: dict[str, int]


class Mark(NamedTuple):
    """What the filters with a count ask of a row, but for its force. `bits` are the sum of what is true of it: BITS."""

    colour: str
    stage: str
    bits: int

    def has(self, name: str) -> bool:
        return bool(self.bits & BITS[name])

    @property
    def rank(self) -> int:
        """Overdue first, then no date set, then the rest, and closed ones at the end."""
        if self.has(CountedRows.NO_DATE):
            return 1
        return RANKS.get(self.colour, 2)


RANKS: dict[str, int] = {rag.OVERDUE: 0, Rag.BLUE: 3}
BITS: dict[str, int] = {Flag.DUE_SOON: 1, Flag.NO_UPDATE: 2, CountedRows.NO_DATE: 4, CountedRows.PENDING: 8}


def listed(query: RegisterQuery, user: User, rule: Thresholds) -> Listing:
    """The rows that `user` may see and `query` asks for. One query, whatever is asked and however many there are.

    There are thousands of rows and some dozens of marks: whatever is asked of a mark is asked once.
    """
    found = in_order(query, marked(query, user, rule))
    rows = list(found.values_list("pk", "force_id", *mark_columns(query, rule)))
    numbers = {(force, Mark(*mark)): number for (force, *mark), number in Counter(row[1:] for row in rows).items()}
    here = _total((mark, number) for (force, mark), number in numbers.items() if force in (query.forces or (force,)))
    fitting = {mark for _, mark in numbers if fits(query, mark)}
    behind = {show: query.showing(show) for show in CountedRows}
    return Listing(
        ids=_ids(query, rows, {mark: mark.rank for mark in fitting}),
        shows={show: sum(here[mark] for mark in here if fits(asked, mark)) for show, asked in behind.items()},
        forces=_total((force, number) for (force, mark), number in numbers.items() if mark in fitting),
        colours=_total((mark.colour, here[mark]) for mark in here if fits(query, mark, but="colours")),
        flags=_total((flag, here[mark]) for mark in here if fits(query, mark, but="flags") for flag in _flags(mark)),
        stages=_total((mark.stage, here[mark]) for mark in here if fits(query, mark, but="stages")),
    )


def _ids(query: RegisterQuery, rows: list[tuple[Any, ...]], ranks: dict[tuple[Any, ...], int]) -> tuple[int, ...]:
    """The ids of the rows whose mark has a rank, as they came, or where they go by what is due, by rank."""
    in_sight = [row for row in rows if row[2:] in ranks and (not query.forces or row[1] in query.forces)]
    if query.sort == DUE:
        in_sight.sort(key=lambda row: ranks[row[2:]], reverse=query.descending)
    return tuple(row[0] for row in in_sight)


def _total[Key](pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    total: Counter[Key] = Counter()
    for key, number in pairs:
        total[key] += number
    return dict(total)


def _flags(mark: Mark) -> list[str]:
    return [flag for flag in Flag if mark.has(flag)]


def fits(query: RegisterQuery, mark: Mark, but: str = "") -> bool:
    """Whether the filters with a count let a row through; `but` names one that is not asked."""
    return (
        _is_shown(query, mark, but == "colours")
        and (but == "colours" or not query.colours or mark.colour in query.colours)
        and (but == "flags" or not query.flags or any(mark.has(flag) for flag in query.flags))
        and (but == "stages" or not query.stages or mark.stage in query.stages)
    )


def _is_shown(query: RegisterQuery, mark: Mark, any_colour: bool) -> bool:
    """Open ones are shown unless something else is asked for: closed ones too where their colour is picked."""
    if query.show == CountedRows.OVERDUE:
        return rag.is_overdue(mark.colour)
    if query.show in (CountedRows.NO_DATE, CountedRows.PENDING):
        return mark.has(query.show)
    if query.show == CountedRows.CLOSED:
        return mark.colour == Rag.BLUE
    is_open = mark.colour != Rag.BLUE
    return query.show == CountedRows.ALL or is_open or any_colour or Rag.BLUE in query.colours


def marked(query: RegisterQuery, user: User, rule: Thresholds, only: Sequence[int] | None = None) -> QuerySet:
    """The tracked recommendations that `user` may see, by the filters without counts, judged on the day of the query.

    The latest values are named as in the cache, or with "at_" before them where the query is about the past. `only`
    (ids) narrows the rows before the dated rows are read, where a filter on the result would come after.
    """
    records = TrackedRecommendation.on_file if query.past else TrackedRecommendation.objects
    rows = records.visible_to(user)
    if only is not None:
        rows = rows.filter(pk__in=only)
    for word in query.words:
        rows = rows.filter(search_text__contains=word)
    if query.inspection is not None:
        rows = rows.filter(recommendation__inspection=query.inspection)
    if query.kind:
        rows = rows.filter(recommendation__kind=query.kind)
    for name in ("opcc_lead", "chief_officer_lead"):
        if getattr(query, name) is not None:
            rows = rows.filter(**{name: getattr(query, name)})
    rows = as_at(rows, query.day, rule, query.known_at) if query.past else on_day(rows, query.day, rule)
    narrowed = narrowing(query, user)
    return rows.filter(narrowed) if narrowed else rows


def mark_columns(query: RegisterQuery, rule: Thresholds) -> tuple:
    """The columns of `marked` that make a Mark."""
    conditions: dict[str, Q] = {flag: rag.flagged(flag, query.day, rule, query.prefix) for flag in Flag}
    conditions[CountedRows.NO_DATE] = rag.no_date_set(query.prefix)
    conditions[CountedRows.PENDING] = Q(**{f"{query.prefix}closure_requested_on__isnull": False})
    bits = sum(
        (Case(When(holds, then=BITS[name]), default=0) for name, holds in conditions.items()),
        start=Value(0, IntegerField()),
    )
    # A plain field: an integer's would convert each of thousands of numbers to what it is already.
    return f"{query.prefix}rag", f"{query.prefix}stage", ExpressionWrapper(bits, output_field=Field())


def in_order(query: RegisterQuery, rows: QuerySet) -> QuerySet:
    """Rows of `marked` by the column asked for, empty ones last; then by the date that counts, soonest first.

    Closed ones have no date that counts any more: the latest closed comes first. `listed` puts overdue ones first.
    """
    day, closed_on = _day(query.prefix), F(f"{query.prefix}closed_on")
    if query.sort == DUE:
        keys = [_directed(day, query.descending), _directed(closed_on, not query.descending)]
    else:
        key = _key(query.sort, query.prefix)
        keys = [_directed(key, query.descending), _directed(day, False), _directed(closed_on, True)]
    return rows.order_by(*keys, "reference")


def _directed(key: Any, descending: bool) -> OrderBy:
    return key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)


def _day(prefix: str) -> Case:
    """The day of the deadline (for immediate ones that of the report), else the first target; none once closed."""
    dated = Coalesce(F("deadline_on"), F(f"{prefix}first_target_on"))
    return Case(When(rag.is_closed(prefix), then=None), default=dated, output_field=DateField())


def _key(sort: str, prefix: str) -> Combinable:
    if sort == "rag":
        ranks = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)
        return Case(*(When(**{f"{prefix}rag": each}, then=rank) for rank, each in enumerate(ranks)), default=len(ranks))
    name = SORTS[sort]
    if sort in BLANKS_LAST:
        return NullIf(Lower(name) if sort == "lead" else F(f"{prefix}{name}"), Value(""))
    return F(name if sort == "reference" else f"{prefix}{name}")
