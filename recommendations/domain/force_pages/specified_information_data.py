"""What a force's page says beside inspections: what the Specified Information Order asks for, and answers by others.

The Elected Local Policing Bodies (Specified Information) Order 2011 (SI 2011/3050), Schedule, paragraphs 7A and 7C, as
inserted by SI 2021/547. Plain frozen values, stored as JSON.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PublicPriorities:
    """The key national priorities for policing (7A): what the force contributes, and which apply here and why."""

    contribution: str = ""
    applicability: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicOutcome:
    """What became of a recommendation on complaints. `explanation` is the force's, of one that it did not accept.

    `source` is the word for who made it: HMICFRS, IOPC. `word` says whether it is closed and how, or the force's stage.
    """

    reference: str
    label: str
    heading: str
    text: str
    source: str
    report: str
    word: str
    on: datetime.date | None = None
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicComplaints:
    """Complaints about the force (7C): the IOPC's data and statistics, the policing body's report, recommendations."""

    data_link: str = ""
    statistics_link: str = ""
    words: str = ""
    link: str = ""
    outcomes: tuple[PublicOutcome, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OtherAnswer:
    """A report that the chief officer answers, and when that was sent to its source. `link` is where it is published.

    `last_day` is None if none is counted or stated.
    """

    source: str
    title: str
    published_on: datetime.date
    answerer: str
    last_day: datetime.date | None = None
    sent_on: datetime.date | None = None
    days_late: int = 0
    link: str = ""
