"""Classify the lines of a report: whom they ask, what they recommend, whether they continue the text above."""

import re

from recommendations.deadlines import find_deadline
from recommendations.exchange.documents_in.addressees import find_addressees, is_an_ask
from recommendations.exchange.documents_in.asking import SHOULD
from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.parts import Rec
from recommendations.exchange.documents_in.reports.report_state import ReportReading
from recommendations.exchange.documents_in.vocabulary import IMPROVEMENT, RECOMMENDATION, plain

ASKED = (RECOMMENDATION, IMPROVEMENT)
LONGEST_HEADING = 12
BEFORE_ITS_RECOMMENDATIONS = 20
RECOMMENDS = re.compile(
    r"^(?:to (?:address|resolve|deal with) th(?:is|ese) causes? of concern\b"
    r"|(?:we|HMICFRS|HMIC) (?:also )?recommends?\b)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^(?:it|this|these|they|such|in (?:doing|carrying out) (?:so|this)|to do (?:so|this)|as part of this"
    r"|when doing this|the (?:review|plan|policy|process|guidance|standards?|training|changes?) should)\b",
    re.IGNORECASE,
)
THE_FORCE = re.compile(
    r"^(?:(?:by|within|immediately|with immediate effect|no later)\b[^,]*, )?"
    r"(?:the (?:force|constabulary|service|chief constable)\b"
    r"|(?-i:(?:[A-Z][\w'-]+ ){1,4}(?:Police|Constabulary|Service))\b)",
    re.IGNORECASE,
)
IN_GENERAL = re.compile(r"\bshould (?:be \w+ing|have|already)\b", re.IGNORECASE)


def asks_one(item: LinePart) -> bool:
    return item.asks and not item.answers and is_an_ask(item.start.rest if item.start else item.text)


def asks_the_force(item: LinePart) -> bool:
    """Whether it reads "The force should …", not forces in general, nor what somebody should be doing."""
    return asks_one(item) and bool(THE_FORCE.match(plain(item.text))) and not IN_GENERAL.search(plain(item.text))


def recommends(item: LinePart) -> bool:
    """Whether it reads "To address this cause of concern, the force should:" or "Within three months, …"."""
    words = find_deadline(item.text, None).words
    if re.match(r"(?:we|HMICFRS|HMIC) (?:also )?recommends? that\b", plain(item.text), re.IGNORECASE):
        return True
    begins = RECOMMENDS.match(plain(item.text)) or (words and item.text.startswith(words))
    return bool(SHOULD.search(item.text)) and bool(begins or asks_the_force(item))


def recommends_below(reading: ReportReading, index: int) -> bool:
    """Whether a cause of concern's recommendations follow before anything else starts."""
    for n, (_, item) in enumerate(reading.outlook.after(index)):
        if item.section and item.section.kind == RECOMMENDATION and not item.is_bullet:
            return True
        if (item.start and not item.start.bare) or item.section or n > BEFORE_ITS_RECOMMENDATIONS:
            return bool(item.start and item.start.kind == RECOMMENDATION)
        if item.heading_level not in (None, 0):
            return False
        if recommends(item):
            return True
    return False


def reads_as_one(kind: str, item: LinePart) -> bool:
    if kind in ASKED:
        return item.asks and not item.answers and bool(find_addressees(item.text) or RECOMMENDS.match(item.text))
    return item.is_bullet or item.text[-1] in ".:"


def is_a_heading(item: LinePart, words: str) -> bool:
    short = len(words.split()) <= LONGEST_HEADING and words[-1] not in ".;:"
    return short and not item.asks


def goes_on(rec: Rec, item: LinePart) -> bool:
    """Whether it continues a complete recommendation: "This should include: …"."""
    on = GOES_ON.match(plain(item.text))
    said_more = item.asks or (item.text[-1] == ":" and not rec.limbs)
    return rec.kind in ASKED and not item.is_bullet and bool(on) and said_more
