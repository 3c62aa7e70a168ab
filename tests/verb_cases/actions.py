"""How each verb of actions is done once."""

import datetime

from recommendations.domain.actions import actions
from recommendations.domain.actions.actions import NewAction
from recommendations.models import Action
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    action, row = Action.objects.get(pk=world.action_a.pk), world.action_row_a
    new = NewAction(words="Hire a planner.", owner="Head of custody", due_on=LATER.date(), tracked=(world.open_a,))
    return {
        "actions.add_actions": lambda: actions.add_actions(force=world.force_a, actions=[new], **by),
        "actions.update_action": lambda: actions.update_action(
            action=action, version=action.version, state="to_do", **by
        ),
        "actions.tick_actions": lambda: actions.tick_actions(actions=[action], **by),
        "actions.withdraw_row": lambda: actions.withdraw_row(row=row, reason="Wrong.", **by),
        "actions.withdraw_actions": lambda: actions.withdraw_actions(
            actions=[world.action_of_office_a], reason="Twice.", **by
        ),
    }
