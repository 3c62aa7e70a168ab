"""Actions of each force: of its own and of the office about it, one of a restricted recommendation, one withdrawn."""

import datetime

from recommendations.domain.actions.actions import NewAction, add_actions, update_action, withdraw_actions
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import Action
from tests.conftest import AT
from tests.security.worlds.papers.restriction import RESTRICTED

HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
BY_DAY = AT.date() + datetime.timedelta(days=12)


def build_actions(world, letter: str, say) -> None:
    """One that waits for one of what is restricted, with a changed day; one of the office; one withdrawn."""
    officer, force = world.people["officer"], getattr(world, f"force_{letter}")
    tracked, restricted = getattr(world, f"open_{letter}"), getattr(world, f"restricted_{letter}")
    by = {"by": officer, "at": AT + 10 * HOUR}

    def new(words: str, *of, **facts) -> NewAction:
        facts = {"owner": say("Head of custody"), "due_on": BY_DAY, "waits_words": say("The contract")} | facts
        return NewAction(words=say(words), tracked=of, **facts)

    hidden, wrong = add_actions(
        force=force,
        actions=[new(f"Move {RESTRICTED}{letter}.", restricted), new("Entered twice.", tracked)],
        by=officer,
        at=by["at"] - MINUTE,  # a sheet of its own, that can be undone
    )
    first, ours = add_actions(
        force=force,
        actions=[
            new("Train custody staff.", tracked, waits_for=hidden),
            new("Dip-sample records.", tracked, voice=ActionVoice.OFFICE, owner=officer.name),
        ],
        **by,
    )
    withdraw_actions(actions=[wrong], reason=say("Twice."), **by)
    later = {"due_on": BY_DAY + datetime.timedelta(days=3), "note": say("The trainer is ill.")}
    row = update_action(action=first, version=first.version, state=ActionState.UNDER_WAY, **later, **by)
    setattr(world, f"action_{letter}", Action.objects.get(pk=first.pk))
    setattr(world, f"action_row_{letter}", row)
    setattr(world, f"action_of_office_{letter}", ours)
    setattr(world, f"hidden_action_{letter}", hidden)
