"""Read a coroner's report to prevent future deaths (regulation 28): its concerns, addressees and deadline.

The form has nine numbered sections. Anything that names a person is not read: section 1 (the coroner), 3 and 4 (the
investigation and the death), 8 (who gets copies), the signature, and the facts above the report on a web page.
"""

import re
from collections.abc import Sequence

from recommendations.exchange.documents_in.letter_boilerplate import DATE_LINE
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.people import office_of
from recommendations.exchange.documents_in.sources.state import SourceReading, day_in
from recommendations.exchange.documents_in.sources.withheld import is_placeholder
from recommendations.exchange.documents_in.vocabulary import RECOMMENDATION, plain

NUMBER = r"(?:section )?\(?(?P<number>[1-9])?[.):]?\s*"
SECTIONS = [
    (section, re.compile(rf"^{NUMBER}(?:{words})\s*[:.]?$", re.IGNORECASE))
    for section, words in (
        ("coroner", r"(?:the )?coroner"),
        ("powers", r"(?:the )?coroner'?s'? legal powers?|legal powers?"),
        ("investigation", r"investigations?(?: (?:and|&|/) inquests?)?|(?:the )?inquests?|investigation or inquest"),
        ("circumstances", r"(?:the )?circumstances(?: of (?:the |this )?deaths?)?"),
        ("concerns", r"(?:the )?coroner'?s'? (?:matters of )?concerns?|(?:the )?matters? of concern|concerns"),
        ("action", r"(?:what )?action should be taken|action"),
        ("response", r"your (?:response|duty to respond)|response"),
        ("copies", r"(?:(?:copies|copy)(?: (?:and|&) publication)?|publication)"),
    )
]
# The form's standard sentences, in case a heading is missing.
SENTENCES = [
    ("powers", re.compile(r"^I make this report under\b", re.IGNORECASE)),
    ("investigation", re.compile(r"^On \d.{0,40}\b(?:I|an?|the)\b.{0,60}\b(?:investigation|inquest)\b", re.IGNORECASE)),
    (
        "concerns",
        re.compile(
            r"^during the course of the (?:inquest|investigation|evidence)\b.{0,120}\bconcerns?\b", re.IGNORECASE
        ),
    ),
    ("action", re.compile(r"^in my opinion,? (?:urgent )?action should be taken\b", re.IGNORECASE)),
    ("response", re.compile(r"^you are under a duty to respond\b", re.IGNORECASE)),
    (
        "copies",
        re.compile(
            r"^I (?:have|am|will be) (?:sent|sending|send) a copy of (?:my|this) report\b"
            r"|^the Chief Coroner may publish\b",
            re.IGNORECASE,
        ),
    ),
]
ENDING = ("response", "action", "copies", "signed")
ARE_THESE = re.compile(
    r"\bmatters? of concern (?:are|is) as follows\b[.:;\s–—-]*|^(?:my|the) concerns are(?: as follows)?\s*[:.–—-]*$",
    re.IGNORECASE,
)
OF_THE_FORM = re.compile(
    r"^during the course of (?:the|this|my) (?:inquest|investigation|evidence)\b|^in my opinion there is a risk\b"
    r"|^in the circumstances it is my statutory duty\b|^(?:brief )?(?:summary|description) of (?:the )?concerns?\b",
    re.IGNORECASE,
)
CONCERN = re.compile(
    r"^(?P<words>[(\[]?(?P<number>\d{1,2})[)\].:]{1,2}(?!\d)|(?:concern|matter"
    r"|point)\s*(?:no\.?\s*)?(?P<named>\d{1,2})\s*[:.–—-]*)\s*(?=\S|$)",
    re.IGNORECASE,
)
ALONE = re.compile(r"^[(\[]?\d{1,2}[)\].:]?$")
SENT_TO = re.compile(
    r"^(?:this report is being sent to|report (?:is being )?sent to|(?:this )?report is sent to|sent to"
    r"|to)\s*(?P<colon>:|$)\s*",
    re.IGNORECASE,
)
FACT = [
    ("made", re.compile(r"^date of (?:the )?report\s*:?\s*", re.IGNORECASE)),
    (
        "reference",
        re.compile(
            r"^(?:our |report |PFD )?ref(?:erence)?\.?(?: number| no\.?)?\s*:?\s*(?=\d|$|[A-Z]*[\d/-])", re.IGNORECASE
        ),
    ),
    (
        "withheld",
        re.compile(
            r"^(?:(?:the )?deceased(?:'s)?(?: name)?|name of (?:the )?deceased|coroner'?s? name"
            r"|name of (?:the )?coroner|coroner|assistant coroner|senior coroner|area coroner)\s*:",
            re.IGNORECASE,
        ),
    ),
    ("area", re.compile(r"^coroner'?s?'? area\s*:?\s*|^category\s*:?\s*", re.IGNORECASE)),
]
REFERENCE = re.compile(r"\b20\d\d-\d{4}\b")
OF_THE_TOP = re.compile(
    r"^(?:annex a:? ?)?(?:regulation 28:? ?[:–—-]? ?)?(?:report to prevent (?:future|other) deaths"
    r"|prevention of future deaths? reports?|regulation 28(?: report)?)(?: \(\d\))?"
    r"(?:[,:–— -]*(?:\(?ref(?:erence)?\.?:? ?)?(?P<reference>20\d\d-\d{4})\)?)?$",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^(?:9[.)]?\s*)?(?:\[?dated?\b|signed\b|signature\b)", re.IGNORECASE)
DAY_ALONE = re.compile(
    r"^(?:9[.)]?)?\s*\[?(?:dated?(?: this)?:?)?\s*(?:the )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?: day)?(?: of)? [a-z]{3,9},? \d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})?\]?\.?$",
    re.IGNORECASE,
)
IN_LIST = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\)?\s+")


