"""The public page of a force: the three numbers at the top, the grades as boxes, recommendations shown in full."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from recommendations.domain.force_pages.changes import due_words, promise_words
from recommendations.domain.force_pages.data import (
    AnswerTime,
    PageFacts,
    PublicGrade,
    PublicLine,
    PublicPromise,
    PublicVoice,
)
from recommendations.domain.force_pages.specified_information_data import OtherAnswer, PublicOutcome
from recommendations.enums import TRACKED_KINDS
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say, say_days

LATEST_ANSWERS = 4
A_YEAR = 365
BOX = 12  # distance between two boxes of a grade, in drawing units
NUMBERS = ("no", "one", "two", "three", "four", "five")


@dataclass(frozen=True)
class GradeLine:
    """A grade and its boxes: the x of each, and whether it is filled."""

    grade: PublicGrade

    @property
    def boxes(self) -> list[tuple[float, bool]]:
        return [(place * BOX + 0.5, place < self.grade.place) for place in range(self.grade.of)]


def _last_day(answer: AnswerTime | OtherAnswer) -> str:
    return say(answer.last_day) if answer.last_day else "None is stated"


def _ending(answer: AnswerTime | OtherAnswer, done_on: datetime.date | None, on: datetime.date) -> str:
    """In time or late, and by how much, as at `on`; "" if there is no last day."""
    if answer.days_late:
        return f"{say_days(answer.days_late)} late"
    if answer.last_day is None:
        return ""
    if done_on:
        return "in time"
    left = (answer.last_day - on).days
    return f"{say_days(left)} left" if left else "due that day"


@dataclass(frozen=True)
class AnswerLine:
    """A report and its response in words: "8 May 2026, in time", "not yet on 15 November 2026, 10 days left"."""

    answer: AnswerTime
    on: datetime.date

    @property
    def last_day(self) -> str:
        return _last_day(self.answer)

    @property
    def answered(self) -> str:
        return say(self.answer.answered_on) if self.answer.answered_on else f"not yet on {say(self.on)}"

    @property
    def ending(self) -> str:
        return _ending(self.answer, self.answer.answered_on, self.on)


@dataclass(frozen=True)
class VoiceLine:
    """One of the three voices: its name, its tile, and what it said."""

    name: str
    kind: str
    letter: str
    voice: PublicVoice

    @property
    def words(self) -> str:
        """ "Not assured, 14 July 2026", or that it has said nothing yet."""
        on = f", {say(self.voice.on)}" if self.voice.on else ""
        return f"{self.voice.word}{on}" if self.voice.word else (on.removeprefix(", ") or "Has said nothing yet")


def full_label(label: str) -> str:
    """Return a label with its kind in full: "Recommendation 2" for "rec 2"."""
    kind = next((each for each in TRACKED_KINDS if label.split(" ")[0] == each.short), None)
    return f"{kind.label}{label.removeprefix(kind.short)}" if kind else label


@dataclass(frozen=True)
class OpenLine:
    """An open recommendation as a page shows it."""

    line: PublicLine

    @property
    def heading(self) -> str:
        return self.line.heading or shorten(self.line.text)

    @property
    def when(self) -> str:
        report = self.line.report
        return f"{full_label(self.line.label)} of {report.title}, {report.published_on:%B %Y}. {due_words(self.line)}"

    @property
    def voices(self) -> list[VoiceLine]:
        line = self.line
        return [
            VoiceLine("The force", "force", "F", line.force),
            VoiceLine("The policing body", "opcc", "O", line.office),
            VoiceLine("HMICFRS", "hmi", "H", line.inspectorate),
        ]


@dataclass(frozen=True)
class PromiseLine:
    """A commitment and its outcome in words."""

    promise: PublicPromise

    @property
    def words(self) -> str:
        return promise_words(self.promise)


@dataclass(frozen=True)
class OutcomeLine:
    """A recommendation on complaints, and what became of it."""

    outcome: PublicOutcome

    @property
    def heading(self) -> str:
        return self.outcome.heading or shorten(self.outcome.text)

    @property
    def made_by(self) -> str:
        return f"{self.outcome.source}, {full_label(self.outcome.label)} of {self.outcome.report}"

    @property
    def words(self) -> str:
        return f"{self.outcome.word}, {say(self.outcome.on)}" if self.outcome.on else self.outcome.word


@dataclass(frozen=True)
class OtherAnswerLine:
    """A report that the chief officer answers: "sent on 8 May 2026, in time", "not sent on 15 November 2026, 10 days
    late".
    """

    answer: OtherAnswer
    on: datetime.date

    @property
    def last_day(self) -> str:
        return _last_day(self.answer)

    @property
    def sent(self) -> str:
        sent_on = self.answer.sent_on
        return f"sent to {self.answer.source} on {say(sent_on)}" if sent_on else f"not sent by {say(self.on)}"

    @property
    def ending(self) -> str:
        return _ending(self.answer, self.answer.sent_on, self.on)


@dataclass(frozen=True)
class ForcePage:
    """The facts of a release, formatted for the page."""

    facts: PageFacts

    @cached_property
    def grades(self) -> list[GradeLine]:
        return [GradeLine(each) for each in self.facts.grades]

    @property
    def good(self) -> int:
        return sum(each.is_good for each in self.facts.grades)

    @property
    def grades_on(self) -> datetime.date | None:
        """The day of the latest grade."""
        return max((each.on for each in self.facts.grades), default=None)

    @property
    def scale(self) -> str:
        """ "Grade, of five"."""
        return f"Grade, of {NUMBERS[self.facts.grades[0].of]}" if self.facts.grades else ""

    @property
    def since(self) -> datetime.date:
        """The first day of the year whose responses are counted."""
        return self.facts.on - datetime.timedelta(days=A_YEAR - 1)

    @cached_property
    def due(self) -> list[AnswerTime]:
        """The responses whose last day was in the year up to the release."""
        return [each for each in self.facts.answers if each.last_day and self.since <= each.last_day <= self.facts.on]

    @property
    def in_time(self) -> int:
        return sum(each.answered_on is not None and not each.days_late for each in self.due)

    @property
    def came_late(self) -> int:
        return sum(each.answered_on is not None and each.days_late > 0 for each in self.due)

    @property
    def not_come(self) -> int:
        return sum(each.answered_on is None for each in self.due)

    @cached_property
    def answers(self) -> list[AnswerLine]:
        return [AnswerLine(each, self.facts.on) for each in self.facts.answers]

    @property
    def latest_answers(self) -> list[AnswerLine]:
        return self.answers[:LATEST_ANSWERS]

    @property
    def earlier_answers(self) -> list[AnswerLine]:
        return self.answers[LATEST_ANSWERS:]

    @cached_property
    def lines(self) -> list[OpenLine]:
        return [OpenLine(each) for each in self.facts.lines]

    @property
    def in_full(self) -> list[OpenLine]:
        return [each for each in self.lines if each.line.in_full]

    @property
    def outcomes(self) -> list[OutcomeLine]:
        return [OutcomeLine(each) for each in self.facts.complaints.outcomes] if self.facts.complaints else []

    @property
    def other_answers(self) -> list[OtherAnswerLine]:
        return [OtherAnswerLine(each, self.facts.on) for each in self.facts.other_answers]

    @property
    def promises(self) -> list[PromiseLine]:
        return [PromiseLine(each) for each in self.facts.promises]
