"""What a release of a force's public page says: plain frozen values, stored as JSON. No queries.

All of it is public. It names only the chief officer and the holder of the policing body's office.
"""

import datetime
from dataclasses import dataclass, field

from recommendations.domain.force_pages.specified_information_data import (
    OtherAnswer,
    PublicComplaints,
    PublicPriorities,
)
from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.text.dataclass_json import KeptAsJson
from recommendations.periods import Period

FORMAT = 3  # version of the facts' format: later code still reads earlier ones
MOST_IN_FULL = 2


@dataclass(frozen=True, kw_only=True)
class PageChoices(KeptAsJson):
    """The choices made for a release. `report` and `in_full` are ids of a report and of tracked recommendations.

    `summary_link` and `summary_on` are the address and day of the inspectorate's latest summary assessment.
    `complaints_recommendations` are ids of tracked recommendations, `other_answers` of reports that others answer,
    `indicators` of indicators.
    """

    report: int | None = None
    summary_link: str = ""
    summary_on: datetime.date | None = None
    in_full: tuple[int, ...] = ()
    custody_words: str = ""
    custody_link: str = ""
    custody_from: datetime.date | None = None
    priorities_contribution: str = ""
    priorities_applicability: str = ""
    complaints_data_link: str = ""
    complaints_statistics_link: str = ""
    complaints_words: str = ""
    complaints_link: str = ""
    complaints_recommendations: tuple[int, ...] = ()
    other_answers: tuple[int, ...] = ()
    indicators: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublicReport:
    """A report of the inspectorate."""

    title: str
    published_on: datetime.date
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicGrade:
    """A grade in the latest cycle. `place` counts from 1, the lowest of the cycle's `of` grades."""

    area: str
    grade: str
    place: int
    of: int
    on: datetime.date
    report: PublicReport | None = None

    @property
    def is_good(self) -> bool:
        """Whether it is one of the two best grades of its cycle."""
        return self.place >= self.of - 1


@dataclass(frozen=True, kw_only=True)
class AnswerTime:
    """A report and the response to it. `year` and `slug` are the response's public address, empty if it has none.

    `last_day` is None if none is stated; `is_statutory` is whether it follows from section 55.
    """

    report: PublicReport
    last_day: datetime.date | None
    is_statutory: bool = True
    answered_on: datetime.date | None = None
    days_late: int = 0
    year: int | None = None
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicVoice:
    """The latest word of one of the three voices, and its day. `text` is filled if the office chose to show it."""

    word: str = ""
    on: datetime.date | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """An open recommendation. `due_on` is the day that lateness counts from, `target_on` the force's current target.

    `is_own_date` is whether `due_on` is the force's, because HMICFRS gave no day; None before format 2.
    `direction` is the title of the direction that enforces it, or "".
    """

    reference: str
    label: str
    heading: str
    text: str
    report: PublicReport
    force: PublicVoice
    office: PublicVoice
    inspectorate: PublicVoice
    deadline_words: str = ""
    due_on: datetime.date | None = None
    first_target_on: datetime.date | None = None
    target_on: datetime.date | None = None
    moves: int = 0
    is_late: bool = False
    days_late: int = 0
    in_full: bool = False
    is_own_date: bool | None = None
    direction: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicPromise:
    """A sentence of a published response that promises something, what the latest check found, and the next one."""

    quote: str
    promised_on: datetime.date
    heading: str
    year: int
    slug: str
    outcome: str = ""
    checked_on: datetime.date | None = None
    next_on: datetime.date | None = None
    days_late: int = 0


@dataclass(frozen=True, kw_only=True)
class SuiteVisits:
    """The visits to one custody suite, as counts."""

    suite: str
    visits: int
    offered: int
    seen: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class PublicCustody:
    """How independent custody visiting works, in the office's words, and the visits from `start` to `end`."""

    start: datetime.date
    end: datetime.date
    words: str = ""
    link: str = ""
    suites: tuple[SuiteVisits, ...] = ()

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def visits(self) -> int:
        return sum(each.visits for each in self.suites)

    @property
    def seen(self) -> int:
        return sum(each.seen for each in self.suites)


@dataclass(frozen=True, kw_only=True)
class PageFacts(KeptAsJson):
    """All that a release says, on the London day `on`.

    `left_out` counts open recommendations that are not shown because they are restricted, `promises_left_out` promises
    that are not shown because they were made to other sources than HMICFRS. `shows_longest` is whether those in full
    are the longest overdue (compile_lines.longest_overdue); None before format 2. `is_police` is whether it is a police
    force, of which the Order asks for priorities and complaints; both are not said before format 3.
    """

    force: str
    slug: str
    on: datetime.date
    body: str = ""
    holder: str = ""
    chief_officer_title: str = ""
    chief_officer: str = ""
    report: PublicReport | None = None
    summary_link: str = ""
    summary_on: datetime.date | None = None
    cycle: str = ""
    grades: tuple[PublicGrade, ...] = ()
    answers: tuple[AnswerTime, ...] = ()
    lines: tuple[PublicLine, ...] = ()
    left_out: int = 0
    shows_longest: bool | None = None
    promises: tuple[PublicPromise, ...] = ()
    promises_left_out: int = 0
    custody: PublicCustody | None = None
    priorities: PublicPriorities | None = None
    complaints: PublicComplaints | None = None
    other_answers: tuple[OtherAnswer, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    is_police: bool = True
    format: int = field(default=FORMAT)

    @property
    def words_of_choice(self) -> str:
        """Which recommendations are shown in full, and why: "the two longest overdue"; "" if none are."""
        shown = sum(each.in_full for each in self.lines)
        if not shown:
            return ""
        if self.shows_longest:
            return "the longest overdue" if shown == 1 else "the two longest overdue"
        return "one that the policing body chose" if shown == 1 else "two that the policing body chose"

    @property
    def late(self) -> int:
        """How many of the open ones are past the day that lateness counts from."""
        return sum(each.is_late for each in self.lines)
