"""What the register's page shows around its rows: tabs, filters and columns, all of them links."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.listing import Place
from recommendations.domain.register.order import DUE
from recommendations.domain.register.queries import CountedRows
from recommendations.domain.register.rows import RegisterRow
from recommendations.enums import Rag
from recommendations.forms.register.query_string import (
    ALL_OPEN,
    FILTERS,
    LINKED,
    NARROWED,
    ONE_LINE,
    WHOSE,
    Address,
    sort_value,
)
from recommendations.periods import day_end, london_day, say
from recommendations.views.register.columns import (
    BESIDE,
    CHANGED,
    CHOSEN,
    FIXED,
    LATER,
    LEFT_OUT_BESIDE,
    ORDERS,
    SHORT,
    ShownColumn,
    label_for_sources,
    label_of,
    view_columns,
)
from recommendations.views.register.filters import COUNTS, filters_context
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.tabs import tabs_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class RegisterColumn:
    classes: str
    label: str
    url: str
    direction: str


def page_context(register_request: RegisterRequest, has_side_form: bool) -> dict:
    """The context of the page, apart from its rows. `has_side_form`: a form is open next to the list, which then has
    less room."""
    tabs = list(tabs_of(register_request))
    current = next((tab for tab in tabs if tab.current), None)
    address = register_request.address
    is_filtered = any(name in (*FILTERS, *NARROWED, "q", "show") for name, _ in address.pairs)
    return {
        **filters_context(register_request, in_tab=current is not None),
        "address": address,
        "tabs": tabs,
        "current_tab": current,
        "no_filters": all_open(register_request),
        "is_filtered": is_filtered,
        "is_empty": not is_filtered and not any(register_request.listing.shows.values()),
        "columns": list(columns_of(register_request, has_side_form)),
        "left_out": left_out(register_request, has_side_form),
        "has_closed": register_request.listing.shows[CountedRows.CLOSED] > 0,
        "closed": address.but(show=CountedRows.CLOSED),
        "summary": summary_of(register_request),
        "order": order_of(register_request),
        "short_order": short_order_of(register_request),
        "search_scope": {"url": address.path, "within": str(address).partition("?")[2]},
    }


def all_open(register_request: RegisterRequest) -> Address:
    """The address of all open recommendations on the same day and in the same order, whatever this user's default
    view is."""
    to = register_request.address.only(WHOSE, "as_at", "known_at", "sort")
    return to.but(view=ALL_OPEN) if register_request.opens_with else to


def columns_of(register_request: RegisterRequest, has_side_form: bool) -> Iterator[RegisterColumn]:
    """The column headings as links: the current sort column reverses the order, the others sort by themselves."""
    query = register_request.query
    for each in shown_columns(register_request, has_side_form):
        sort = each.column.sort
        is_this = bool(sort) and sort == query.sort
        to = register_request.address.but(sort=sort_value(sort, is_this and not query.descending)) if sort else ""
        direction = ("descending" if query.descending else "ascending") if is_this else ""
        label = label_of(each.column, register_request.choices.is_mixed)
        yield RegisterColumn(each.classes, SHORT.get(label, label), str(to), direction)


def shown_columns(register_request: RegisterRequest, has_side_form: bool) -> list[ShownColumn]:
    """The columns of the list: those of the open view, otherwise the page's own that some recommendation uses.
    "Changed" is left out for a past day. With a form `has_side_form`, there are fewer columns.
    """
    if register_request.view is None:
        out = left_out(register_request, has_side_form)
        found = [ShownColumn(each) for each in (*FIXED, *CHOSEN) if each.key not in out]
    else:
        found = [
            each
            for each in view_columns(register_request.view.columns)
            if not (register_request.query.past and each.column == CHANGED)
        ]
        found = found[: len(FIXED) + BESIDE] if has_side_form else found
    return [*found, ShownColumn(LATER)] if register_request.query.past else found


def left_out(register_request: RegisterRequest, has_side_form: bool) -> frozenset[str]:
    """The keys of the page's own columns that are not shown: no recommendation uses them, or there is no room."""
    return register_request.unused_columns | (frozenset(LEFT_OUT_BESIDE) if has_side_form else frozenset())


def summary_of(register_request: RegisterRequest) -> str:
    """The number of rows and which rows they are: "12 overdue"."""
    number = register_request.listing.count()
    closed_too = Rag.BLUE in register_request.query.colours and register_request.query.show == CountedRows.OPEN
    words = "" if closed_too else COUNTS.get(register_request.query.show, "open and closed")
    return f"{number:,} {words}".strip()


def linked_switch(register_request: RegisterRequest, rows: list[RegisterRow]) -> tuple[str, str] | None:
    """The link that groups linked recommendations, or back to a line for each; None if no row is linked."""
    if register_request.query.one_line:
        return "Ungroup linked", str(register_request.address.without(LINKED))
    if any(row.is_linked for row in rows):
        return "Group linked", str(register_request.address.but(**{LINKED: ONE_LINE}))
    return None


def order_of(register_request: RegisterRequest) -> str:
    if register_request.query.show == CountedRows.CLOSED and register_request.query.sort == DUE:
        return "First closed first" if register_request.query.descending else "Last closed first"
    told = label_for_sources(ORDERS[register_request.query.sort], register_request.choices.is_mixed)
    return f"{told}, reversed" if register_request.query.descending else told


def short_order_of(register_request: RegisterRequest) -> str:
    """The order in a few words, inside a sentence: "overdue first"."""
    first, *rest = order_of(register_request).split(", ")
    return in_sentence(f"{first}, reversed" if "reversed" in rest else first)


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
