"""The days on which a matter is to be said, from the day that it is about. Pure: no queries, no clock.

A day that falls on a weekend or a bank holiday moves: a reminder of something ahead goes on the working day before, of
something past on the one after. On each day one step holds, the latest that has come: a run that was missed says it
once, and not what the days before it would have said as well.
"""

import datetime
from dataclasses import dataclass

from recommendations.domain.panels.meeting_series import not_a_working_day
from recommendations.enums.reminders import ReminderStep, ReminderTopic
from recommendations.models import ReminderPlan
from recommendations.periods import Period

WAITING = (ReminderTopic.CLOSURE, ReminderTopic.APPROVAL, ReminderTopic.PAPER)  # said until decided, however old
CATCH_UP = 28  # days after which a step that was missed is not said any more
LONGEST_BREAK = 5  # days in a row of weekends and bank holidays, such as Christmas beside a weekend, and one more


@dataclass(frozen=True)
class Hearing:
    """Which reminders of a matter a person gets: its steps, the one when it is late, or both."""

    steps: bool
    late: bool


def step_on(
    plan: ReminderPlan, topic: ReminderTopic, about_on: datetime.date, on: datetime.date, hearing: Hearing
) -> str:
    """The step that holds on a London day: "28", "0", "after", "late". Empty where none has come, or it is too old."""
    come = [(day, step) for day, step in _days(plan, about_on, hearing) if day <= on]
    if not come:
        return ""
    day, step = max(come, key=lambda each: each[0])  # of one day the first listed, which is the latest step
    is_old = (on - day).days > CATCH_UP and topic not in WAITING
    return "" if is_old else step


def _days(plan: ReminderPlan, about_on: datetime.date, hearing: Hearing) -> list[tuple[datetime.date, str]]:
    """Each step with its day, the latest first."""
    found: list[tuple[datetime.date, str]] = []
    if hearing.late and plan.late_days is not None:
        found.append((working_day(_after(about_on, plan.late_days)), ReminderStep.LATE))
    if hearing.steps and plan.day_after:
        found.append((working_day(_after(about_on, 1)), ReminderStep.AFTER))
    before = sorted(plan.days_before) if hearing.steps else []
    return found + [(working_day(_after(about_on, -number), back=True), str(number)) for number in before]


def working_day(day: datetime.date, *, back: bool = False) -> datetime.date:
    """That day, or the next working day of England and Wales; the one before it with `back`."""
    while not_a_working_day(day):
        day = _after(day, -1 if back else 1)
    return day


def _after(day: datetime.date, number: int) -> datetime.date:
    return day + datetime.timedelta(days=number)


def reach(plan: ReminderPlan, on: datetime.date) -> Period:
    """The days that a matter may be about for a step of it to hold on a day, and not be too old."""
    back = CATCH_UP + LONGEST_BREAK + max(1, plan.late_days or 0)
    return Period(_after(on, -back), _after(on, max(plan.days_before, default=0) + LONGEST_BREAK))
