"""The list of actions: its counts, filters and rows."""

import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.actions.choices import forces_with_actions, owner_names
from recommendations.domain.actions.queries import ActionLine, any_to_tick, lines_for
from recommendations.domain.ownership.mine import my_actions
from recommendations.enums.actions import OPEN_STATES, ActionState, ActionVoice
from recommendations.models import ActionRow, User
from recommendations.models.actions import ActionRowQuerySet
from recommendations.permissions import May

AHEAD = 28  # days
LINES_A_PAGE = 50


class Shows(StrEnum):
    """Which actions the list shows, in words that follow a number."""

    OPEN = "open"
    LATE = "late"
    COMING = "coming"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        return f"due in {AHEAD} days" if self is Shows.COMING else str(self)

    def condition(self, today: datetime.date) -> Q:
        """The condition for latest rows on a London day."""
        is_open = Q(state__in=OPEN_STATES)
        return {
            Shows.OPEN: is_open,
            Shows.LATE: is_open & Q(due_on__lt=today),
            Shows.COMING: is_open & Q(due_on__gte=today, due_on__lte=today + datetime.timedelta(days=AHEAD)),
            Shows.DONE: Q(state=ActionState.DONE),
            Shows.DROPPED: Q(state=ActionState.DROPPED),
        }[self]


class ActionListPage:
    """The list of what a user sees, as the query string asks. Filters that it does not have are ignored."""

    def __init__(self, user: User, params: QueryDict, today: datetime.date) -> None:
        self.user, self.today = user, today
        show = params.get("state", "")
        self.show = Shows(show) if show in list(Shows) else Shows.OPEN
        self.forces = [] if user.force_id else forces_with_actions(user)
        self.force = next((each for each in self.forces if each.slug == params.get("force")), None)
        self.owners = owner_names(*([user.force] if user.force else self.forces))
        self.owner = params.get("owner", "") if params.get("owner") in self.owners else ""
        self.voice = params.get("whose", "") if params.get("whose") in ActionVoice.values else ""
        self.is_mine = params.get("whose") == "mine"
        self._asked_page = params.get("page")

    @cached_property
    def _rows(self) -> ActionRowQuerySet:
        rows = ActionRow.objects.latest_of_each().visible_to(self.user)
        if self.force:
            rows = rows.filter(action__force=self.force)
        if self.owner:
            rows = rows.filter(owner=self.owner)
        if self.voice:
            rows = rows.filter(action__voice=self.voice)
        return rows.filter(my_actions(self.user)) if self.is_mine else rows

    @cached_property
    def _numbers(self) -> dict[str, int]:
        asked = {str(each): Count("pk", filter=each.condition(self.today)) for each in Shows}
        return self._rows.order_by().aggregate(**asked)

    @property
    def counts(self) -> list[tuple[int, str, str, bool]]:
        """Number, words, address and whether it is the current one, for each of Shows."""
        return [(self._numbers[each], each.words, f"?{self.query(state=each)}", each == self.show) for each in Shows]

    @property
    def is_empty(self) -> bool:
        """Whether there is no action at all, whatever is filtered."""
        return not self.owners

    @property
    def may_add(self) -> bool:
        return self.user.has_perm(May.LOG_FORCE_UPDATE)

    @property
    def ticks_office(self) -> bool:
        return self.user.has_perm(May.EDIT_TRACKED)

    @property
    def ticks(self) -> bool:
        """Whether there is something here that this user can tick."""
        return self.may_add and any_to_tick(self.lines, self.ticks_office)

    @cached_property
    def page(self) -> Page[Any]:
        rows = self._rows.filter(self.show.condition(self.today)).order_by(*self._order)
        return Paginator(rows, LINES_A_PAGE).get_page(self._asked_page)

    @property
    def _order(self) -> tuple[str, ...]:
        return ("-effective_on", "-pk") if self.show in (Shows.DONE, Shows.DROPPED) else ("due_on", "action")

    @cached_property
    def lines(self) -> list[ActionLine]:
        # without visible_to: the rows of the page were chosen among what the user sees
        shown = ActionRow.objects.filter(pk__in=[row.pk for row in self.page])
        return lines_for(shown.order_by(*self._order), self.today)

    @property
    def filters(self) -> list[tuple[str, str, list[tuple[str, str]], str]]:
        """Name, label, choices and what is chosen, of each select that has something to choose."""
        found = []
        if len(self.forces) > 1:
            forces = [("", "All forces"), *((each.slug, each.short_name) for each in self.forces)]
            found.append(("force", "Force", forces, self.force.slug if self.force else ""))
        if len(self.owners) > 1:
            found.append(("owner", "Done by", [("", "Anybody"), *((each, each) for each in self.owners)], self.owner))
        return found

    def query(self, **changes: Any) -> str:
        """The page's query string, with changes."""
        whose = "mine" if self.is_mine else self.voice
        kept = {"state": self.show, "force": self.force.slug if self.force else "", "owner": self.owner, "whose": whose}
        return urlencode({name: value for name, value in (kept | changes).items() if value})

    @property
    def page_query(self) -> str:
        return f"{self.query()}&"

    @property
    def address(self) -> str:
        """Where ticking leads back to."""
        return f"{reverse('actions')}?{self.query()}"
