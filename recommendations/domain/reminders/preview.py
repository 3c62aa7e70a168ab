"""What rules would have sent in a month that is over, from the register as it stood at the end of each working day.

To the people of now, by what they have switched off now. Nothing is written, and no text of a record is in it.
"""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from recommendations.domain.panels.meeting_series import not_a_working_day
from recommendations.domain.reminders.audience import Audience, everyone
from recommendations.domain.reminders.due import DueMatter, Plans, due_by_person
from recommendations.domain.reminders.matters import SOURCES
from recommendations.domain.reminders.steps import working_day
from recommendations.domain.reminders.text import step_words
from recommendations.enums.reminders import ReminderTopic
from recommendations.periods import Period

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PreviewLine:
    """What one person would have been told of on one day: how many of a topic, at one step."""

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
    """A month: its lines by day and person, and how many e-mails they would have been in, to how many people."""

    month: Period
    lines: tuple[PreviewLine, ...]

    @property
    def mails(self) -> int:
        return len({(each.day, each.name) for each in self.lines})

    @property
    def people(self) -> int:
        return len({each.name for each in self.lines})


def last_month(today: datetime.date) -> Period:
    """The calendar month before a day's."""
    end = today.replace(day=1) - DAY
    return Period(end.replace(day=1), end)


def preview(month: Period, plans: Plans, topics: Collection[ReminderTopic] = tuple(SOURCES)) -> ReminderPreview:
    """What would have been sent with these plans all month, had nothing stopped a run."""
    audience = everyone()
    told = _said_before(month, plans, audience, topics)
    lines: list[PreviewLine] = []
    for day in _working_days(month):
        for pk, due in sorted(due_by_person(day, plans, audience, topics).items()):
            new = [each for each in due if (pk, each.key) not in told]
            told |= {(pk, each.key) for each in new}
            lines += _lines(day, audience.people[pk].name, new)
    return ReminderPreview(month, tuple(lines))


def _said_before(month: Period, plans: Plans, audience: Audience, topics: Collection[ReminderTopic]) -> set:
    """What held already on the working day before the month: it was said by then."""
    before = due_by_person(working_day(month.start - DAY, back=True), plans, audience, topics)
    return {(pk, each.key) for pk, due in before.items() for each in due}


def _working_days(month: Period) -> list[datetime.date]:
    days = (month.start + number * DAY for number in range(month.days))
    return [day for day in days if not not_a_working_day(day)]


def _lines(day: datetime.date, name: str, new: list[DueMatter]) -> list[PreviewLine]:
    counted = Counter((each.matter.topic, each.step) for each in new)
    return [PreviewLine(day, name, topic, step, number) for (topic, step), number in counted.items()]
