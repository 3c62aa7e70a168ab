"""How the office's rule for reminders is changed, once."""

from recommendations.domain.reminders import rules
from recommendations.models import ReminderPlan
from tests.conftest import AT


def cases(world) -> dict:
    plan = ReminderPlan(days_before=(21, 3), to="office")
    by = {"by": world.people["administrator"], "at": AT}
    return {
        "reminders.set_reminder_rule": lambda: rules.set_reminder_rule(topic="response", plan=plan, **by),
    }
