"""What the register's page shows around its rows: counts, filters, columns and chips, all of them links."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.ownership.mine import whose_switch
from recommendations.domain.register.filters import RecheckFilter
from recommendations.domain.register.listing import Place
from recommendations.domain.register.order import DUE
from recommendations.domain.register.queries import NO_RISK, CountedRows, is_left_out
from recommendations.domain.register.rows import RegisterRow
from recommendations.enums import TRACKED_KINDS, Flag, Rag, RecommendationKind, Vocabulary
from recommendations.forms.register.query_string import (
    ALL_OPEN,
    FILTERS,
    LINKED,
    NARROWED,
    NO_LEAD,
    ONE_LINE,
    WHOSE,
    Address,
    sort_value,
)
from recommendations.periods import day_end, london_day, say
from recommendations.sections import Section
from recommendations.views.register.columns import (
    BESIDE,
    CHANGED,
    CHOSEN,
    FIXED,
    LATER,
    LEFT_OUT_BESIDE,
    ORDERS,
    ShownColumn,
    label_for_sources,
    label_of,
    view_columns,
)
from recommendations.views.register.filter_chips import query_chips
from recommendations.views.register.request_query import RegisterRequest

PAGE_SIZE = 50
COUNTS = {
    CountedRows.OPEN: "open",
    CountedRows.OVERDUE: "overdue",
    CountedRows.NO_DATE: "no date set",
    CountedRows.PENDING: "pending closure",
    CountedRows.CLOSED: "closed",
}


@dataclass(frozen=True)
class RegisterCount:
    number: str
    words: str
    url: str
    current: bool


@dataclass(frozen=True)
class RegisterColumn:
    classes: str
    label: str
    url: str
    direction: str


@dataclass(frozen=True)
class Option:
    """One choice of a filter. `number` is the count of rows that it would show, or "" if they are not counted."""

    value: str
    label: str
    chosen: bool
    number: str = ""
    colour: str = ""


LOOKS = {
    RecheckFilter.AGAIN: "To look at again",
    RecheckFilter.HELD: "It has held",
    RecheckFilter.SLIPPED: "Slipped, to be decided",
    RecheckFilter.TO_DECIDE: "Slipped, for you to decide",
}


@dataclass(frozen=True)
class Filter:
    """A filter, as checkboxes or as a select list."""

    name: str
    label: str
    options: list[Option]
    is_list: bool = False

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]


def page_context(register_request: RegisterRequest, has_side_form: bool) -> dict:
    """The context of the page, apart from its rows. `has_side_form`: a form is open next to the list, which then has
    less room."""
    filters = list(filters_of(register_request))
    has_less_room = has_side_form or register_request.query.past or register_request.view is not None
    hidden = not _wants_filters(register_request) if has_less_room else register_request.params.get("filters") == "hide"
    address = register_request.address
    return {
        "address": address,
        "q": dict(address.pairs).get("q", ""),
        "whose": whose_switch(
            register_request.user, mine=register_request.query.mine, back=str(address.without(WHOSE, "page"))
        ),
        "kept_by_search": [pair for pair in address.pairs if pair[0] != "q"],
        "kept_by_filters": [pair for pair in address.pairs if pair[0] not in (*FILTERS, "recheck", "filters")],
        "counts": list(counts_of(register_request)),
        "columns": list(columns_of(register_request, has_side_form)),
        "filters": [] if has_side_form or hidden else filters,
        "chips": list(chips_of(register_request, filters)),
        "show_filters": address.but(filters="show"),
        "hide_filters": address.but(filters="hide"),
        "no_filters": all_open(register_request),
        "is_filtered": any(name in (*FILTERS, *NARROWED, "q", "show") for name, _ in address.pairs),
        "has_closed": register_request.listing.shows[CountedRows.CLOSED] > 0,
        "closed": address.but(show=CountedRows.CLOSED),
        "summary": summary_of(register_request),
        "order": order_of(register_request),
    }


def all_open(register_request: RegisterRequest) -> Address:
    """The address of all open recommendations on the same day and in the same order, whatever this user's default
    view is."""
    to = register_request.address.only(WHOSE, "as_at", "known_at", "sort")
    return to.but(view=ALL_OPEN) if register_request.opens_with else to


def _wants_filters(register_request: RegisterRequest) -> bool:
    return register_request.params.get("filters") == "show"


def counts_of(register_request: RegisterRequest) -> Iterator[RegisterCount]:
    """The counts under the current filters, each a link to exactly those rows."""
    query, address = register_request.query, register_request.address
    for show, words in COUNTS.items():
        to = address.but(show=None if show == CountedRows.OPEN else show)
        for colour in query.colours:
            if is_left_out(show, colour):
                to = to.without("rag", value=colour)
        current = query.show == show and not any(is_left_out(show, colour) for colour in query.colours)
        yield RegisterCount(f"{register_request.listing.shows[show]:,}", words, str(to), current)


def columns_of(register_request: RegisterRequest, has_side_form: bool) -> Iterator[RegisterColumn]:
    """The column headings as links: the current sort column reverses the order, the others sort by themselves."""
    query = register_request.query
    for each in shown_columns(register_request, has_side_form):
        sort = each.column.sort
        is_this = bool(sort) and sort == query.sort
        to = register_request.address.but(sort=sort_value(sort, is_this and not query.descending)) if sort else ""
        direction = ("descending" if query.descending else "ascending") if is_this else ""
        yield RegisterColumn(each.classes, label_of(each.column, register_request.choices.is_mixed), str(to), direction)


def shown_columns(register_request: RegisterRequest, has_side_form: bool) -> list[ShownColumn]:
    """The columns of the list: those of the open view, otherwise the page's own.
    "Changed" is left out for a past day. With a form `has_side_form`, there are fewer columns.
    """
    if register_request.view is None:
        own = [each for each in (*FIXED, *CHOSEN) if not (has_side_form and each.key in LEFT_OUT_BESIDE)]
        found = [*map(ShownColumn, own)]
    else:
        found = [
            each
            for each in view_columns(register_request.view.columns)
            if not (register_request.query.past and each.column == CHANGED)
        ]
        found = found[: len(FIXED) + BESIDE] if has_side_form else found
    return [*found, ShownColumn(LATER)] if register_request.query.past else found


def filters_of(register_request: RegisterRequest) -> Iterator[Filter]:
    """The filters, each box with the number of rows that it would show under all the others."""
    query, listing, choices = register_request.query, register_request.listing, register_request.choices
    yield _leads("opcc_lead", "OPCC lead", choices.opcc_leads, query.opcc_lead)
    if len(choices.forces) > 1:
        yield Filter("force", "Force", _force_options(register_request))
    if choices.is_mixed:
        yield _boxes("source", "Source", choices.sources, query.sources, listing.sources)
    yield Filter("rag", "RAG", _colour_options(register_request))
    flags = {
        Flag.DUE_SOON: f"Due within {register_request.rule.due_soon_days} days",
        Flag.NO_UPDATE: f"No update, {register_request.rule.no_update_days} days",
    }
    yield _boxes("flag", "Flag", flags, query.flags, listing.flags)
    yield _boxes("stage", "Stage", register_request.words[Vocabulary.STAGE], query.stages, listing.stages)
    yield from _risk_filters(register_request)
    kinds = [Option(kind, RecommendationKind(kind).label, kind == query.kind) for kind in TRACKED_KINDS]
    yield Filter("kind", "Kind", kinds, is_list=True)
    reports = [Option(str(pk), label, pk == query.inspection) for pk, label in choices.inspections.items()]
    yield Filter("inspection", "Inspection", reports, is_list=True)
    yield _leads("lead", "Chief officer lead", choices.chief_officer_leads, query.chief_officer_lead)
    if Section.RECHECKS.is_on and (query.recheck or query.show in (CountedRows.CLOSED, CountedRows.ALL)):
        yield _list("recheck", "After closing", LOOKS, query.recheck)


def _risk_filters(register_request: RegisterRequest) -> Iterator[Filter]:
    """The filters by risk and theme, if the office uses them."""
    if Section.RISK.is_on:
        yield _list(
            "risk",
            "Risk",
            {**register_request.words[Vocabulary.RISK], NO_RISK: "Not assessed"},
            register_request.query.risk,
        )
        if themes := register_request.words[Vocabulary.THEME]:
            yield _list("theme", "Theme", themes, register_request.query.theme)


def _force_options(register_request: RegisterRequest) -> list[Option]:
    chosen, numbers = register_request.query.forces, register_request.listing.forces
    return [
        Option(slug, name, pk in chosen, f"{numbers.get(pk, 0):,}")
        for slug, (pk, name) in register_request.choices.forces.items()
    ]


def _colour_options(register_request: RegisterRequest) -> list[Option]:
    chosen, numbers = register_request.query.colours, register_request.listing.colours
    return [
        Option(rag, register_request.rule.word(rag), rag in chosen, f"{numbers.get(rag, 0):,}", colour=rag)
        for rag in Rag.values
    ]


def _boxes(name: str, label: str, words: dict, chosen: tuple[str, ...], numbers: dict) -> Filter:
    options = [Option(str(key), text, key in chosen, f"{numbers.get(key, 0):,}") for key, text in words.items()]
    return Filter(name, label, options)


def _list(name: str, label: str, words: dict, chosen: str) -> Filter:
    options = [Option(str(key), text, key == chosen) for key, text in words.items()]
    return Filter(name, label, options, is_list=True)


def _leads(name: str, label: str, leads: tuple[str, ...], chosen: str | None) -> Filter:
    options = [Option(lead or NO_LEAD, lead or "No lead", lead == chosen) for lead in leads]
    return Filter(name, label, options, is_list=True)


def chips_of(register_request: RegisterRequest, filters: list[Filter]) -> Iterator[tuple[str, str]]:
    """What narrows the list, each with the address without it."""
    address = register_request.address
    yield from filter_chips(register_request, filters)
    if register_request.query.show != CountedRows.OPEN:
        words = COUNTS.get(register_request.query.show, "open and closed")
        yield (
            f"Only {words}" if register_request.query.show in COUNTS else "Open and closed",
            str(address.without("show")),
        )


def filter_chips(register_request: RegisterRequest, filters: list[Filter]) -> Iterator[tuple[str, str]]:
    """The chips of these filters, of filters without a control, and of the search."""
    address = register_request.address
    for each in filters:
        for option in each.chosen:
            yield f"{each.label}: {option.label}", str(address.without(each.name, value=option.value))
    yield from query_chips(register_request)
    if "q" in dict(address.pairs):
        yield f"Search: {dict(address.pairs)['q']}", str(address.without("q"))


def summary_of(register_request: RegisterRequest) -> str:
    """The number of rows and which rows they are: "12 overdue"."""
    number = register_request.listing.count()
    closed_too = Rag.BLUE in register_request.query.colours and register_request.query.show == CountedRows.OPEN
    words = "" if closed_too else COUNTS.get(register_request.query.show, "open and closed")
    return f"{number:,} {words}".strip()


def linked_switch(register_request: RegisterRequest, rows: list[RegisterRow]) -> tuple[str, str] | None:
    """The link to one line for linked recommendations, or back to a line for each; None if no row is linked."""
    if register_request.query.one_line:
        return "A line for each", str(register_request.address.without(LINKED))
    if any(row.is_linked for row in rows):
        return "One line for linked ones", str(register_request.address.but(**{LINKED: ONE_LINE}))
    return None


def order_of(register_request: RegisterRequest) -> str:
    if register_request.query.show == CountedRows.CLOSED and register_request.query.sort == DUE:
        return "First closed first" if register_request.query.descending else "Last closed first"
    told = label_for_sources(ORDERS[register_request.query.sort], register_request.choices.is_mixed)
    return f"{told}, reversed" if register_request.query.descending else told


def page_of(register_request: RegisterRequest, opened: int | None) -> Page:
    """The requested page, otherwise the one with the open row."""
    pages: Paginator[RegisterRow] = Paginator(register_request.listed_rows(), PAGE_SIZE)  # type: ignore[arg-type]  # count() and slices suffice
    return pages.get_page(register_request.number("page") or page_with(register_request, opened) or 1)


def page_with(register_request: RegisterRequest, pk: int | None) -> int | None:
    """The number of the page that has this row, or None if it is the first or the list does not have the row."""
    return page_at(register_request.listing.place_of(pk)) if pk else None


def page_at(place: Place | None) -> int | None:
    """The number of the page at this place, or None for the first page or no place."""
    return (place.number - 1) // PAGE_SIZE + 1 if place and place.number > PAGE_SIZE else None


def band_of(register_request: RegisterRequest) -> dict:
    """The banner of a past day: the day in words, the form and its errors."""
    form, query = register_request.as_at, register_request.query
    back = register_request.address.without("as_at", "known_at")
    return {
        "form": form,
        "day": say(query.day) if query.past else "",
        "known": _known(query.known_at) if query.past and query.known_at else "",
        "kept": back.pairs,
        "back": str(back),
    }


def _known(moment: datetime.datetime) -> str:
    day = london_day(moment)
    if moment == day_end(day):
        return f"the end of {say(day)}"
    return f"{date_format(localtime(moment), 'H:i')} on {say(day)}"
