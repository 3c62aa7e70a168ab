"""The tabs above the register: the kinds of rows that people ask for most, each with its number."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from recommendations.domain.ownership.mine import chooses_whose
from recommendations.domain.register.counts import numbers
from recommendations.domain.register.queries import CountedRows, RegisterQuery, is_left_out
from recommendations.forms.register.query_string import ALL_OPEN, MINE, WHOSE, Address
from recommendations.views.register.request_query import RegisterRequest


class TabRows(NamedTuple):
    """Which rows a tab shows, and whether only those that the user leads."""

    show: CountedRows
    mine: bool = False


TABS = {
    TabRows(CountedRows.OPEN): "All open",
    TabRows(CountedRows.OPEN, mine=True): "Mine",
    TabRows(CountedRows.OVERDUE): "Overdue",
    TabRows(CountedRows.NO_DATE): "No date",
    TabRows(CountedRows.PENDING): "Closure asked",
    TabRows(CountedRows.CLOSED): "Closed",
}


@dataclass(frozen=True)
class RegisterTab:
    """A tab with its number of rows. `changed` is how many changed since the user last opened it, if any."""

    label: str
    number: str
    url: str
    current: bool
    is_shared: bool = False
    changed: str = ""


def tabs_of(register_request: RegisterRequest) -> Iterator[RegisterTab]:
    """The tabs, each a link to exactly the rows that it counts. They keep the filters, and leave an open view."""
    query = register_request.query
    rows = [each for each in TABS if not each.mine or chooses_whose(register_request.user)]
    in_view = is_in_view(register_request)
    if in_view:
        plain = {each: RegisterQuery(day=query.day, show=each.show, mine=each.mine) for each in rows}
        found = numbers(plain, register_request.user, register_request.rule)
        totals = {each: by_force.total() for each, by_force in found.items()}
    else:
        totals = {
            each: register_request.listing.number_of(replace(query.showing(each.show), mine=each.mine)) for each in rows
        }
    for each in rows:
        fits = TabRows(query.show, query.mine) == each and not any(is_left_out(each.show, of) for of in query.colours)
        to = _address(register_request, each, in_view)
        yield RegisterTab(TABS[each], f"{totals[each]:,}", str(to), current=fits and not in_view)


def is_in_view(register_request: RegisterRequest) -> bool:
    """Whether a saved view is open; a past day has a view's columns, and no tabs of views."""
    return register_request.view is not None and not register_request.query.past


def _address(register_request: RegisterRequest, rows: TabRows, in_view: bool) -> Address:
    address = register_request.address
    to = Address(address.path, (("view", ALL_OPEN),)) if in_view else address.without("show", WHOSE)
    for colour in register_request.query.colours:
        if is_left_out(rows.show, colour):
            to = to.without("rag", value=colour)
    show = None if rows.show == CountedRows.OPEN else rows.show
    return to.but(show=show, **{WHOSE: MINE if rows.mine else None})