def read_coroner(lines: Sequence[DocumentLine]) -> SourceReading:
    """Return a coroner's report: each concern becomes a recommendation, and the addressees are those of the report."""
    reading = CoronerReading(lines)
    for index, line in enumerate(lines):
        if is_placeholder(line.text):
            reading.withhold(line)
        elif not reading.margin(line):
            reading.take(index, line)
    reading.set(source="coroner", basis="regulation 28", addressees=tuple(dict.fromkeys(reading.to)))
    reading.finish(lines)
    return reading


class CoronerReading(SourceReading):
    """Reads the report: the current section and concern."""

    names_persons = True

    def __init__(self, lines: Sequence[DocumentLine]) -> None:
        super().__init__()
        self.lines = lines
        self.section, self.fact = "front", ""
        self.to: list[str] = []
        self.listed = False
        self.number: tuple[DocumentLine, str] | None = None
        self.numbered = any(CONCERN.match(plain(line.text)) for line in self._concern_lines())

    def _concern_lines(self) -> list[DocumentLine]:
        """Return the lines after "The matters of concern are as follows", up to the next section."""
        found, inside = [], False
        for line in self.lines:
            section = section_of(line.text)
            inside = (
                (inside and section in ("", "concerns"))
                or section == "concerns"
                or bool(ARE_THESE.search(plain(line.text)))
            )
            if inside and not section:
                found.append(line)
        return found

    def take(self, index: int, line: DocumentLine) -> None:
        section = section_of(line.text)
        if section:
            self._enter(section, line)
            return
        if ALONE.match(plain(line.text)) and self._numbers_a_section(index):
            self.label(line)
            return
        if self.section in ENDING and _ends(plain(line.text)):
            self._enter("signed", line)
            return
        getattr(self, f"_{self.section}", self.withhold)(line)

    def _enter(self, section: str, line: DocumentLine) -> None:
        self.section, self.rec = section, None
        words = plain(line.text)
        if section == "signed":
            self._signed(line)
        elif is_heading(words):
            self.label(line)
        else:
            getattr(self, f"_{section}", self.withhold)(line)

    def _numbers_a_section(self, index: int) -> bool:
        """Whether a number alone in its cell or line is that of the section below or beside it."""
        following = next((line for line in self.lines[index + 1 :] if line.kind not in ("margin", "rule")), None)
        return following is not None and (
            bool(section_of(following.text)) or self.section not in ("concerns", "front", "to")
        )

    # -- sections

    def _front(self, line: DocumentLine) -> None:
        words = plain(line.text)
        if match := SENT_TO.match(words):
            self.section = "to"
            rest = line.text[match.end() :].strip()
            self._addressee(line, rest) if rest else self.label(line)
            return
        fact = self.fact
        found = next(((name, match) for name, pattern in FACT if (match := pattern.match(words))), None)
        if found:
            fact, value = found[0], words[found[1].end() :]
            self.fact = "" if value else fact
        else:
            self.fact, value = "", words
        self._fact(fact, value, line)

    def _fact(self, fact: str, value: str, line: DocumentLine) -> None:
        if fact == "made":
            self.set(made_on=day_in(value))
            self.place(line, "Published", taken=(line.text,))
        elif fact == "reference" and value:
            self._reference(line, value)
        elif fact in ("area", "reference"):
            self.own(line)
        else:
            self._unsaid(line, value)

    def _reference(self, line: DocumentLine, value: str) -> None:
        """Record the reference, if it is not a name: it must not contain four letters in a row."""
        found = (REFERENCE.search(value) or re.match(r"\S+", value) or [""])[0]
        if re.search(r"[^\W\d_]{4}", found):
            self.withhold(line)
            return
        self.set(reference=found)
        self.place(line, "Reference", taken=(line.text,))

    def _unsaid(self, line: DocumentLine, words: str) -> None:
        """Read the title and other lines above: only the form's words, since others may name the person who died."""
        match = OF_THE_TOP.match(words)
        if match is None:
            self.withhold(line)
        elif match["reference"]:
            self.set(reference=match["reference"])
            self.place(line, "Reference", taken=(line.text,))
        else:
            self.label(line)

    def _to(self, line: DocumentLine) -> None:
        if any(pattern.match(plain(line.text)) for _, pattern in FACT):
            self.section = "front"
            self._front(line)
        else:
            self._addressee(line, line.text)

    def _addressee(self, line: DocumentLine, text: str) -> None:
        """Record to whom it is sent, by office, never by name."""
        offices = _offices(text)
        self.to += offices
        if offices:
            self.place(line, "Directed to", taken=(line.text,))
        elif ALONE.match(plain(text)):
            self.label(line)
        else:
            self.withhold(line)

    def _powers(self, line: DocumentLine) -> None:
        self.own(line)

    def _concerns(self, line: DocumentLine) -> None:
        words = plain(line.text)
        if (match := ARE_THESE.search(words)) and not words[match.end() :].strip():
            self.label(line)
            return
        number = CONCERN.match(words)
        if number and (self.rec is None or self._is_next(number)):
            self._begin(
                number["number"] or number["named"], line, line.text[number.end() :].strip(), number["words"].strip()
            )
        elif self.rec is None and (self.numbered or OF_THE_FORM.match(words)):
            self.own(line)
        elif self.rec is None or (not self.numbered and not self._is_more(line)):
            self._begin("", line, line.text, "")
        else:
            self.add(self.rec, line, line.text)

    def _is_next(self, match: re.Match[str]) -> bool:
        """Whether a number is that of another concern, not of a list within one."""
        last = self.rec.number if self.rec else ""
        return not last.isdecimal() or int(match["number"] or match["named"]) > int(last)

    def _is_more(self, line: DocumentLine) -> bool:
        last = (self.rec.limbs or self.rec.tail or self.rec.stem) if self.rec else []
        return bool(last) and (last[-1].endswith(":") or bool(self.rec and self.rec.limbs and line.kind == "bullet"))

    def _begin(self, number: str, line: DocumentLine, text: str, label_words: str) -> None:
        rec = self.begin(RECOMMENDATION, number)
        if text:
            rec.stem.append(text)
        doubt = "" if number else "has no number: is it a concern of its own?"
        self.place(line, rec=rec, taken=((label_words,) if text else (line.text,)) if label_words else (), doubt=doubt)

    def _action(self, line: DocumentLine) -> None:
        self.own(line)

    def _response(self, line: DocumentLine) -> None:
        """Read the day in "You are under a duty to respond within 56 days, namely by 12 April 2026"."""
        words = plain(line.text)
        if day := day_in(words):
            self.set(answer_by=day)
            self.place(line, "Answer by", taken=(line.text,))
        else:
            self.own(line)

    def _signed(self, line: DocumentLine) -> None:
        """Record the day, if nothing else is on the line. A signature is not read."""
        self.set(made_on=day_in(line.text))
        if DAY_ALONE.match(plain(line.text)):
            self.place(line, "Published", taken=(line.text,))
        else:
            self.withhold(line)


