"""One's place in the register while a recommendation is open: the list that it was opened from, and the way on in it.

The record's address carries the question of the list (?from=…), so that it can be bookmarked and sent on. The list is
asked again for whoever looks: nobody learns of a row that they may not see, not even by a number.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.queries import CountedRows, Listing, Place
from recommendations.forms.register.query_string import number_of
from recommendations.models import TrackedRecommendation
from recommendations.periods import say
from recommendations.views.register.page import filter_chips, filters_of, page_at
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.navigation import address_with_query, remember_query

REGISTER = "register"
MOST_LETTERS, MOST_NAMES = 4000, 200
# The rows of a count in words: what stands before and after "ones".
ROWS = {
    CountedRows.OPEN: ("open", ""),
    CountedRows.OVERDUE: ("overdue", ""),
    CountedRows.NO_DATE: ("", "with no date set"),
    CountedRows.PENDING: ("", "pending closure"),
    CountedRows.CLOSED: ("closed", ""),
    CountedRows.ALL: ("open and closed", ""),
}


@dataclass(frozen=True)
class Neighbour:
    """The row before or after, as a link."""

    reference: str
    url: str


@dataclass(frozen=True)
class PlaceInList:
    """Where a recommendation stands in a list ("3 of 17 red ones"), its neighbours, and the way back to its row."""

    words: str
    back: str
    query: str
    previous: Neighbour | None
    following: Neighbour | None


def from_list(asked: RegisterRequest) -> str:
    """The list as the query of a record's address that is opened from it."""
    return urlencode({"from": _query(asked)})


def carried(params) -> str:
    """The list and the place in it that an address carries, as the end of another one; empty where it has none."""
    pairs = {name: params[name] for name in ("from", "place") if name in params}
    return f"?{urlencode(pairs)}" if pairs else ""


def remember(session, asked: RegisterRequest) -> None:
    """Keep the filters of the list on the page for as long as a person is signed in; never a past day."""
    remember_query(session, REGISTER, urlencode(asked.address.without("as_at", "known_at").pairs))


def remembered(session) -> str:
    """The register with the filters that were looked at last."""
    return address_with_query(session, REGISTER)


def place_of(request, record: TrackedRecommendation) -> PlaceInList | None:
    """The record's place in the list that the address names; None where it names none that can be shown.

    A row that has left the list since takes the place that it had, and its neighbours are those around it.
    """
    asked = _list_of(request)
    if asked is None:
        return None
    found = asked.listing.place_of(record.pk)
    place = found or _place_it_had(asked.listing, number_of(request.GET.get("place", "")) or 0)
    links = _links(asked, place)
    rows = f"{asked.listing.count():,} {rows_in_words(asked)}"
    return PlaceInList(
        words=f"{place.number:,} of {rows}" if found else f"No longer among the {rows}",
        back=_back(asked, record.pk, found),
        query=urlencode({"from": _query(asked), "place": place.number}),
        previous=links.get(place.before),
        following=links.get(place.after),
    )


def _place_it_had(listing: Listing, number: int) -> Place:
    """The place of a row that has left the list, between the rows that are around it now."""
    at = min(max(number - 1, 0), listing.count())
    before = listing[at - 1 : at] if at else ()
    return Place(at + 1, next(iter(before), None), next(iter(listing[at : at + 1]), None))


def _list_of(request) -> RegisterRequest | None:
    """The list that `from` names, as this person's own request of it."""
    query = request.GET.get("from")
    if query is None or len(query) > MOST_LETTERS or query.count("&") > MOST_NAMES:
        return None
    asked = RegisterRequest(request, QueryDict(query))
    return None if asked.as_at is not None and asked.as_at.errors else asked


def _query(asked: RegisterRequest) -> str:
    return urlencode(asked.address.pairs)


def _back(asked: RegisterRequest, pk: int, place: Place | None) -> str:
    row = f"#row-{pk}" if place else ""
    return f"{asked.address.but(page=page_at(place))}{row}"


def _links(asked: RegisterRequest, place: Place) -> dict[int | None, Neighbour]:
    """The rows around a place as links, by id; without those whose page this person cannot open."""
    ids = [pk for pk in (place.before, place.after) if pk]
    found = TrackedRecommendation.objects.visible_to(asked.user).filter(pk__in=ids).only("pk", "reference")
    return {each.pk: Neighbour(each.reference, f"{each.get_absolute_url()}?{from_list(asked)}") for each in found}


def rows_in_words(asked: RegisterRequest) -> str:
    """What the rows of a list have in common: "red ones", "overdue ones (Force: Westmarch)"."""
    query = asked.query
    colours = " or ".join(in_sentence(asked.rule.word(each)) for each in query.colours)
    before, after = ROWS[query.show]
    if colours:
        before = colours if query.show == CountedRows.OPEN else f"{colours} {before}"
    others = [each for each in filters_of(asked) if each.name != "rag"]
    also = [label for label, _ in filter_chips(asked, others)] + ([f"as at {say(query.day)}"] if query.past else [])
    words = " ".join(f"{before} ones {after}".split())
    return f"{words} ({'; '.join(also)})" if also else words
