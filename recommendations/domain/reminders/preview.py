"""What rules would have sent in a past month, from the register at the end of each working day.

It uses the current users and what they have switched off now. Nothing is written, and no text from a record is
included.
"""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from recommendations.domain.reminders.audience import Audience, everyone
from recommendations.domain.reminders.due import DueMatter, Plans, due_by_person
from recommendations.domain.reminders.matters import SOURCES
from recommendations.domain.reminders.text import step_words
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import BankHoliday
from recommendations.periods import Period
from recommendations.working_days import Proclaimed, not_a_working_day, working_day

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PreviewLine:
    """One person's reminders on one day: how many of a topic, at one step."""

    day: datetime.date
    name: str
    topic: ReminderTopic
    step: str
    number: int

    @property
    def words(self) -> str:
        return step_words(self.topic, self.step)


@dataclass(frozen=True)
class ReminderPreview:
    """A month's lines by day and person, and how many emails and recipients they amount to."""

    month: Period
    lines: tuple[PreviewLine, ...]

    @property
    def mails(self) -> int:
        return len({(each.day, each.name) for each in self.lines})

    @property
    def people(self) -> int:
        return len({each.name for each in self.lines})


def last_month(today: datetime.date) -> Period:
    """Return the calendar month before that of `today`."""
    end = today.replace(day=1) - DAY
    return Period(end.replace(day=1), end)


def preview(month: Period, plans: Plans, topics: Collection[ReminderTopic] = tuple(SOURCES)) -> ReminderPreview:
    """Return what these plans would have sent all month, if every run had succeeded."""
    audience, proclaimed = everyone(), BankHoliday.objects.by_day()
    told = _already_due(month, plans, audience, proclaimed, topics)
    lines: list[PreviewLine] = []
    for day in _working_days(month, proclaimed):
        for pk, due in sorted(due_by_person(day, plans, audience, proclaimed, topics).items()):
            new = [each for each in due if (pk, each.key) not in told]
            told |= {(pk, each.key) for each in new}
            lines += _lines(day, audience.people[pk].name, new)
    return ReminderPreview(month, tuple(lines))


def _already_due(
    month: Period, plans: Plans, audience: Audience, proclaimed: Proclaimed, topics: Collection[ReminderTopic]
) -> set:
    """Return what already applied on the last working day before the month, and so was sent by then."""
    day = working_day(month.start - DAY, proclaimed, back=True)
    before = due_by_person(day, plans, audience, proclaimed, topics)
    return {(pk, each.key) for pk, due in before.items() for each in due}


def _working_days(month: Period, proclaimed: Proclaimed) -> list[datetime.date]:
    days = (month.start + number * DAY for number in range(month.days))
    return [day for day in days if not not_a_working_day(day, proclaimed)]


def _lines(day: datetime.date, name: str, new: list[DueMatter]) -> list[PreviewLine]:
    counted = Counter((each.matter.topic, each.step) for each in new)
    return [PreviewLine(day, name, topic, step, number) for (topic, step), number in counted.items()]
