"""The words that the demonstration is written in: inspections, what they ask, and what happened to each line.

Days are numbers counted from today: -30 is thirty days ago. Texts name days in braces, so that they agree with
the dates: {day -30} is "8 October 2026", {month -30} "October", {my -30} "October 2026", {year -30} "2026", {yy -30} "26".
"""

import datetime
import re
from dataclasses import dataclass, field

from recommendations.enums import AssuranceView, Outcome, Position, RecommendationKind, Stage

WM, EV = "westmarch", "eastvale"
FORCE, OFFICER, APPROVER = "force", "officer", "approver"

ROWE, NAIR, HALE, LECKIE = "ACC Dinah Rowe", "DCC Priya Nair", "T/ACC Marcus Hale", "ACO Tom Leckie"
AMORY, PRYCE, VANCE = "ACC Helen Amory", "DCC Owain Pryce", "ACO Judith Vance"
HANNAH, JOE = "Hannah Whitlock", "Joe Brandreth"


@dataclass(frozen=True)
class Step:
    """One verb of a line's story: `day` is when it was true, `late` how many days later it was written down."""

    verb: str
    day: int
    said: dict
    by: str = FORCE
    late: int = 0


@dataclass(frozen=True)
class Line:
    """A recommendation as one force follows it."""

    force: str
    lead: str = ""
    steps: tuple[Step, ...] = ()
    opcc: str = HANNAH
    business: str = ""


@dataclass(frozen=True)
class Asked:
    """What a report asks: its own words, the deadline's words in them (`by`), and each force's line."""

    kind: str
    number: str
    heading: str
    text: str
    lines: tuple[Line, ...] = ()
    by: str = ""
    to: tuple[str, ...] = ("Chief constable",)
    parts: tuple[str, ...] = ()
    cause: str = ""
    directed: bool = True


@dataclass(frozen=True)
class Answer:
    """The published response: `comments` are texts, each with the numbers that it answers (as "kind number")."""

    day: int
    recorded: int
    narrative: tuple[str, ...]
    comments: tuple[tuple[str, tuple[str, ...]], ...]
    footnotes: tuple[dict, ...] = ()
    chief_officer_comments: str = ""
    reply: str = ""
    force: str = WM


@dataclass(frozen=True)
class Report:
    """An inspection, published on `day` and added to the register `added` days later."""

    title: str
    short_name: str
    kind: str
    day: int
    forces: tuple[str, ...]
    asked: tuple[Asked, ...]
    added: int = 2
    facts: dict = field(default_factory=dict)
    answer: Answer | None = None


# What a report asks


def rec(number: str, heading: str, text: str, *lines: Line, **more) -> Asked:
    return Asked(RecommendationKind.RECOMMENDATION, number, heading, text, lines, **more)


def afi(number: str, heading: str, text: str, *lines: Line, **more) -> Asked:
    return Asked(RecommendationKind.AREA_FOR_IMPROVEMENT, number, heading, text, lines, **more)


def concern(number: str, heading: str, text: str, **more) -> Asked:
    """A cause of concern. Those that point to it name its number in `cause`."""
    return Asked(RecommendationKind.CAUSE_OF_CONCERN, number, heading, text, **more)


def practice(heading: str, text: str) -> Asked:
    return Asked(RecommendationKind.INNOVATIVE_PRACTICE, "", heading, text)


def wm(lead: str, *steps: Step, **more) -> Line:
    return Line(WM, lead, steps, **more)


def ev(lead: str, *steps: Step, **more) -> Line:
    return Line(EV, lead, steps, **({"opcc": JOE} | more))


# What happened


def update(day: int, done: str, *, late: int = 0, by: str = FORCE, forecast: int | None = None, **said) -> Step:
    """The force says what was done. Stage and position are the domain's words."""
    said |= {} if forecast is None else {"forecast_on": forecast}
    return Step("log_force_update", day, {"done": done, **said}, by, late)


def assure(day: int, view: AssuranceView, why: str, looked_at: str = "", *, again: int | None = None, late=0) -> Step:
    """The office's view, what was looked at for it, and the day to look again."""
    said = {"view": view, "rationale": why, "looked_at": looked_at, "revisit_on": again}
    return Step("record_assurance", day, said, OFFICER, late)


def status(day: int, said: str, source: str = "", *, late: int = 0) -> Step:
    source = source or "Read from the inspectorate’s portal."
    return Step("record_inspectorate_status", day, {"status": said, "source": source}, OFFICER, late)


def target(day: int, on: int, reason: str = "", *, late: int = 0) -> Step:
    """The force's target, or its move, which needs a reason."""
    return Step("set_target", day, {"target_on": on, "reason": reason}, FORCE, late)


def ask(day: int, reason: str, outcome: Outcome = Outcome.IMPLEMENTED, *, by: str = FORCE, evidence: str = "") -> Step:
    return Step("request_closure", day, {"outcome": outcome, "reason": reason, "evidence": evidence}, by)


def approve(day: int, reason: str = "") -> Step:
    return Step("approve_closure", day, {"reason": reason}, APPROVER)


def decline(day: int, reason: str) -> Step:
    return Step("decline_closure", day, {"reason": reason}, APPROVER)


def reopen(day: int, reason: str) -> Step:
    return Step("reopen", day, {"reason": reason}, OFFICER)


def take_back(day: int, voice: str, reason: str) -> Step:
    """Withdraw the last entry of a voice ("updates", "assurances", "statuses", "targets")."""
    return Step("withdraw", day, {"voice": voice, "reason": reason}, OFFICER)


def correct(day: int, text: str, reason: str) -> Step:
    """Correct the recommendation's text, which was copied wrongly."""
    return Step("edit_recommendation", day, {"text": text, "reason": reason}, OFFICER)


# Days in texts

_NAMED = re.compile(r"\{(day|month|my|year|yy) ([+-]?\d+)\}")


def dated(text: str, today: datetime.date) -> str:
    """`text` with each day in braces written out, counted from `today`."""

    def write(match: re.Match) -> str:
        day = today + datetime.timedelta(days=int(match[2]))
        forms = {"month": f"{day:%B}", "my": f"{day:%B %Y}", "year": f"{day:%Y}", "yy": f"{day:%y}"}
        return forms.get(match[1]) or f"{day.day} {day:%B %Y}"

    return _NAMED.sub(write, text)


ASSURED, PARTLY, NOT_ASSURED = AssuranceView.ASSURED, AssuranceView.PARTLY_ASSURED, AssuranceView.NOT_ASSURED
ACCEPTED, IN_PART, REFUSED = Position.ACCEPTED, Position.PARTLY_ACCEPTED, Position.NOT_ACCEPTED
AWAITING, SIGN_OFF = Stage.AWAITING_ALLOCATION, Stage.PENDING_SIGN_OFF
