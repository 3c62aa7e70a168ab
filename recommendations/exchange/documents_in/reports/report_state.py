"""The state of reading a report: that of a response, and the position in the report's lists and boxes."""

from collections.abc import Sequence

from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import RecommendationsHeading

OWN = "The report’s own text"
NOT_TAKEN = "reads as something asked, and was not taken for a recommendation"
DEEPEST = 7  # below any styled heading: only bold


type Style = tuple[str, int, str]  # a line's kind, level and bullet


class ReportReading(ReadingState):
    """The state of reading a report. Lines without another place are its own text."""

    def __init__(self, lines: Sequence[DocumentLine]) -> None:
        super().__init__(lines)
        self.section: RecommendationsHeading | None = None
        self.level = DEEPEST
        self.style: Style | None = None
        self.deadline = ""
        self.in_contents = False
        self.said_in_bold: Rec | None = None
        self.concern: Rec | None = None
        self.to_each = False
        self.headlines = False

    def unplaced(self, item: LinePart) -> bool:
        return self.place(item, OWN)

    @property
    def rec(self) -> Rec | None:
        """The current recommendation, or None."""
        return self.state.rec if self.state.where == "rec" else None

    def is_whole(self, rec: Rec, following: str) -> bool:
        """Whether the text so far can be complete before this text. The bold line of a box needs no full stop."""
        return rec is self.said_in_bold or rec.is_whole_before(following)
