"""Read a letter that answers a coroner's report: what it says to each concern, and in general.

The sender and the days are read; salutation, subject, signature and people's names are not.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from recommendations.exchange.documents_in import letter_boilerplate
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.coroner import (
    ARE_THESE,
    CONCERN,
    DAY_ALONE,
    ENDING,
    REFERENCE,
    SIGNED,
    section_of,
)
from recommendations.exchange.documents_in.sources.people import office_of
from recommendations.exchange.documents_in.sources.state import SourceReading, day_in
from recommendations.exchange.documents_in.sources.withheld import is_placeholder
from recommendations.exchange.documents_in.vocabulary import RECOMMENDATION, plain

SUBJECT = re.compile(
    r"^(?:re|subject|regulation 28|inquest|response to)\b|\bdeceased\b|\btouching (?:up)?on the death\b"
    r"|^in the matter of\b",
    re.IGNORECASE,
)
THEIR_REPORT = re.compile(r"\breport\b.{0,60}?\b(?:dated?|of|made on|issued on)\b", re.IGNORECASE)
NAMED = re.compile(
    r"^(?P<words>(?:(?:response to |our response to |your )?(?:matters? of )?concern|(?:your )?matter|point"
    r"|issue)s? (?:number |no\.? ?)?"
    r"[(\[]?(?P<number>\d{1,2}|one|two|three|four|five|six)[)\]]?\s*[:.–—-]*)\s*",
    re.IGNORECASE,
)
NUMBERS = ("one", "two", "three", "four", "five", "six")
ANSWER = re.compile(
    r"^(?P<words>(?:(?:(?:the )?(?:force|police|constabulary|our|chief constable)(?:'s)? )?(?:response|reply"
    r"|action(?:s)?(?: taken)?)|we respond as follows)\s*(?::|$))\s*",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^(?P<words>[(\[]?(?P<number>\d{1,2})[)\].:]{1,2})(?!\d)\s*(?=\S)")
QUOTED = re.compile(r"^[“\"'‘].*[”\"'’]\.?$")
LETTERHEAD = 12


def read_coroner_response(lines: Sequence[DocumentLine]) -> SourceReading:
    """Return a response: the concerns that it repeats, with the answer to each, and the general answer."""
    reading = ResponseReading()
    for line, following in zip_longest(lines, lines[1:]):
        if is_placeholder(line.text):
            reading.withhold(line)
        elif not reading.margin(line):
            reading.take(line, following.text if following else "")
    reading.set(source="coroner", basis="regulation 28")
    reading.finish(lines)
    return reading


class ResponseReading(SourceReading):
    """Reads the letter: its head up to the salutation, its text, its end."""

    names_persons = True

    def __init__(self) -> None:
        super().__init__()
        self.where = "head"
        self.answering = False
        self.in_concerns = False  # below "The matters of concern are as follows", where they are numbered

    def take(self, line: DocumentLine, following: str) -> None:
        """Place a line, where this is the text of the next."""
        words = plain(line.text)
        self._facts(words)
        if letter_boilerplate.SIGN_OFF.match(words) or (self.where == "text" and self._signs(line, following)):
            self.where = "closed"
        getattr(self, f"_{self.where}")(line, words)

    def _signs(self, line: DocumentLine, following: str) -> bool:
        """Whether the line is the signature or the day of a letter without "Yours sincerely"."""
        words = plain(line.text)
        if DAY_ALONE.match(words) and (day := day_in(words)):
            self.set(made_on=day)
            return True
        return SIGNED.match(words) is not None or letter_boilerplate.is_signature(line.text, following)

    def _repeated_section(self, line: DocumentLine, words: str) -> None:
        """Leave out what the letter repeats of the report's sections that name persons."""
        if _heads_concerns(words) or ANSWER.match(words) or section_of(words) in ENDING:
            self.where = "text"
            self._text(line, words)
        else:
            self.withhold(line)

    def _facts(self, words: str) -> None:
        if found := REFERENCE.search(words):
            self.set(reference=found[0])
        if match := THEIR_REPORT.search(words):
            self.set(responds_to=day_in(words[match.start() :]))

    def _head(self, line: DocumentLine, words: str) -> None:
        if letter_boilerplate.is_salutation(line.text):
            self.where = "subject"
            self.withhold(line)
        elif letter_boilerplate.DATE_LINE.match(words):
            self.set(made_on=day_in(words))
            self.place(line, "Published", taken=(line.text,))
        elif self._is_from(words):
            self.parts.body = self.parts.body or office_of(line.text)
            self.place(line, "Response from", taken=(line.text,))
        elif self._begins_text(line, words):
            self.where = "text"
            self._text(line, words)
        else:
            self.withhold(line)

    @staticmethod
    def _begins_text(line: DocumentLine, words: str) -> bool:
        """Whether the answer begins here, in a letter without a salutation."""
        names = NAMED.match(words) or ANSWER.match(words) or _heads_concerns(words)
        return bool(names) or (line.number > LETTERHEAD and line.text.endswith("."))

    def _is_from(self, words: str) -> bool:
        return (
            not self.parts.body
            and bool(re.search(r"\b(?:police|constabulary|commissioner|trust|council)\b", words, re.IGNORECASE))
            and not re.search(r"\bcoroner", words, re.IGNORECASE)
            and len(words) <= 100
            and words[-1] not in ".:"
            and bool(office_of(words))
        )

    def _subject(self, line: DocumentLine, words: str) -> None:
        if SUBJECT.search(words) and words[-1] != "." and len(words) <= 200:
            self.withhold(line)
            return
        self.where = "text"
        self._text(line, words)

    def _text(self, line: DocumentLine, words: str) -> None:
        if named := NAMED.match(words):
            self._concern(line, named)
        elif _heads_concerns(words):
            self.in_concerns, self.rec = True, None
            self.label(line)
        elif self.in_concerns and (numbered := NUMBERED.match(words)) and self._is_new(numbered["number"]):
            self._concern(line, numbered)
        elif (answer := ANSWER.match(words)) and self.rec is not None:
            self.answering = True
            self._say(line, line.text[answer.end() :], answer["words"])
        elif section := section_of(words):
            self.in_concerns, self.rec, self.where = False, None, "text" if section in ENDING else "repeated_section"
            self.label(line) if section in ENDING else self.withhold(line)
        elif (
            self.rec is not None
            and not self.answering
            and not self.rec.stem
            and (QUOTED.match(words) or line.kind == "heading" or line.cell)
        ):
            self.rec.stem.append(line.text)
            self.place(line, rec=self.rec)
        elif line.kind == "heading" and not self._is_numbered(words):
            self.rec = None
            self.place(line, "Label", taken=(line.text,))
        else:
            self.answering = True
            self._say(line, line.text, "")

    @staticmethod
    def _is_numbered(words: str) -> bool:
        return bool(CONCERN.match(words))

    def _is_new(self, number: str) -> bool:
        """Whether it numbers the next concern, not an item of a list within an answer."""
        return not self.parts.recs or int(number) == int(self.parts.recs[-1].number or 0) + 1

    def _concern(self, line: DocumentLine, match: re.Match[str]) -> None:
        number = match["number"].lower()
        number = str(NUMBERS.index(number) + 1) if number in NUMBERS else number
        rec = self.parts.find(RECOMMENDATION, number)
        self.rec = rec or self.begin(RECOMMENDATION, number)
        self.answering = False
        rest = line.text[match.end() :].strip()
        if rest:
            self.rec.stem.append(rest)
        self.place(line, rec=self.rec, taken=(match["words"].strip(),) if rest else (line.text,))

    def _say(self, line: DocumentLine, text: str, label_words: str) -> None:
        said = self.rec.force if self.rec is not None else self.parts.chief
        if text.strip():
            said.append(text.strip())
        self.place(line, "Chief officer", rec=self.rec, taken=(label_words.strip(),) if label_words else ())

    def _closed(self, line: DocumentLine, words: str) -> None:
        """Read the signature: the office after the name says whose response it is."""
        if (
            not self.parts.body
            and (office := office_of(line.text))
            and re.search(r"constable|police|commissioner", office, re.IGNORECASE)
        ):
            self.parts.body = office
        self.withhold(line)


def _heads_concerns(words: str) -> bool:
    return section_of(words) == "concerns" or ARE_THESE.search(words) is not None
