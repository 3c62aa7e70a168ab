"""Read the IOPC's learning recommendations: its web pages, and its letters."""

import re
from collections.abc import Sequence

from recommendations.exchange.documents_in import letter_boilerplate
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.asking import reads_as_answer
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.asked import AskedReading
from recommendations.exchange.documents_in.sources.labels import Labelled, LabelVocabulary
from recommendations.exchange.documents_in.sources.state import day_in
from recommendations.exchange.documents_in.vocabulary import plain

LABELS = LabelVocabulary(
    {
        "number": r"(?:rec(?:ommendation)?)?\.? ?(?:no|number|ref)\.?|#",
        "made": r"(?:date (?:of |the )?(?:recommendations?|letter)(?: (?:was |were )?(?:made|sent|issued))?"
        r"|recommendations? (?:made|issued|sent)(?: on)?|date (?:made|issued|sent))",
        "answer_by": r"(?:date )?(?:your )?(?:response|reply) (?:is )?(?:due|required|date)(?: by| date)?"
        r"|date response (?:is )?due"
        r"|respond by|deadline for (?:your )?response",
        "reference": r"(?:our |IOPC )?(?:case |investigation )?ref(?:erence)?\.?(?: number| no\.?)?",
        "to": r"(?:force|organisation|appropriate authority|recommendations? (?:made )?to|made to|addressed to"
        r"|force or organisation|police force)",
        "site": r"published(?: on| date)?|date published|recommendation type|theme|topic|tags|categories"
        r"|related (?:content|links)",
        "answer": r"(?:does the force|do you) accept (?:the|this) recommendation|accepted(?: action)?|accepted or not"
        r"|(?:force|organisation(?:'s)?|chief constable's|your|their|police)? ?(?:response|action (?:taken"
        r"|to be taken|plan)"
        r"|actions taken)(?: to (?:the|this) recommendation)?"
        r"|(?:reasons? for )?not accept(?:ed|ing)(?: the recommendation)?|update",
        "reason": r"(?:reason|rationale|why we made this|background|summary|context|case summary"
        r"|what happened)(?: for (?:the|this) recommendation)?",
        "asked": r"(?:(?:paragraph 28A|section 10|statutory|IOPC|organisational|local|national|learning"
        r"|quick[- ]time)(?: learning)? )*"
        r"recommendations?(?: text)?",
    },
    order=("number", "asked", "to", "answer", "reason"),
)
RECOMMENDS = re.compile(
    r"^(?:(?:the )?IOPC|(?:the )?Independent Office for Police Conduct(?: \(IOPC\))?|we|I|the Director General)"
    r"(?: also| therefore| further)* recommends?\b",
    re.IGNORECASE,
)
BECAUSE = re.compile(
    r"^(?:(?:the )?IOPC|we|this|these|I)\b.{0,40}\b(?:made? th(?:is|ese) recommendations?|follows?\b|because\b"
    r"|comes? from)"
    r"|^(?:th(?:is|e) recommendation|recommendation \d+) (?:follows|was made|is made|comes|arises)",
    re.IGNORECASE,
)
BASES = [
    ("28A", re.compile(r"\bparagraph 28A\b|\b28A (?:of|recommendation)", re.IGNORECASE)),
    ("section 10", re.compile(r"\bsection 10\b", re.IGNORECASE)),
]
ACCEPTS = re.compile(
    r"^(?:(?:fully |partially |partly |not )?(?:accepted|agreed)\b[.,;: -]|accepted\.?$"
    r"|(?:(?:the )?(?:force|constabulary|chief constable)|(?-i:(?:[A-Z][\w'-]+ ){1,4}(?:Police|Constabulary|Service)))"
    r" (?:fully |partially |partly )?(?:accepts?|agrees?|does not accept|do not accept|welcomes?)\b)",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:respond|response|reply|provide)\b.{0,160}\b(?:by|before|no later than)\b", re.IGNORECASE)
TITLE = re.compile(r"\brecommendations?\b|\blearning\b", re.IGNORECASE)
SUBJECT = re.compile(r"^(?:re|subject)\s*:\s*", re.IGNORECASE)
MASTHEAD = re.compile(
    r"^(?:independent office for police conduct(?: \(IOPC\))?|IOPC|official(?:-sensitive)?)$", re.IGNORECASE
)
REFERENCE = re.compile(r"\b(?:20\d\d/\d{4,7}(?:/\d{1,3})?)\b")
NAMED_TO = re.compile(r"^[-–—:\s]*(?P<to>(?:the )?[A-Z][\w&'’() -]{2,80})$")
WITHIN = 40
LONGEST_TITLE = 160


