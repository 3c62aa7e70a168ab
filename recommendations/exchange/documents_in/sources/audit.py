"""Read internal audit reports and tables: findings, recommendations, priorities, and what was agreed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from recommendations.exchange.documents_in.asking import SENTENCES
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.asked import AskedReading
from recommendations.exchange.documents_in.sources.columns import ROLES
from recommendations.exchange.documents_in.sources.labels import Labelled, LabelVocabulary
from recommendations.exchange.documents_in.sources.state import day_in
from recommendations.exchange.documents_in.vocabulary import plain

LABELS = LabelVocabulary(
    ROLES, order=("number", "asked", "priority", "owner", "due", "owner_due", "answer", "finding", "risk")
)
SAYS_PRIORITY = re.compile(
    r"[(\[–—-]\s*(?P<priority>(?:priority[ :]*)?(?:[1-5]|high|medium|low|urgent|important|routine|fundamental"
    r"|significant"
    r"|merits attention|housekeeping|advisory|critical|moderate)(?: priority| risk)?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"\b(?:internal audit|audit report|assurance review|audit of|review of|follow[- ]up)\b", re.IGNORECASE
)
NO_TITLE = re.compile(
    r"^(?:internal audit(?: service| report)?|(?:draft|final)(?: report)?|(?:final |draft )?internal audit report"
    r"|contents"
    r"|executive summary|official(?:-sensitive)?)$",
    re.IGNORECASE,
)
NUMBERED_HEADING = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})?)[.)]?\s+\S")
ISSUED = re.compile(r"\b(?:final report|report|issued)\b.{0,40}\b", re.IGNORECASE)
PLANS = re.compile(
    r"\b(?:due|deadline|target|by when|by the|timescales?|implement\w*|complet\w*|respond|revised|before|no later)\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\b(?:ref(?:erence)?\.?:?\s*)(?P<reference>(?=[\w/.-]*\d)[\w/.-]{4,24})", re.IGNORECASE)
WITHIN = 40
LONGEST_HEADING = 120


def read_audit(lines: Sequence[DocumentLine]) -> AskedReading:
    """Return an audit's recommendations, with priority, owner and day, and the managers' answers."""
    reading = AuditReading()
    reading.read(lines)
    top = [line.text for line in lines[:WITHIN]]
    days = _texts_of_document(reading)
    reference = next((match["reference"] for text in top if (match := REFERENCE.search(text))), "")
    made = next((day for text in days if ISSUED.search(text) and (day := day_in(text))), None)
    made = made or next((day for text in days if (day := day_in(text))), None)
    reading.set(source="audit", reference=reference, made_on=made)
    return reading


def _texts_of_document(reading: AskedReading) -> list[str]:
    """Return the first sentences that can say when the audit was made: not those about what it asks or plans."""
    own = [place for place in reading.parts.places[:WITHIN] if place.rec is None and place.kind != "answer_by"]
    sentences = [sentence for place in own for sentence in SENTENCES.split(place.line.text)]
    return [sentence for sentence in sentences if not PLANS.search(plain(sentence))]


class AuditReading(AskedReading):
    """Reads an audit: a finding's heading can contain its number and priority."""

    def __init__(self) -> None:
        super().__init__(LABELS)

    def take(self, each: Labelled) -> None:
        if self._title(each) or self._heading(each):
            return
        super().take(each)

    def _title(self, each: Labelled) -> bool:
        line = each.line
        if self.parts.title or self.parts.recs or line.number > WITHIN or line.cell or NO_TITLE.match(plain(line.text)):
            return False
        if line.kind != "heading" and not (
            TITLE.search(line.text) and len(line.text) <= 120 and not line.text.endswith(".")
        ):
            return False
        if each.begins and each.role != "finding":
            return False
        self.parts.title.append(line.text)
        self.place(line, "Title")
        return True

    def _heading(self, each: Labelled) -> bool:
        """Read "2. Access to shared drives (Priority 2)" above a finding and its recommendation."""
        line = each.line
        said = SAYS_PRIORITY.search(plain(line.text))
        numbered = NUMBERED_HEADING.match(plain(line.text))
        short = len(line.text) <= LONGEST_HEADING and line.text[-1] != "."
        heads = (line.kind == "heading" and (numbered or said)) or (numbered and said and short)
        if line.cell or not heads or each.role in ("asked", "answer", "owner", "due"):
            return False
        self.let_go()
        self.rec, self.role = None, "own"
        self.finding = each.number or (numbered["number"] if numbered else "")
        heading, priority = (line.text[: said.start()], line.text[said.start() :]) if said else (line.text, "")
        if heading.strip():
            self.own(replace(line, text=heading.strip()))
        if said is not None:
            self.waiting.append(
                Labelled(replace(line, text=priority.strip()), "priority", rest=said["priority"], taken=priority)
            )
        return True
