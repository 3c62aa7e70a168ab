"""The result of reading a response or a report: its parts as printed, and the place of each line."""

from dataclasses import dataclass
from datetime import date

from recommendations.deadlines import Deadline
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.vocabulary import RECOMMENDATION


@dataclass(frozen=True)
class ReadFootnote:
    mark: str
    text: str


@dataclass(frozen=True)
class ReadRecommendation:
    """A recommendation as printed. `label` is unique: "1", "AFI 3". One without a number has the next that is free.

    `text` is verbatim, without the parts, which are in `limbs`. `comment` is everything that answers it, even if that
    also answers others. `chief_officer_comments` are the force's or chief officer's words on it, separate from the
    comment.
    """

    number: str
    kind: str
    heading: str
    text: str
    limbs: tuple[str, ...]
    addressees: tuple[str, ...]
    deadline: Deadline
    comment: str
    label: str
    chief_officer_comments: str = ""
    cause: str = ""
    priority: str = ""

    @property
    def name(self) -> str:
        """ "Recommendation 1", "AFI 3"."""
        return f"Recommendation {self.label}" if self.kind == RECOMMENDATION else self.label


@dataclass(frozen=True)
class ReadComment:
    """The office's comment on the recommendations with these labels."""

    answers: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Placed:
    """A line, or part of one, and where it was placed: in words, and for JSON as kind and recommendation labels.

    `taken` are words not repeated in its part. `doubt` says why it might belong elsewhere.
    """

    line: DocumentLine
    where: str
    taken: tuple[str, ...] = ()
    kind: str = ""
    of: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class ReadSource:
    """What a document of a source other than HMICFRS says about itself; empty if it does not.

    `source` is "iopc", "coroner" or "audit", and `basis` the law that the document names: "28A", "section 10",
    "regulation 28". `made_on` starts the clock; `answer_by` is the last day as printed.
    """

    source: str = ""
    basis: str = ""
    reference: str = ""
    made_on: date | None = None
    answer_by: date | None = None
    addressees: tuple[str, ...] = ()
    responds_to: date | None = None


@dataclass(frozen=True)
class ReadResponse:
    """A whole response, or a report in the same form.

    `published_on` is the report's day and `responded_on` the response's, if the document gives them. `unaccounted`
    lists words without a place.
    """

    title: str
    inspectorate: str
    kind: str
    body: str
    narrative: tuple[str, ...]
    footnotes: tuple[ReadFootnote, ...]
    recommendations: tuple[ReadRecommendation, ...]
    comments: tuple[ReadComment, ...]
    chief_officer_comments: str
    reply: str
    unplaced: tuple[str, ...]
    placed: tuple[Placed, ...]
    published_on: date | None = None
    responded_on: date | None = None
    unaccounted: tuple[str, ...] = ()
    source: ReadSource = ReadSource()

    @property
    def doubts(self) -> list[Placed]:
        """The lines that might belong elsewhere."""
        return [placed for placed in self.placed if placed.doubt]
