"""Reminders in the demonstration: the office tells forces of their target dates too, and one officer wants fewer."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from recommendations.domain.reminders import rules, switches
from recommendations.enums.reminders import ReminderTopic
from recommendations.models.reminders import DEFAULT_PLANS

CHANGED = -40  # days from today


def happenings(told) -> Iterator[tuple[int, tuple, Callable]]:
    """A day counted from today, its place in that day, and what is done at a moment."""
    yield CHANGED, (6,), partial(_tell_the_forces, told)


def _tell_the_forces(told, at: datetime.datetime) -> None:
    plan = replace(DEFAULT_PLANS[ReminderTopic.TARGET], tell_force=True)
    rules.set_reminder_rule(topic=ReminderTopic.TARGET, plan=plan, by=told.people["administrator"], at=at)
    officer = told.people["officer"]
    wanted = [topic for topic in switches.topics_for(officer) if topic != ReminderTopic.RETURNED]
    switches.choose(person=officer, wanted=wanted)
