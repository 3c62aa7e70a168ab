"""The question of a saved view: as an address, as what it asks today, in words, and what of it is there no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.register.queries import RegisterQuery
from recommendations.forms.register.query_string import SAVED, Address, address_of, read_query
from recommendations.models import SavedView
from recommendations.views.register import columns, page
from recommendations.views.register.request_query import RegisterRequest

type Filters = list[tuple[str, str, str]]


def filters_in(asked: RegisterRequest) -> Filters:
    """The filters and the order of an address, as a view holds them: name, value, and the words of its chip."""
    chips = page.chips_of(asked, list(page.filters_of(asked)))
    pairs = asked.address.only(*SAVED).pairs
    words = {pair: label for label, url in chips for pair in set(pairs) - set(parse_qsl(url.partition("?")[2]))}
    return [(name, value, words.get((name, value), "")) for name, value in pairs]


def words_of(filters: Iterable) -> list[str]:
    """What a view is narrowed by, in words."""
    return [words for _, _, words in filters if words]


def address_of_view(view: SavedView, path: str = "") -> Address:
    """The register with this view; or another path with the same question."""
    pairs = ((name, value) for name, value, _ in view.filters)
    return Address(path or reverse("register"), (*pairs, ("view", str(view.pk))))


def params_of(view: SavedView) -> QueryDict:
    """The same as the parameters of a request."""
    return QueryDict(urlencode(address_of_view(view).pairs))


def question_of(view: SavedView, asked: RegisterRequest) -> RegisterQuery:
    """The question of a view to today's register, as this person may ask it, without filters that no longer exist."""
    return read_query(params_of(view), asked.choices, asked.words, day=asked.today)


@dataclass(frozen=True)
class Loss:
    """What a view asks for and is there no more: filters in words, columns by heading."""

    filters: list[str]
    columns: list[str]

    def __bool__(self) -> bool:
        return bool(self.filters or self.columns)


def loss_of(view: SavedView, asked: RegisterRequest) -> Loss:
    """What of a view is there no more, or that this person may not see any more."""
    there = _pairs_there(view, asked)
    lost = [words or f"{name}: {value}" for name, value, words in view.filters if (name, value) not in there]
    return Loss(lost, columns.gone(view.columns))


def _pairs_there(view: SavedView, asked: RegisterRequest) -> set[tuple[str, str]]:
    found = address_of(reverse("register"), params_of(view), question_of(view, asked), asked.choices)
    return set(found.pairs)


def differs(view: SavedView, asked: RegisterRequest) -> bool:
    """Whether the list is narrowed or ordered in another way than the view that it came from."""
    return set(asked.address.only(*SAVED).pairs) != _pairs_there(view, asked)
