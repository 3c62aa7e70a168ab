"""A parsed request to the register: its query, its results and its address."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.register.filters import SOURCE, VOICE_COLUMNS, Choices, choices_for
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.rows import ListedRows, RegisterRow, rows_of
from recommendations.domain.register.sheet_columns import PLANNED
from recommendations.domain.sources.queries import has_action_plans
from recommendations.forms.register.query_string import (
    ALL_OPEN,
    LINKED,
    ONE_LINE,
    Address,
    AsAtForm,
    address_of,
    asks_for_mine,
    number_of,
    read_moment,
    read_query,
)
from recommendations.models import Label, RagRule, SavedView, User
from recommendations.models.settings import Thresholds
from recommendations.periods import day_start, london_day
from recommendations.views.site.requests import AuthenticatedRequest

LEAD = "lead"  # the column of the page
DAYS = 7  # what counts as changed in a view that a user never opened


class RegisterRequest:
    """A request to the register; each part is computed once, when it is needed."""

    def __init__(self, request: AuthenticatedRequest, params: QueryDict | None = None) -> None:
        """`params` (a QueryDict) replaces the query string if the request's own address is not the register's."""
        self.user, self.params = request.user, request.GET if params is None else params
        self.now, self.path = timezone.now(), reverse("register")

    @classmethod
    def of(cls, user: User, query: str, now: datetime.datetime) -> "RegisterRequest":
        """The request for a query string, a user and a moment (UTC), without an HTTP request. Its address has no path:
        whoever makes files need not load what makes pages."""
        asked = cls.__new__(cls)
        asked.user, asked.params, asked.now, asked.path = user, QueryDict(query), now, ""
        return asked

    @cached_property
    def as_at(self) -> AsAtForm | None:
        """The form of the requested day, with what was typed; None if no day is requested."""
        asked = "as_at" in self.params or "known_at" in self.params
        return AsAtForm(self.params, now=self.now) if asked else None

    @property
    def today(self) -> datetime.date:
        return london_day(self.now)

    @cached_property
    def words(self) -> dict:
        return Label.objects.words()

    @cached_property
    def choices(self) -> Choices:
        day = self.as_at.cleaned_data["as_at"] if self.as_at is not None and self.as_at.is_valid() else None
        return choices_for(self.user, day)

    @cached_property
    def unused(self) -> frozenset[str]:
        """The keys of columns that only sources other than HMICFRS use, if the register has none of them."""
        has_plans = self.choices.has_plans and has_action_plans(self.today)
        needed = {SOURCE: self.choices.is_mixed, PLANNED: has_plans}
        return frozenset(key for key, is_needed in needed.items() if not is_needed)

    @cached_property
    def unused_columns(self) -> frozenset[str]:
        """The keys of the page's own columns that no recommendation has anything in."""
        used = self.choices.voices | ({LEAD} if any(self.choices.chief_officer_leads) else set())
        return frozenset({LEAD, *VOICE_COLUMNS}) - used

    @cached_property
    def views(self) -> list[SavedView]:
        """The saved views that this user sees, with their use of each, by name."""
        return list(SavedView.objects.visible_to(self.user).with_use(self.user).in_order())

    @cached_property
    def view(self) -> SavedView | None:
        """The open view, or None; a view that was deleted or that this user does not see is ignored."""
        pk = self.number("view")
        return next((each for each in self.views if each.pk == pk), None) if pk else None

    @property
    def opens_with(self) -> SavedView | None:
        """The view with which the register opens for this user, or None."""
        return next((each for each in self.views if each.opens), None)

    def close_view(self) -> None:
        """Open no view, and put that in the address: if a view opens the register, an address without filters is
        the view's."""
        self.params = self.params.copy()
        self.params["view"] = ALL_OPEN

    @cached_property
    def query(self) -> RegisterQuery:
        day = known_at = None
        if self.as_at is not None and self.as_at.is_valid():
            day, known_at = self.as_at.cleaned_data["as_at"], self.as_at.cleaned_data["known_at"]
        past: dict[str, Any] = {"day": day or self.today, "past": day is not None, "known_at": known_at}
        found = read_query(self.params, self.choices, self.words, **past, mine=asks_for_mine(self.params, self.user))
        return replace(found, one_line=self.params.get(LINKED) == ONE_LINE)

    @cached_property
    def rule(self) -> Thresholds:
        return RagRule.objects.on(self.query.day)

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.query, self.user, self.rule)

    def listed_rows(self) -> ListedRows:
        """The rows, for a paginator."""
        return ListedRows(self.listing, self.words)

    def rows(self, ids: Sequence[int]) -> list[RegisterRow]:
        return rows_of(self.query, tuple(ids), self.user, self.rule, self.words)

    @cached_property
    def address(self) -> Address:
        found = address_of(self.path, self.params, self.query, self.choices)
        if self.query.one_line:
            found = found.but(**{LINKED: ONE_LINE})
        if self.params.get("view") == ALL_OPEN:
            return found.but(view=ALL_OPEN)
        return found.but(view=self.view.pk, opened=self._opened) if self.view else found

    @property
    def _opened(self) -> str | None:
        """The moment since which changes in the open view count, for every link of the list: it stays while someone
        works in the view. None for a past day."""
        return None if self.view is None or self.query.past else self.since(self.view).isoformat()

    def since(self, view: SavedView) -> datetime.datetime:
        """The moment since which changes in a view count for this user: when they last opened it, for the open view as
        the address says; without either, the last days."""
        opened = read_moment(self.params.get("opened", "")) if view == self.view else None
        return opened or view.looked_at or day_start(self.today - datetime.timedelta(days=DAYS))

    def number(self, name: str) -> int | None:
        """A number in the query string: the page, the open row."""
        return number_of(self.params.get(name, ""))
