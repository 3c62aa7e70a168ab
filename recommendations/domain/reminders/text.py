"""The text of a day's reminder email: a sentence for similar matters of one topic, and a line for each.

It contains only numbers, days and addresses: no text from a record and no name may leave in an email.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from recommendations.domain.register.entries import join_words
from recommendations.domain.reminders.approvals import OpenMatter
from recommendations.domain.reminders.due import DueMatter
from recommendations.domain.reminders.matters import SOURCES, is_offered
from recommendations.domain.reminders.steps import WAITING
from recommendations.enums.reminders import ReminderStep, ReminderTo, ReminderTopic
from recommendations.models import ReminderPlan, User
from recommendations.periods import say, say_days

MOST = 10  # lines below one sentence; a link leads to the rest


@dataclass(frozen=True)
class ReminderParagraph:
    """A sentence, and the lines below it: each a short text, possibly "", and a path."""

    sentence: str
    lines: tuple[tuple[str, str], ...]


# By topic, sentences for one matter and for several: while the day is ahead or the matter new, and once it is past.
Sentences = tuple[str, str]
AHEAD: dict[ReminderTopic, Sentences] = {
    ReminderTopic.RESPONSE: (
        "The last day to respond to a report is near.",
        "The last days to respond to {} reports are near.",
    ),
    ReminderTopic.CLOSURE: ("A closure waits for your decision.", "{} closures wait for your decision."),
    ReminderTopic.APPROVAL: ("A response waits for your approval.", "{} responses wait for your approval."),
    ReminderTopic.PAPER: ("A paper waits to be finalised by you.", "{} papers wait to be finalised by you."),
    ReminderTopic.RETURNED: (
        "A closure that you asked for was not approved.",
        "{} closures that you asked for were not approved.",
    ),
    ReminderTopic.TARGET: ("A target date falls due.", "{} target dates fall due."),
    ReminderTopic.ACTION: ("An action falls due.", "{} actions fall due."),
    ReminderTopic.COMMITMENT: ("A commitment is to be checked.", "{} commitments are to be checked."),
    ReminderTopic.ASSURANCE: ("An assurance is to be looked at again.", "{} assurances are to be looked at again."),
    ReminderTopic.DISPUTE: (
        "A decision on a dispute is to be reviewed.",
        "{} decisions on disputes are to be reviewed.",
    ),
    ReminderTopic.RECHECK: ("A closure is to be looked at again.", "{} closures are to be looked at again."),
}
PASSED: dict[ReminderTopic, Sentences] = AHEAD | {
    ReminderTopic.RESPONSE: (
        "The last day to respond to a report has passed.",
        "The last days to respond to {} reports have passed.",
    ),
    ReminderTopic.TARGET: ("A target date has passed.", "{} target dates have passed."),
    ReminderTopic.ACTION: ("An action is late.", "{} actions are late."),
    ReminderTopic.COMMITMENT: ("The check of a commitment is late.", "The checks of {} commitments are late."),
    ReminderTopic.ASSURANCE: (
        "The second look at an assurance is late.",
        "The second looks at {} assurances are late.",
    ),
    ReminderTopic.DISPUTE: (
        "The review of a decision on a dispute is late.",
        "The reviews of {} decisions on disputes are late.",
    ),
    ReminderTopic.RECHECK: ("The look at a closure is late.", "The looks at {} closures are late."),
}


def paragraphs(due: tuple[DueMatter, ...], on: datetime.date) -> Iterator[ReminderParagraph]:
    """Yield the paragraphs on a London day, in the order of topics, past matters before future ones."""

    def key(each: DueMatter) -> tuple[ReminderTopic, bool]:
        return each.matter.topic, each.matter.about_on < on

    places = list(SOURCES)
    ordered = sorted(due, key=lambda each: (places.index(each.matter.topic), not key(each)[1], each.matter.about_on))
    for (topic, is_past), group in groupby(ordered, key):
        yield _paragraph(topic, is_past, list(group), on)


def _paragraph(topic: ReminderTopic, is_past: bool, matters: list[DueMatter], on: datetime.date) -> ReminderParagraph:
    one, several = (PASSED if is_past else AHEAD)[topic]
    sentence = one if len(matters) == 1 else several.format(f"{len(matters):,}")
    lines = tuple((_words(each, on), each.matter.path) for each in matters[:MOST])
    rest = len(matters) - MOST
    more = ((f"{rest:,} more", SOURCES[topic].all_of_them()),) if rest > 0 else ()
    return ReminderParagraph(sentence, lines + more)


def _words(each: DueMatter, on: datetime.date) -> str:
    """ "Since 5 November 2026", "Friday 8 January 2027, in 28 days"."""
    matter, day = each.matter, say(each.matter.about_on)
    if matter.topic in WAITING:
        return f"Since {day}"
    return day if matter.topic == ReminderTopic.RETURNED else f"{matter.about_on:%A} {day}, {_time_left(matter, on)}"


def _time_left(matter: OpenMatter, on: datetime.date) -> str:
    days = (matter.about_on - on).days
    if days == 0:
        return "today"
    return f"in {say_days(days)}" if days > 0 else f"{say_days(-days)} ago"


def step_words(topic: ReminderTopic, step: str) -> str:
    """Return a step in words: "28 days before", "on the day", "at once", "again", "late"."""
    if step == ReminderStep.AFTER:
        return "the first working day after"
    if step == ReminderStep.LATE:
        return "again" if topic in WAITING else "late"
    if topic in WAITING or topic == ReminderTopic.RETURNED:
        return "at once"
    return f"{say_days(int(step))} before" if step != "0" else "on the day"


@dataclass(frozen=True)
class RuleLine:
    """A topic and its plan, in words."""

    topic: ReminderTopic
    plan: ReminderPlan

    @property
    def when(self) -> str:
        """ "28, 14, 7 and 1 days before, and on the first working day after"; "At once"; "Not sent"."""
        if not self.plan.is_on:
            return "Not sent"
        if self.topic in WAITING or self.topic == ReminderTopic.RETURNED:
            return "At once"
        days = [str(each) for each in self.plan.days_before if each]
        last = "day" if days == ["1"] else "days"
        said = [f"{join_words(days)} {last} before"] if days else []
        said += ["on the day"] if 0 in self.plan.days_before else []
        said += ["on the first working day after"] if self.plan.day_after else []
        words = join_words(said) if said else "Only when late"
        return words[:1].upper() + words[1:]

    @property
    def who(self) -> str:
        """The recipients, without those who are reminded when it is late."""
        if self.topic in WAITING:
            return "Who may decide it, and did not ask for it or write it"
        if self.topic == ReminderTopic.RETURNED:
            return "Who asked for the closure"
        more = ". The force’s inspection leads too" if self.plan.tell_force else ""
        return f"{ReminderTo(self.plan.to).label}{more}"

    def reaches(self, person: User) -> bool:
        """Whether it can send reminders to this user: a force's leads get targets only if the office chose so."""
        return person.force_id is None or self.topic == ReminderTopic.RETURNED or self.plan.tell_force

    @property
    def late(self) -> str:
        """What happens when it is late, or ""."""
        if not self.plan.is_on or self.plan.late_days is None:
            return ""
        days = say_days(self.plan.late_days)
        return f"Again after {days}" if self.topic in WAITING else f"To approving officers, {days} late"


def rule_lines(plans: Mapping[ReminderTopic, ReminderPlan]) -> list[RuleLine]:
    """Return the plans as a list shows them, in the order of topics."""
    return [RuleLine(topic, plans[topic]) for topic in SOURCES if is_offered(topic)]
