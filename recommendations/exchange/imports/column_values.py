"""Recognise a column by its values: colours, words for open and closed, the inspectorate's own, running numbers.

The child process that parses files imports this module, so it imports no models and no enums: tests compare the words.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from recommendations.exchange.documents_in.titles import KINDS as INSPECTIONS

COLOURS = {"red", "amber", "green", "blue", "grey"}
OPEN = {
    "open", "ongoing", "on-going", "in progress", "on track", "not started", "overdue", "live", "active", "on hold",
    "being progressed", "awaiting review", "delayed", "at risk", "outstanding", "behind schedule", "off track",
}  # fmt: skip
CLOSED = {
    "closed", "complete", "completed", "discharged", "done", "implemented", "signed off", "archived", "archive",
}  # fmt: skip
STATUSES = OPEN | CLOSED | COLOURS
# The inspectorate's words, in its own and offices' spellings, with the status of each.
OF_INSPECTORATE = {
    "awaiting review": "awaiting_review",
    "awaiting hmicfrs review": "awaiting_review",
    "being progressed": "being_progressed",
    "complete": "complete",
    "completed": "complete",
    "no further action needed": "no_further_action",
    "no further action required": "no_further_action",
    "no further action": "no_further_action",
    "nfa": "no_further_action",
    "superseded": "superseded",
}
ITS_OWN = set(OF_INSPECTORATE) - CLOSED - {"superseded"}  # words that nobody else uses
KINDS = {
    "recommendation": "recommendation",
    "recommendations": "recommendation",
    "rec": "recommendation",
    "recs": "recommendation",
    "area for improvement": "area_for_improvement",
    "areas for improvement": "area_for_improvement",
    "afi": "area_for_improvement",
    "afis": "area_for_improvement",
    "cause of concern": "cause_of_concern",
    "causes of concern": "cause_of_concern",
    "coc": "cause_of_concern",
    "cocs": "cause_of_concern",
    "accelerated cause of concern": "accelerated_cause_of_concern",
    "accelerated causes of concern": "accelerated_cause_of_concern",
    "acoc": "accelerated_cause_of_concern",
    "innovative practice": "innovative_practice",
}
NO_DAY = {
    "", "-", "–", "—", "?", "tbc", "tba", "tbd", "n/a", "na", "none", "nil", "ongoing", "on-going", "on going",
    "not set", "no date", "not applicable", "to be confirmed", "to be agreed", "to be advised", "unknown", "none given",
    "no date set", "none yet", "not yet", "continuous", "open",
}  # fmt: skip
MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
KIND = re.compile(r"\b(?:recs?|recommendations?|afis?|areas? for improvement|causes? of concern|a?coc|practice)\b")
OF_REPORT = re.compile(r"(?:(?P<label>recs?|recommendation|afis?|coc)[ .#-]*)?\d{1,3}(?:\.\d+)*[a-z]?", re.IGNORECASE)

VIEWS = {"assured", "partly assured", "not assured", "partially assured", "fully assured", "not yet assured"}
YES_NO = {"yes", "no", "y", "n", "part", "partly"}
# Words for a time that is no one day: "Immediate", "Q3 2024/25", "End of year", "Spring 2026".
PERIOD = re.compile(
    r"(?:by |before |within |at )?(?:the )?(?:early |mid[- ]?|late |start of |end (?:of )?)*"
    r"(?:q[1-4]|quarter [1-4]|[1-4](?:st|nd|rd|th) quarter|spring|summer|autumn|winter|(?:financial |calendar )?year"
    r"|fy|20\d\d(?:[/-]\d{2,4})?|\d+ (?:days?|weeks?|months?|years?))(?:[ ,-]*(?:fy ?)?(?:20)?\d\d(?:[/-]\d{2,4})?)?"
    r"|immediate(?:ly)?(?: effect)?|with immediate effect|asap|as soon as possible|urgent|business as usual|bau"
    r"|in place|(?:short|medium|long)(?:er)?[- ]term",
    re.IGNORECASE,
)

ASKS = re.compile(r"\b(?:should|must|needs? to)\b", re.IGNORECASE)
CHIEF = re.compile(r"(?:t/)?(?:dep(?:uty)? |assistant )?(?:acc|dcc|cc|aco|chief constable)\b", re.IGNORECASE)
PERSON = re.compile(
    r"(?:t/|a/|d/)?(?:(?:ch(?:ief)?|det(?:ective)?|temp)\.? )*"
    r"(?:acc|dcc|supt|superintendent|insp(?:ector)?|dci|di|ds|sgt|c/supt|c/insp|head of|director|manager)\b"
    r"|[\w &-]{1,30}\b(?:director|manager|superintendent|inspector)$",
    re.IGNORECASE,
)
TITLE_LENGTH, LONGEST_STATUS = (8, 160), 25
CODE = re.compile(r"[a-z]{1,6}[ /_-]?\d[\w/-]{0,12}", re.IGNORECASE)
# What nearly all of a column's values must be, and the field that this indicates, most certain first.
SPEAKING: tuple[tuple[str, Callable[[str], object], float], ...] = (
    ("kind", lambda text: text.casefold() in KINDS, 0.95),
    ("number", lambda text: (found := OF_REPORT.fullmatch(text)) and found["label"], 0.95),
    ("status", lambda text: text.casefold() in STATUSES - COLOURS, 1.0),
    ("assurance", lambda text: text.casefold() in VIEWS, 1.0),
    ("text", ASKS.search, 0.6),
    ("inspection", lambda text: any(re.search(words, text, re.IGNORECASE) for _, words in INSPECTIONS), 0.8),
    ("chief_officer_lead", CHIEF.match, 0.8),
    ("business_lead", PERSON.match, 0.6),
)


def fields_by_values(texts: Sequence[str]) -> Iterator[str]:
    """Yield the fields that the values indicate, whatever the heading."""
    for key, holds, least in SPEAKING:
        if texts and sum(1 for text in texts if holds(text)) >= least * len(texts):
            yield key


def are_chief_officers(texts: Sequence[str]) -> bool:
    """Whether most of the values are names with the rank of a chief officer: "ACC Rowe"."""
    return bool(texts) and sum(1 for text in texts if CHIEF.match(text)) >= 0.8 * len(texts)


def are_codes(texts: Sequence[str]) -> bool:
    """Whether the values are references: codes without duplicates."""
    return bool(texts) and all(map(CODE.fullmatch, texts)) and len(set(texts)) == len(texts)


def is_running(texts: Sequence[str]) -> bool:
    """Whether the values number the rows: 1, 2, 3 and so on, at least three of them."""
    return len(texts) >= 3 and [text.removesuffix(".0") for text in texts] == list(map(str, range(1, len(texts) + 1)))


def are_report_numbers(texts: Sequence[str]) -> bool:
    """Whether the values are numbers within reports, not references: they recur, or include a label."""
    found = [OF_REPORT.fullmatch(text) for text in texts]
    if not texts or not all(found):
        return False
    if all(re.fullmatch(r"\d{1,3}(?:\.\d+)+[a-z]?", text) and not text.endswith(".0") for text in texts):
        return True
    apart = [text for place, text in enumerate(texts) if text not in texts[max(place - 1, 0) : place]]
    return any(each and each["label"] for each in found) or len(set(apart)) < len(apart)


def is_a_number_of_a_report(text: str) -> bool:
    """Whether a text can be the number of a recommendation within its report: "2", "2.14", "AFI 3"."""
    return bool(OF_REPORT.fullmatch(text))


def are_titles(texts: Sequence[str]) -> bool:
    """Whether the values can be titles of reports: words without a stop, of some length, and some of them recur."""
    if not texts or len(set(texts)) == len(texts):
        return False
    return all(TITLE_LENGTH[0] <= len(text) <= TITLE_LENGTH[1] and text[-1] not in ".!?;" for text in texts)


def names_a_period(text: str) -> bool:
    """Whether a text says a time that is no one day: "Immediate", "Q3 2024/25"."""
    return bool(PERIOD.fullmatch(text.strip()))


def are_of_a_status(texts: Sequence[str]) -> bool:
    """Whether most values are words for a status, and the others are as short."""
    known = sum(1 for text in texts if text.casefold() in STATUSES - COLOURS)
    return known >= 0.6 * len(texts) > 0 and all(len(text) <= LONGEST_STATUS for text in texts)


def are_of_inspectorate(texts: Sequence[str]) -> bool:
    """Whether all values are the inspectorate's status words, at least one of them used by nobody else."""
    words = {text.casefold() for text in texts}
    return bool(words & ITS_OWN) and words <= OF_INSPECTORATE.keys()


def are_kinds(texts: Sequence[str]) -> bool:
    """Whether at least half of the values name a kind of recommendation, and are short."""
    named = sum(1 for text in texts if KIND.search(text.casefold()) and len(text) <= 40)
    return named * 2 >= len(texts)
