"""The days on which a matter's reminders are due, relative to the day it is about. Pure: no queries, no clock.

A reminder due at a weekend or on a bank holiday moves: to the working day before if the matter is ahead, to the one
after if it is past. On each day only the latest step reached applies, so that after a missed run the reminder is sent
once, without those it would have replaced.
"""

import datetime
from dataclasses import dataclass

from recommendations.enums.reminders import ReminderStep, ReminderTopic
from recommendations.models import ReminderPlan
from recommendations.periods import Period
from recommendations.working_days import Proclaimed, working_day

WAITING = (ReminderTopic.CLOSURE, ReminderTopic.APPROVAL, ReminderTopic.PAPER)  # until decided, however old
CATCH_UP = 28  # days after which a missed step is no longer sent
LONGEST_BREAK = 5  # the most consecutive days off, such as Christmas next to a weekend, and one to spare


@dataclass(frozen=True)
class Hearing:
    """Which reminders of a matter a person gets: its steps, the late one, or both."""

    steps: bool
    late: bool


def step_on(
    plan: ReminderPlan,
    topic: ReminderTopic,
    about_on: datetime.date,
    on: datetime.date,
    hearing: Hearing,
    proclaimed: Proclaimed,
) -> str:
    """Return the step that applies on a London day: "28", "0", "after", "late"; "" if none, or it is too old."""
    come = [(day, step) for day, step in _days(plan, about_on, hearing, proclaimed) if day <= on]
    if not come:
        return ""
    day, step = max(come, key=lambda each: each[0])  # max() returns the first of equal days, which is the latest step
    is_old = (on - day).days > CATCH_UP and topic not in WAITING
    return "" if is_old else step


def _days(
    plan: ReminderPlan, about_on: datetime.date, hearing: Hearing, proclaimed: Proclaimed
) -> list[tuple[datetime.date, str]]:
    """Return each step with its day, latest step first."""
    found: list[tuple[datetime.date, str]] = []
    if hearing.late and plan.late_days is not None:
        found.append((working_day(_days_after(about_on, plan.late_days), proclaimed), ReminderStep.LATE))
    if hearing.steps and plan.day_after:
        found.append((working_day(_days_after(about_on, 1), proclaimed), ReminderStep.AFTER))
    before = sorted(plan.days_before) if hearing.steps else []
    return found + [
        (working_day(_days_after(about_on, -number), proclaimed, back=True), str(number)) for number in before
    ]


def _days_after(day: datetime.date, number: int) -> datetime.date:
    return day + datetime.timedelta(days=number)


def reach(plan: ReminderPlan, on: datetime.date) -> Period:
    """Return the period that a matter's day must be in for a step to apply on `on` without being too old."""
    back = CATCH_UP + LONGEST_BREAK + max(1, plan.late_days or 0)
    return Period(_days_after(on, -back), _days_after(on, max(plan.days_before, default=0) + LONGEST_BREAK))