def read_iopc(lines: Sequence[DocumentLine]) -> AskedReading:
    """Return the recommendations of a page or letter, with the force's answer to each."""
    reading = IopcReading()
    reading.is_from_a_force = letter_boilerplate.answers_for_a_force([line.text for line in lines])
    reading.read(lines)
    texts = [plain(line.text) for line in lines]
    basis = next((name for name, pattern in BASES if any(pattern.search(text) for text in texts)), "")
    found = next((match[0] for text in texts if (match := REFERENCE.search(text))), "")
    reading.set(source="iopc", basis=basis, reference=found)
    for rec in reading.parts.recs:
        rec.addressees = rec.addressees or _addressees(rec.stem[0] if rec.stem else "")
    return reading


def _addressees(text: str) -> list[str]:
    """Return the addressees: "Westmarch Police" from "The IOPC recommends that Westmarch Police reviews"."""
    return find_addressees(RECOMMENDS.sub("We recommend", plain(text), count=1))


def _names_itself(each: Labelled) -> bool:
    """Whether a line reads as the title: a heading, or a short line that mentions recommendations."""
    line = each.line
    if each.begins and (each.role != "asked" or each.number or not each.rest):
        return False
    if line.kind == "heading" and line.level == 1:
        return True
    return bool(TITLE.search(line.text)) and len(line.text) <= LONGEST_TITLE and line.text[-1] not in ".:;,?"


class IopcReading(AskedReading):
    """Reads an IOPC document: recommendations may have no label, and their reasons follow."""

    def __init__(self) -> None:
        super().__init__(LABELS)
        self.closing = False
        self.is_from_a_force = False

    def take(self, each: Labelled) -> None:
        line, words = each.line, plain(each.rest or each.line.text)
        if self._place_letter_line(each) or self._title(each) or self._day_to_answer(each):
            return
        if RECOMMENDS.match(words) and self.role != "answer":
            self._recommends(each)
        elif BECAUSE.match(words) and self.role == "asked" and self.rec is not None and self.rec.stem:
            self.role = "reason"
            self.own(line)
        elif self._accepts(each, words):
            self.role = "answer"
            self._answer(each)
        elif each.role == "asked" and each.rest and self._names_whom(each):
            return
        elif each.role == "asked" and not each.number and not each.rest:
            self.role, self.rec = "own", None
            self.label(line)
        else:
            self._day_in_sentence(words)
            super().take(each)

    def _site(self, each: Labelled) -> None:
        self.own(each.line)
        self.role = "own" if each.rest else self.role

    def _recommends(self, each: Labelled) -> None:
        """Start a recommendation at "The IOPC recommends that …", unless its number has started it."""
        taken = (each.taken,) if each.taken else ()
        if self.rec is None or self.rec.stem or each.number:
            self._begin(each.number)
        assert self.rec is not None
        self.role = "asked"
        self.add(self.rec, each.line, each.rest, taken)

    def _accepts(self, each: Labelled, words: str) -> bool:
        """Whether the force answers below a recommendation without a label: in its own letter it says "We accept"."""
        rec = self.rec
        if self.role != "asked" or each.begins or rec is None or not rec.is_whole_before(each.line.text):
            return False
        return bool(ACCEPTS.match(words) or (self.is_from_a_force and reads_as_answer(words)))

    def _names_whom(self, each: Labelled) -> bool:
        """Read "Recommendation 1 – Westmarch Police" above the recommendation."""
        match = NAMED_TO.match(plain(each.rest))
        if match is None or not each.number:
            return False
        self._begin(each.number)
        assert self.rec is not None
        self.rec.addressees.append(match["to"])
        self.role = "asked"
        self.place(each.line, "Directed to", rec=self.rec, taken=(each.line.text,))
        return True

    def _title(self, each: Labelled) -> bool:
        """Read the title: the first heading, or a letter's subject line."""
        line = each.line
        if self.parts.title or self.parts.recs or line.number > WITHIN or line.cell:
            return False
        subject = SUBJECT.match(line.text)
        if not subject and (MASTHEAD.match(plain(line.text)) or not _names_itself(each)):
            return False
        self.parts.title.append(line.text[subject.end() :] if subject else line.text)
        self.place(line, "Title", taken=(subject[0].strip(),) if subject else ())
        return True

    def _place_letter_line(self, each: Labelled) -> bool:
        """Place a letter's address, salutation and signature. A sentence or a recommendation below it is none."""
        line, words = each.line, plain(each.line.text)
        self.closing = self.closing and not (each.role == "asked" and each.number)
        if letter_boilerplate.SIGN_OFF.match(words):
            self.closing = True
        if self.closing and not letter_boilerplate.is_of_a_letter(line.text):
            self.own(line)
            return True
        if self.closing or letter_boilerplate.is_salutation(line.text):
            self.place(line, "Signature" if self.closing else "Address or greeting", taken=(line.text,))
            return True
        alone = letter_boilerplate.DATE_LINE.match(words)
        if alone and not self.parts.recs and self.role == "own":
            self.set(made_on=day_in(words))
            self.place(line, "Published", taken=(line.text,))
            return True
        return False

    def _day_in_sentence(self, words: str) -> None:
        if (
            self.role not in ("asked", "answer")
            and (match := BY.search(words))
            and (day := day_in(words[match.start() :]))
        ):
            self.set(answer_by=day)
