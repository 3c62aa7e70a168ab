"""The demonstration's reports, read from reports/*.toml: their recommendations and what became of them.

A file is one inspection. A day is a number counted from today: -30 is thirty days ago. Texts give days in braces, so
that they agree with the dates: {day -30} is "8 October 2026", {month -30} "October", {my -30} "October 2026", {year
-30} "2026", {yy -30} "26". In a title and a short name, days are counted from publication.

A line's story has one step in each row: its day, a word of SAYS with its text, and further arguments. `late` is how
many days later it was recorded.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recommendations.enums import AssuranceView, Outcome
from recommendations.enums.disputes import DisputeDecision

REPORTS = Path(__file__).with_name("reports")
FORCE, OFFICER, APPROVER = "force", "officer", "approver"

# A word of the story → (the verb, the argument for the text after the word, who acts, further arguments)
SAYS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "update": ("log_force_update", "done", FORCE, {}),
    "assured": ("record_assurance", "rationale", OFFICER, {"view": AssuranceView.ASSURED}),
    "partly": ("record_assurance", "rationale", OFFICER, {"view": AssuranceView.PARTLY_ASSURED}),
    "not_assured": ("record_assurance", "rationale", OFFICER, {"view": AssuranceView.NOT_ASSURED}),
    "status": ("record_inspectorate_status", "status", OFFICER, {"source": "Read from the inspectorate’s portal."}),
    "target": ("set_target", "target_on", FORCE, {}),
    "ask": ("request_closure", "reason", FORCE, {"outcome": Outcome.IMPLEMENTED}),
    "approve": ("approve_closure", "reason", APPROVER, {}),
    "decline": ("decline_closure", "reason", APPROVER, {}),
    "reopen": ("reopen", "reason", OFFICER, {}),
    "ask_part": ("request_part_closure", "reason", FORCE, {}),
    "approve_part": ("decide_part_closure", "reason", APPROVER, {"approve": True}),
    "refuses": ("record_dispute_reason", "text", FORCE, {}),
    "replied": ("record_dispute_reply", "text", OFFICER, {}),
    "agrees": ("decide_dispute", "text", APPROVER, {"decision": DisputeDecision.AGREES}),
    "withdraw": ("withdraw", "voice", FORCE, {}),
    "correct": ("edit_recommendation", "text", OFFICER, {}),
    "risk": ("weigh", "risk", OFFICER, {}),
    "delay": ("record_delay", "cause", FORCE, {}),
}
CALLED = {
    "why": "reason",
    "because": "why",
    "forecast": "forecast_on",
    "again": "revisit_on",
    "review": "review_on",
}


@dataclass(frozen=True)
class DemoStep:
    """One verb in a line's story, with its arguments."""

    day: int
    verb: str
    said: dict
    who: str
    late: int = 0


@dataclass(frozen=True)
class DemoTracked:
    """A recommendation as one force tracks it. `planned` is the action for an action plan."""

    force: str
    lead: str = ""
    business: str = ""
    opcc: str = "Hannah Whitlock"
    planned: str = ""
    steps: tuple[DemoStep, ...] = ()


@dataclass(frozen=True)
class DemoRecommendation:
    """A recommendation of a report; `by` are its deadline's words, `cause` the number of its cause of concern.

    `to` is empty if it is directed to the chief constables of the report's forces.
    """

    kind: str
    heading: str
    text: str
    number: str = ""
    by: str = ""
    cause: str = ""
    to: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    directed: bool = True
    lines: tuple[DemoTracked, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A published response, and the day on which it was recorded. A comment's answers are "kind number".

    `copy_sent` is how the inspectorate was sent a copy, if that was recorded.
    """

    day: int
    recorded: int
    narrative: tuple[str, ...]
    comments: tuple[dict, ...] = ()
    footnotes: tuple[dict, ...] = ()
    chief_officer_comments: str = ""
    reply: str = ""
    copy_sent: str = ""


@dataclass(frozen=True)
class DemoReport:
    """An inspection, published on `day` and recorded `added` days later.

    `portal` are the days on which the inspectorate's portal was read, with the status given: it applies to each line
    whose story has no status.
    """

    title: str
    short_name: str
    kind: str
    day: int
    forces: tuple[str, ...]
    asked: tuple[DemoRecommendation, ...]
    added: int = 2
    portal: tuple[dict, ...] = ()
    facts: dict = field(default_factory=dict)
    answer: Answer | None = None


def reports() -> list[DemoReport]:
    """Return all reports, oldest first."""
    found = (_report(tomllib.loads(path.read_text(encoding="utf-8"))) for path in REPORTS.glob("*.toml"))
    return sorted(found, key=lambda report: (report.day, report.title))


def _report(read: dict) -> DemoReport:
    asked = tuple(_recommendation(each, read["forces"], read.get("portal", [])) for each in read.pop("asked"))
    answer = Answer(**_frozen(read.pop("answer"))) if "answer" in read else None
    return DemoReport(asked=asked, answer=answer, **_frozen(read))


def _recommendation(read: dict, forces: list[str], portal: list[dict]) -> DemoRecommendation:
    lines = tuple(_line(force, read.pop(force), portal) for force in forces if force in read)
    return DemoRecommendation(lines=lines, **_frozen(read))


def _line(force: str, read: dict, portal: list[dict]) -> DemoTracked:
    rows = read.pop("story", [])
    if not any("status" in row for row in rows):
        rows = rows + portal
    return DemoTracked(force=force, steps=tuple(_step(dict(row)) for row in rows), **read)


def _step(row: dict) -> DemoStep:
    word = next(word for word in SAYS if word in row)
    verb, name, who, more = SAYS[word]
    said = more | {name: row.pop(word)}
    day, late = row.pop("day"), row.pop("late", 0)
    said |= {CALLED.get(key, key): value for key, value in row.items()}
    return DemoStep(day, verb, said, who, late)


def _frozen(read: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}


_NAMED = re.compile(r"\{(day|month|my|year|yy) ([+-]\d+)\}")


def fill_in_days(text: str, today: datetime.date) -> str:
    """Return `text` with each day in braces written out, counted from `today`."""

    def write(match: re.Match) -> str:
        day = today + datetime.timedelta(days=int(match[2]))
        forms = {"month": f"{day:%B}", "my": f"{day:%B %Y}", "year": f"{day:%Y}", "yy": f"{day:%y}"}
        return forms.get(match[1]) or f"{day.day} {day:%B %Y}"

    return _NAMED.sub(write, text)
