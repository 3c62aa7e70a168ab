"""The open actions that name someone as owner: they go to whoever takes over, and follow a new name."""

from collections.abc import Collection

from recommendations.domain.ownership.mine import my_actions
from recommendations.domain.writing.records import raise_versions
from recommendations.models import Action, ActionRow, User
from recommendations.periods import london_day
from recommendations.sections import Section
from recommendations.trail import VerbContext


def open_actions_of(person: User) -> list[Action]:
    """The open actions whose owner is this person, by account or by name; none while actions are off."""
    if not Section.ACTIONS.is_on:
        return []
    rows = ActionRow.objects.latest_of_each().open().filter(my_actions(person))
    if person.force_id:
        rows = rows.filter(action__force=person.force_id)
    return [row.action for row in rows.select_related("action")]


def give_actions(act: VerbContext, actions: Collection[Action], to: User) -> None:
    """Make someone the owner of open actions, inside a verb: a row each, with all else as it was."""
    found = Action.objects.filter(pk__in=[each.pk for each in actions])
    locked = list(found.select_for_update(of=("self",)).order_by("pk"))
    raise_versions(act, locked)
    act.save_all(locked)
    for before in ActionRow.objects.latest_of_each().filter(action__in=locked).order_by("pk"):
        day = max(london_day(act.at), before.effective_on)
        stamps = {"effective_on": day, "recorded_at": act.at, "recorded_by": act.by}
        act.save(before.next_row(owner=to.name[:120], owner_person=to, **stamps))
