"""First-page items about actions: late ones with what they hold up, and the coming days with some to be done."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse

from recommendations.domain.actions.queries import in_ones_voice
from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, HomeItem, count
from recommendations.domain.ownership.mine import my_actions
from recommendations.enums.actions import ActionVoice
from recommendations.models import User
from recommendations.sections import Section


class ActionDay(NamedTuple):
    """An open action: by when it is to be done, the action that it waits for, and whether it is the user’s own."""

    action: int
    due_on: datetime.date
    waits_for: int | None
    is_own: bool


def action_days(user: User, until: datetime.date) -> list[ActionDay]:
    """The open actions to be done by a day, and all that wait for another: a force’s own for its leads. One query."""
    rows = in_ones_voice(user).open().filter(Q(due_on__lte=until) | Q(waits_for__isnull=False))
    own = ExpressionWrapper(my_actions(user), output_field=BooleanField())
    return [ActionDay(*row) for row in rows.values_list("action", "due_on", "waits_for", own)]


def _listed(context: HomeContext) -> list[ActionDay]:
    """Those that the page is about: one’s own with `mine`."""
    found = context.fetch(action_days, context.day + datetime.timedelta(days=AHEAD))
    return [each for each in found if each.is_own] if context.mine else found


@line(Desk.OFFICE, "do", 59, section=Section.ACTIONS)
@line(Desk.FORCE, "do", 35, section=Section.ACTIONS)
def late(context: HomeContext) -> Iterator[HomeItem]:
    """The late actions, with how many wait for them."""
    found = {each.action: each.due_on for each in _listed(context) if each.due_on < context.day}
    if number := len(found):
        everyones = context.fetch(action_days, context.day + datetime.timedelta(days=AHEAD))
        held_up = sum(each.waits_for in found for each in everyones)
        waiting = f"{count(held_up, 'action waits', 'actions wait')} for {'it' if number == 1 else 'them'}"
        words = count(number, "action is late", "actions are late")
        url = _list(context, state="late")
        yield HomeItem(words, url, f"{waiting}." if held_up else "", day=min(found.values()), number=number)


@line(Desk.OFFICE, "ahead", 35, section=Section.ACTIONS)
@line(Desk.FORCE, "ahead", 35, section=Section.ACTIONS)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days with actions to be done."""
    until = context.day + datetime.timedelta(days=AHEAD)
    days = Counter(each.due_on for each in _listed(context) if context.day <= each.due_on <= until)
    for day, number in sorted(days.items()):
        words = count(number, "action to be done", "actions to be done")
        yield HomeItem(words, _list(context, state="coming"), day=day, number=number)


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of the same actions: one’s own with `mine`, a force’s for its leads."""
    whose = {"whose": "mine"} if context.mine else {"whose": ActionVoice.FORCE} if context.user.force_id else {}
    return f"{reverse('actions')}?{urlencode(filters | whose)}"
