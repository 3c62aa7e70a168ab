"""The state of reading a document: its lines, the parts read so far, and the current position."""

from collections.abc import Sequence
from typing import Any

from recommendations.exchange.documents_in import footnotes
from recommendations.exchange.documents_in.disambiguation import DisambiguationState, Outlook
from recommendations.exchange.documents_in.items import LinePart, items_of
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.outline import without_outline
from recommendations.exchange.documents_in.parts import AROUND, UNPLACED, DocumentParts, LinePlace


class ReadingState:
    """The state shared by the readers (head, voices, recommendations, tables)."""

    def __init__(self, lines: Sequence[DocumentLine]) -> None:
        kept, numbers = without_outline(lines)
        self.items = items_of(kept)
        self.outlook = Outlook(self.items)
        self.marks = footnotes.marks_in(lines)
        self.parts = DocumentParts(places=[LinePlace(line, "Label", taken=(line.text,)) for line in numbers])
        self.state = DisambiguationState()

    def place(self, item: LinePart, where: str = "", **place: Any) -> bool:
        """Record where the line belongs. `taken` are words that only identify it. Always True: the line is done."""
        self.parts.places.append(LinePlace(item.line, where, **place))
        return True

    def take_heading(self) -> LinePlace | None:
        """Return the place of the pending heading, for the recommendation below it, or None."""
        heading, self.state.heading = self.state.heading, None
        if heading is None:
            return None
        return next(place for place in reversed(self.parts.places) if place.line is heading.line)

    def drop_heading(self) -> None:
        """Mark the pending heading as unplaced, if no recommendation took it."""
        if (place := self.take_heading()) is not None:
            self.parts.unplaced.append(place.line.text)
            place.where = UNPLACED

    def unplaced(self, item: LinePart) -> bool:
        self.parts.unplaced.append(item.printed)
        return self.place(item, UNPLACED)

    def around(self, item: LinePart, where: str = AROUND) -> bool:
        """Place a line of the letter, meeting or website that is not content. Always returns True."""
        return self.place(item, where, taken=(item.text,))
