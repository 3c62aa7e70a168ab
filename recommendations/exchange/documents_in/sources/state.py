"""The state of reading a document of another source: parts as for a report, and facts about the document."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from recommendations.deadlines import read_deadline
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import WITHHELD, DocumentParts, LinePlace, Rec
from recommendations.exchange.documents_in.reports.report_state import OWN
from recommendations.exchange.documents_in.results import ReadSource
from recommendations.exchange.documents_in.vocabulary import plain

MARGIN = {"margin": "Page header or footer", "rule": "Label"}
ENDS_A_SENTENCE = re.compile(r"[.!?:;”\")]\s*$")
LIMB = re.compile(r"^(?:\(?[a-z]\)|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)\)|[a-z]\.(?=\s))\s*(?=\S)", re.IGNORECASE)
DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Za-z]{3,9}\.?,? \d{4}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"
    r"|\b\d{4}-\d\d-\d\d\b"
)


def day_in(text: str) -> date | None:
    """Return the first complete date in a text, in British order."""
    return next((day for match in DAY.finditer(plain(text)) if (day := _day(match[0]))), None)


def _day(words: str) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        try:
            return date.fromisoformat(words)
        except ValueError:
            return None
    return read_deadline(words.replace(" of ", " "), None).due_on


class SourceReading:
    """The state shared by the grammars of other sources: parts, facts, and the current recommendation."""

    names_persons = False  # whether page headers may name people too

    def __init__(self) -> None:
        self.parts = DocumentParts()
        self.facts = ReadSource()
        self.rec: Rec | None = None
        self.joins = False

    def set(self, **facts: Any) -> None:
        """Record facts about the document, unless they are known already."""
        self.facts = replace(
            self.facts, **{name: each for name, each in facts.items() if each and not getattr(self.facts, name)}
        )

    def place(self, line: DocumentLine, where: str = "", **place: Any) -> None:
        self.parts.places.append(LinePlace(line, where, **place))

    def margin(self, line: DocumentLine) -> bool:
        """Place the line if it is a page header or footer. Returns whether it was."""
        if line.kind not in MARGIN:
            return False
        if self.names_persons:
            self.withhold(line)
            return True
        self.place(line, MARGIN[line.kind], taken=(line.text,))
        return True

    def own(self, line: DocumentLine) -> None:
        self.place(line, OWN)

    def label(self, line: DocumentLine) -> None:
        self.place(line, "Label", taken=(line.text,))

    def withhold(self, line: DocumentLine) -> None:
        self.place(line, WITHHELD, taken=(line.text,))

    def begin(self, kind: str, number: str = "") -> Rec:
        self.rec = Rec(kind, number)
        self.parts.add(self.rec)
        return self.rec

    def add(self, rec: Rec, line: DocumentLine, text: str, consumed: tuple[str, ...] = ()) -> None:
        """Add text to a recommendation: a paragraph, a part, or the rest of a broken sentence."""
        limb = LIMB.match(text)
        if not text:
            self.place(line, rec=rec, taken=(line.text,))
        elif rec.stem and self._goes_on(rec, line, text):
            paragraphs = rec.limbs or rec.tail or rec.stem
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
            self.place(line, rec=rec, limb=len(rec.limbs) - 1 if rec.limbs else None, taken=consumed)
        elif rec.stem and (line.kind == "bullet" or limb):
            mark = limb[0].strip() if limb else ""
            rec.limbs.append(text[limb.end() :] if limb else text)
            self.place(line, rec=rec, limb=len(rec.limbs) - 1, taken=(*consumed, mark) if mark else consumed)
        else:
            rec.add(text)
            self.place(line, rec=rec, taken=consumed)

    @staticmethod
    def _goes_on(rec: Rec, line: DocumentLine, text: str) -> bool:
        """Whether a line continues a sentence broken off before it, as at the end of a page."""
        last = (rec.limbs or rec.tail or rec.stem)[-1]
        return (
            line.kind != "bullet" and text[:1].islower() and not LIMB.match(text) and not ENDS_A_SENTENCE.search(last)
        )

    def finish(self, lines: Sequence[DocumentLine]) -> None:
        """Sort the places in document order."""
        order = {line.number: place for place, line in enumerate(lines)}
        self.parts.places.sort(key=lambda place: order[place.line.number])
