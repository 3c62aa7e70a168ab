"""A document being read: its lines, what has been read of it, and where the reading stands."""

from collections.abc import Sequence
from typing import Any

from recommendations.exchange.documents_in import footnotes
from recommendations.exchange.documents_in.disambiguation import DisambiguationState, Outlook
from recommendations.exchange.documents_in.items import LinePart, items_of
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.parts import UNPLACED, DocumentParts, LinePlace


class ReadingState:
    """What the readers (head, voices, asks, tables) share."""

    def __init__(self, lines: Sequence[DocumentLine]) -> None:
        self.items = items_of(list(lines))
        self.outlook = Outlook(self.items)
        self.marks = footnotes.marks_in(lines)
        self.parts = DocumentParts()
        self.state = DisambiguationState()

    def place(self, item: LinePart, where: str = "", **place: Any) -> bool:
        """Says where the line went. taken= are its words that say what it is. Always True: the line is taken."""
        self.parts.places.append(LinePlace(item.line, where, **place))
        return True

    def let_go_of_heading(self) -> None:
        """A heading that no recommendation took has no place."""
        if self.state.heading is not None:
            self.parts.unplaced.append(self.state.heading.text)
            place = next(place for place in self.parts.places if place.line is self.state.heading.line)
            place.where, self.state.heading = UNPLACED, None

    def unplaced(self, item: LinePart) -> bool:
        self.parts.unplaced.append(item.printed)
        return self.place(item, UNPLACED)
