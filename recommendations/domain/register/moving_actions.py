"""Actions go with the recommendations that they are of when those move to another force's register."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from recommendations.domain.writing.records import raise_versions
from recommendations.models import Action, ActionLink, ActionRow, Force
from recommendations.trail import VerbContext

ELSEWHERE = "an action of {force}"
LONGEST = 300


def actions_with(tracked: QuerySet | Collection[Any], force: Force) -> QuerySet[Action]:
    """The actions of a force that are of these recommendations, and of no other that stays with it: they go along."""
    others = ActionLink.objects.filter(tracked__withdrawn_at=None, tracked__force=force).exclude(tracked__in=tracked)
    return Action.objects.filter(
        pk__in=ActionLink.objects.filter(tracked__in=tracked, action__force=force).values("action")
    ).exclude(pk__in=others.values("action"))


def move_actions(act: VerbContext, actions: Collection[int], force: Force, to_force: Force, day: datetime.date) -> None:
    """Give a force's actions with these ids to another force from a day on, done ones too, inside a verb.

    Of two actions of which one waits for the other and only one goes, the first is left to wait for words: a force
    never reads another's action.
    """
    moved = list(Action.objects.filter(pk__in=actions).select_for_update(of=("self",)).order_by("pk"))
    for action in moved:
        action.force, action.came_from, action.came_on = to_force, force, day
    raise_versions(act, moved)
    act.save_all(moved)
    _part(act, [each.pk for each in moved], day)


def _part(act: VerbContext, moved: list[int], day: datetime.date) -> None:
    """Say in words what an action waits for that is another force's from now on."""
    rows = ActionRow.objects.latest_of_each().filter(Q(action__in=moved) | Q(waits_for__in=moved))
    apart = rows.filter(waits_for__isnull=False).exclude(waits_for__force=F("action__force"))
    for row in apart.select_related("waits_for__force").order_by("pk"):
        assert row.waits_for is not None  # the query requires it
        words = ELSEWHERE.format(force=row.waits_for.force.details_on(day).name)
        also = "; ".join(filter(None, (row.waits_words, words)))
        act.save(
            row.next_row(
                waits_for=None,
                waits_words=also[:LONGEST],
                effective_on=max(day, row.effective_on),
                recorded_at=act.at,
                recorded_by=act.by,
            )
        )
