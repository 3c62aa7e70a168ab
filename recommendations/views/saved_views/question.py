"""The query of a saved view: as an address, as a register query, in words, and the parts of it that no longer exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.register.queries import RegisterQuery
from recommendations.forms.register.query_string import SAVED, address_of, address_of_view, read_query
from recommendations.models import SavedView
from recommendations.views.register import columns, filters
from recommendations.views.register.request_query import RegisterRequest

type Filters = list[tuple[str, str, str]]


def filters_in(register_request: RegisterRequest) -> Filters:
    """The filters and the order of an address, as a view stores them: name, value, and label of the chip."""
    chips = filters.chips_of(register_request, filters.filters_of(register_request))
    pairs = register_request.address.only(*SAVED).pairs
    words = {pair: label for label, url in chips for pair in set(pairs) - set(parse_qsl(url.partition("?")[2]))}
    return [(name, value, words.get((name, value), "")) for name, value in pairs]


def words_of(filters: Iterable) -> list[str]:
    """The labels of a view's filters."""
    return [words for _, _, words in filters if words]


def params_of(view: SavedView) -> QueryDict:
    """The same as a QueryDict."""
    return QueryDict(urlencode(address_of_view(view).pairs))


def question_of(view: SavedView, register_request: RegisterRequest) -> RegisterQuery:
    """A view's query of today's register, as this user may run it, without filters that no longer exist."""
    return read_query(params_of(view), register_request.choices, register_request.words, day=register_request.today)


@dataclass(frozen=True)
class Loss:
    """The parts of a view that no longer exist: filters by label, columns by heading."""

    filters: list[str]
    columns: list[str]

    def __bool__(self) -> bool:
        return bool(self.filters or self.columns)


def loss_of(view: SavedView, register_request: RegisterRequest) -> Loss:
    """The parts of a view that no longer exist, or that this user may no longer see."""
    there = _pairs_there(view, register_request)
    lost = [words or f"{name}: {value}" for name, value, words in view.filters if (name, value) not in there]
    return Loss(lost, columns.gone_headings(view.columns))


def _pairs_there(view: SavedView, register_request: RegisterRequest) -> set[tuple[str, str]]:
    found = address_of(
        reverse("register"), params_of(view), question_of(view, register_request), register_request.choices
    )
    return set(found.pairs)


def differs(view: SavedView, register_request: RegisterRequest) -> bool:
    """Whether the list's filters or order differ from those of the view that it came from."""
    return set(register_request.address.only(*SAVED).pairs) != _pairs_there(view, register_request)
