"""The place of an open recommendation in the register list that it was opened from, with its neighbours.
The record's address carries the list's query string (?from=…), so it can be bookmarked and shared. The list is built
for the user who looks: no one learns of a row that they may not see, not even from a count.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.listing import Listing, Place
from recommendations.domain.register.queries import CountedRows
from recommendations.forms.register.query_string import number_of
from recommendations.models import TrackedRecommendation
from recommendations.periods import say
from recommendations.views.register.filters import filter_chips, filters_of
from recommendations.views.register.page import page_at
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.navigation import address_with_query, remember_query
from recommendations.views.site.requests import AuthenticatedRequest

REGISTER = "register"
MOST_LETTERS, MOST_NAMES = 4000, 200
# The rows of a count in words.
ROWS = {
    CountedRows.OPEN: "open",
    CountedRows.OVERDUE: "overdue",
    CountedRows.NO_DATE: "with no date set",
    CountedRows.PENDING: "pending closure",
    CountedRows.CLOSED: "closed",
    CountedRows.ALL: "open and closed",
}
LEFT = "No longer in this list"


@dataclass(frozen=True)
class Neighbour:
    """A link to the row before or after."""

    reference: str
    url: str


@dataclass(frozen=True)
class PlaceInList:
    """The position of a recommendation in a list ("3 of 17 red"), its neighbours, and the way back to its row.

    `past_day` is the day of the list if that is a past one.
    """

    words: str
    back: str
    query: str
    previous: Neighbour | None
    following: Neighbour | None
    past_day: datetime.date | None = None


def list_query(register_request: RegisterRequest) -> str:
    """The list as the query string of the records opened from it."""
    return urlencode({"from": _query(register_request)})


def carried_query(params: QueryDict) -> str:
    """The list and the position in an address, as the query string of another address; "" if there are none."""
    pairs = {name: params[name] for name in ("from", "place") if name in params}
    return f"?{urlencode(pairs)}" if pairs else ""


def remember(session: SessionBase, register_request: RegisterRequest) -> None:
    """Remember the list's filters in the session, except a past day."""
    remember_query(session, REGISTER, urlencode(register_request.address.without("as_at", "known_at").pairs))


def remembered_url(session: SessionBase) -> str:
    """The address of the register with the remembered filters."""
    return address_with_query(session, REGISTER)


def place_of(request: AuthenticatedRequest, record: TrackedRecommendation) -> PlaceInList | None:
    """The record's place in the list of the address, or None if it names no list that can be shown.
    A row that has left the list since keeps its former position, between the rows that are now around it.
    """
    asked = _list_of(request)
    if asked is None:
        return None
    found = asked.listing.place_of(record.pk)
    place = found or _place_it_had(asked.listing, number_of(request.GET.get("place", "")) or 0)
    links = _links(asked, place)
    return PlaceInList(
        words=f"{place.number:,} of {asked.listing.count():,} {rows_in_words(asked)}" if found else LEFT,
        back=_back(asked, record.pk, found),
        query=urlencode({"from": _query(asked), "place": place.number}),
        previous=links.get(place.before),
        following=links.get(place.after),
        past_day=asked.query.past_day,
    )


def _place_it_had(listing: Listing, number: int) -> Place:
    """The former position of a row that has left the list, between the rows that are around it now."""
    at = min(max(number - 1, 0), len(listing.lines))
    before, after = listing.lines[max(at - 1, 0) : at], listing.lines[at : at + 1]
    return Place(at + 1, before[0] if before else None, after[0] if after else None)


def _list_of(request: AuthenticatedRequest) -> RegisterRequest | None:
    """The list named by `from`, as this user's own request, or None."""
    query = request.GET.get("from")
    if query is None or len(query) > MOST_LETTERS or query.count("&") > MOST_NAMES:
        return None
    asked = RegisterRequest(request, QueryDict(query))
    return None if asked.as_at is not None and asked.as_at.errors else asked


def _query(register_request: RegisterRequest) -> str:
    return urlencode(register_request.address.pairs)


def _back(register_request: RegisterRequest, pk: int, place: Place | None) -> str:
    row = f"#row-{pk}" if place else ""
    return f"{register_request.address.but(page=page_at(place))}{row}"


def _links(register_request: RegisterRequest, place: Place) -> dict[int | None, Neighbour]:
    """Id → link, for the rows around a place; without rows that this user cannot open."""
    ids = [pk for pk in (place.before, place.after) if pk]
    found = TrackedRecommendation.objects.visible_to(register_request.user).filter(pk__in=ids).only("pk", "reference")
    return {
        each.pk: Neighbour(each.reference, f"{each.get_absolute_url()}?{list_query(register_request)}")
        for each in found
    }


def rows_in_words(register_request: RegisterRequest) -> str:
    """The rows of a list in words: "red", "overdue (Force: Westmarch)"."""
    query = register_request.query
    colours = " or ".join(in_sentence(register_request.rule.word(each)) for each in query.colours)
    words = ROWS[query.show]
    if colours:
        words = colours if query.show == CountedRows.OPEN else f"{colours} {words}"
    others = [each for each in filters_of(register_request) if each.name != "rag"]
    also = [label for label, _ in filter_chips(register_request, others)] + (
        [f"as at {say(query.day)}"] if query.past else []
    )
    return f"{words} ({'; '.join(also)})" if also else words
