"""Read a letter that answers a coroner's report: what it says to each concern, and in general.

The sender and the days are read; salutation, subject, signature and people's names are not.
"""

import re
from collections.abc import Sequence

from recommendations.exchange.documents_in import letter_boilerplate
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.coroner import CONCERN, REFERENCE
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
QUOTED = re.compile(r"^[“\"'‘].*[”\"'’]\.?$")
LETTERHEAD = 12


def read_coroner_response(lines: Sequence[DocumentLine]) -> SourceReading:
    """Return a response: the concerns that it repeats, with the answer to each, and the general answer."""
    reading = ResponseReading()
    for line in lines:
        if is_placeholder(line.text):
            reading.withhold(line)
        elif not reading.margin(line):
            reading.take(line)
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

    def take(self, line: DocumentLine) -> None:
        words = plain(line.text)
        self._facts(words)
        if letter_boilerplate.SIGN_OFF.match(words):
            self.where = "closed"
        getattr(self, f"_{self.where}")(line, words)

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
        elif NAMED.match(words) or (line.number > LETTERHEAD and line.text.endswith(".")):
            self.where = "text"
            self._text(line, words)
        else:
            self.withhold(line)

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
        elif (answer := ANSWER.match(words)) and self.rec is not None:
            self.answering = True
            self._say(line, line.text[answer.end() :], answer["words"])
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
