"""Reminders in the demonstration: the office also reminds forces of target dates, and one officer switches some off."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from recommendations.domain.reminders import rules, switches
from recommendations.enums.reminders import ReminderTopic
from recommendations.models.reminders.reminders import DEFAULT_PLANS

CHANGED = -40  # days from today


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    yield CHANGED, (6,), partial(_tell_the_forces, office)


def _tell_the_forces(office, at: datetime.datetime) -> None:
    plan = replace(DEFAULT_PLANS[ReminderTopic.TARGET], tell_force=True)
    rules.set_reminder_rule(topic=ReminderTopic.TARGET, plan=plan, by=office.people["administrator"], at=at)
    officer = office.people["officer"]
    wanted = [topic for topic in switches.topics_for(officer) if topic != ReminderTopic.RETURNED]
    switches.choose(person=officer, wanted=wanted)