def _offices(text: str) -> list[str]:
    """Return the offices in a line of addressees."""
    found = (office_of(each) for each in re.split(r"\s*;\s*", IN_LIST.sub("", text)))
    return [office for office in found if office]


def without_persons(addressees: str) -> str:
    """Return a line of addressees with the offices only."""
    match = SENT_TO.match(plain(addressees))
    head = addressees[: match.end()] if match else ""
    return head + "; ".join(_offices(addressees[len(head) :]))


def section_of(text: str) -> str:
    """Return the section that a line starts, by its heading or the form's standard sentence."""
    words = plain(text)
    return next((section for section, pattern in [*SECTIONS, *SENTENCES] if pattern.match(words)), "")


def _ends(words: str) -> bool:
    """Whether it reads "9 Dated 14 February 2026", "14 February 2026" or "Signed"."""
    return bool(SIGNED.match(words) or DATE_LINE.match(re.sub(r"^9[.)]?\s+", "", words)))


def is_heading(words: str) -> bool:
    return any(pattern.match(words) for _, pattern in SECTIONS)


def is_of_the_form(words: str) -> bool:
    """Whether a line is only a heading or a standard sentence of the form."""
    return bool(
        is_heading(words)
        or OF_THE_TOP.match(words)
        or OF_THE_FORM.match(words)
        or ((match := ARE_THESE.search(words)) and not words[match.end() :].strip())
        or ((match := SENT_TO.match(words)) and not words[match.end() :].strip())
    )
