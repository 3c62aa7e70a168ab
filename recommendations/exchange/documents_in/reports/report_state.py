"""A report being read: what a response's reading has, and where the report stands in its lists and boxes."""

from collections.abc import Sequence

from recommendations.exchange.documents_in.items import LinePart
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import Rec
from recommendations.exchange.documents_in.reading_state import ReadingState
from recommendations.exchange.documents_in.recommendation_starts import RecommendationsHeading

OWN = "The report’s own text"
NOT_TAKEN = "reads as something asked, and was not taken for a recommendation"
DEEPEST = 7  # below every heading that a style makes one: bold type alone


type Style = tuple[str, int, str]  # of a line: its kind, its level, its bullet


class ReportReading(ReadingState):
    """A report being read: what has no other place is its own text."""

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
        """The recommendation that the lines belong to, while they do."""
        return self.state.rec if self.state.where == "rec" else None

    def is_whole(self, rec: Rec) -> bool:
        """Whether the text so far can end here; the bold line of a box ends without a full stop."""
        return rec.is_whole or rec is self.said_in_bold
