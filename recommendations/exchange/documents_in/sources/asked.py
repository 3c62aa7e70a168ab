"""Read what a labelled document asks: recommendations with number, priority, answer, owner and day.

Shared by IOPC letters and audit reports, which have their own labels (iopc.py, audit.py).
"""

import re
from collections.abc import Sequence

from recommendations.exchange.documents_in.asking import SENTENCES, says_when_to_answer
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import Rec
from recommendations.exchange.documents_in.sources.labels import Labelled, LabelVocabulary
from recommendations.exchange.documents_in.sources.state import DAY, SourceReading, day_in
from recommendations.exchange.documents_in.vocabulary import RECOMMENDATION, plain

BARE_NUMBER = re.compile(
    r"^(?:(?:rec(?:ommendation)?|action"
    r"|finding)\.? ?)?(?P<number>(?:[A-Z]{1,3}[ -]?)?\d{1,4}(?:\.\d{1,3})*[a-z]?)[.)]?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^(?P<words>\(?(?P<number>(?:R|MA|A)?\d{1,3}(?:\.\d{1,3})*)[.):]\)?)\s+(?=\S)")


class AskedReading(SourceReading):
    """Reads a document with labels, line by line."""

    def __init__(self, vocabulary: LabelVocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.role = "own"
        self.waiting: list[Labelled] = []  # number and priority before the recommendation
        self.row: tuple[int, int] | None = None
        self.finding = ""
        self.findings_first = False

    def read(self, lines: Sequence[DocumentLine]) -> None:
        walked = self.vocabulary.walk(lines)
        roles = [each.role for each in walked if each.role in ("finding", "asked") and each.row is None]
        self.findings_first = roles[:1] == ["finding"]
        for each in walked:
            if not self.margin(each.line):
                self.take(each)
        self.let_go()
        self.finish(lines)

    # -- one line

    def take(self, each: Labelled) -> None:
        if self._day_to_answer(each):
            return
        self._turn(each)
        if each.begins and each.line.kind == "heading" and each.role == "finding":
            self.finding = each.number
        getattr(self, f"_{self.role}", self._aside)(each)

    def _day_to_answer(self, each: Labelled) -> bool:
        """Read "Please respond to these recommendations by 12 May 2026", which is no recommendation's deadline."""
        sentences = [sentence for sentence in SENTENCES.split(each.line.text) if says_when_to_answer(sentence)]
        day = next(filter(None, map(day_in, sentences)), None)
        if each.row is None:
            self.set(answer_by=day)
        if each.begins or each.row is not None or day is None or self._asks_first(each.line.text):
            return False
        self.role, self.rec = "own", None
        self.place(each.line, "Answer by", taken=(each.line.text,))
        return True

    @staticmethod
    def _asks_first(text: str) -> bool:
        """Whether another sentence, which may be a recommendation, stands before the one about when to answer."""
        return not says_when_to_answer(SENTENCES.split(text)[0])

    def _turn(self, each: Labelled) -> None:
        """Set the role of the lines from here on."""
        if each.row != self.row:
            self.row = each.row
            self.role = "own" if each.row is None else self.role
            self.rec = None if each.row is None else self.rec
        if each.begins:
            self.role = each.role
            if each.role == "finding" and each.row is None and self.findings_first:
                self.rec = None
                self.finding = each.number or self.finding
        elif each.line.kind == "heading" and each.line.level:
            self.role, self.rec = "own", None

    def _aside(self, each: Labelled) -> None:
        if each.taken and not each.rest:
            self.label(each.line)
        else:
            self.own(each.line)

    def _number(self, each: Labelled) -> None:
        self._wait(each)

    def _wait(self, each: Labelled) -> None:
        self.waiting.append(each)
        self.rec = None

    def let_go(self) -> None:
        """Place lines held back for a recommendation that never came as the document's own text."""
        for each in self.waiting:
            self.own(each.line)
        self.waiting = []

    # -- recommendations

    def _asked(self, each: Labelled) -> None:
        text, taken = each.rest, (each.taken,) if each.taken else ()
        number = each.number
        if each.begins and not number and (match := NUMBERED.match(text)):
            number, text, taken = match["number"], text[match.end() :], (*taken, match["words"])
        if self._is_another(each, number):
            self._begin(number)
        assert self.rec is not None
        if each.taken and not text:
            self.place(each.line, rec=self.rec, taken=(each.line.text,))
        else:
            self.add(self.rec, each.line, text, taken)

    def _is_another(self, each: Labelled, number: str) -> bool:
        """Whether the line starts another recommendation. A row without a number continues the one above."""
        if self.rec is None:
            return not (each.row and self._goes_on_above(each))
        if each.row is not None:
            return each.begins and bool(number)
        return each.begins

    def _goes_on_above(self, each: Labelled) -> bool:
        last = self.parts.recs[-1] if self.parts.recs else None
        if last is None or self.waiting or not last.number or last.is_whole_before(each.rest) or each.number:
            return False
        self.rec = last
        return True

    def _begin(self, number: str) -> None:
        number = number or self._number_that_waits() or self._number_of_finding()
        rec = self.begin(RECOMMENDATION, number)
        for each in self.waiting:
            if each.role == "priority" or self._is_priority(each):
                self._give_priority(rec, each)
            else:
                self.place(each.line, rec=rec, taken=(each.line.text,))
        self.waiting = []

    def _number_that_waits(self) -> str:
        found = (BARE_NUMBER.match(plain(each.rest)) for each in self.waiting if each.role in ("number", ""))
        return next((match["number"] for match in found if match), "")

    def _number_of_finding(self) -> str:
        taken = {rec.number for rec in self.parts.recs}
        return self.finding if self.finding not in taken else ""

    @staticmethod
    def _is_priority(each: Labelled) -> bool:
        return each.role == "" and not BARE_NUMBER.match(plain(each.rest))

    # -- facts about a recommendation

    def _give_priority(self, rec: Rec, each: Labelled) -> None:
        rec.priority = f"{rec.priority} {each.rest}".strip()
        self.place(each.line, "Priority", rec=rec, taken=(each.line.text,))

    def _priority(self, each: Labelled) -> None:
        if self.rec is None or (self.rec.priority and each.begins):
            self._wait(each)
        else:
            self._give_priority(self.rec, each)

    def _due(self, each: Labelled) -> None:
        if self.rec is None:
            self._aside(each)
            return
        self.rec.deadline_words = f"{self.rec.deadline_words} {each.rest}".strip()
        self.place(each.line, "Deadline", rec=self.rec, taken=(each.line.text,))

    def _owner(self, each: Labelled) -> None:
        if self.rec is None:
            self._aside(each)
            return
        if DAY.search(plain(each.rest)):
            self._owner_due(each)
            return
        if each.rest:
            self.rec.addressees.append(each.rest)
        self.place(each.line, "Directed to", rec=self.rec, taken=(each.line.text,))

    def _owner_due(self, each: Labelled) -> None:
        """Read "Head of ICT, 31 March 2026" in one cell."""
        days = [*DAY.finditer(plain(each.rest))] if self.rec else []
        if self.rec is None or not days:
            self._owner(each)
            return
        owner = each.rest[: days[0].start()].strip(" ,–—-:;/(")
        self.rec.deadline_words = f"{self.rec.deadline_words} {each.rest[days[0].start() :]}".strip(" )")
        self.rec.addressees += [owner] if owner else []
        self.place(each.line, "Deadline", rec=self.rec, taken=(each.line.text,))

    def _answer(self, each: Labelled) -> None:
        if self.rec is None:
            self._aside(each)
            return
        if each.rest:
            self.rec.force.append(each.rest)
        taken = (each.taken,) if each.taken else ()
        self.place(each.line, "Chief officer", rec=self.rec, taken=taken)

    # -- facts about the document

    def _reference(self, each: Labelled) -> None:
        self._record_document_fact(each, "Reference", reference=each.rest)

    def _made(self, each: Labelled) -> None:
        self._record_document_fact(each, "Published", made_on=day_in(each.rest))

    def _answer_by(self, each: Labelled) -> None:
        self._record_document_fact(each, "Answer by", answer_by=day_in(each.rest))

    def _to(self, each: Labelled) -> None:
        self._record_document_fact(each, "Directed to", addressees=(each.rest,) if each.rest else ())

    def _record_document_fact(self, each: Labelled, where: str, **facts: object) -> None:
        """Record a fact about the document. Any lines after its value are the document's own text."""
        self.set(**facts)
        self.place(each.line, where, taken=(each.line.text,))
        if each.rest:
            self.role = "own"
