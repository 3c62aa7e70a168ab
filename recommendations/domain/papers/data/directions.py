"""What directions enforce, in a scrutiny report, as frozen values. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say


@dataclass(frozen=True, kw_only=True)
class PaperDirection:
    """What a direction enforces at the period's end, and the day that it states."""

    reference: str
    direction: str
    due_on: date

    @property
    def words(self) -> str:
        """ "WM-0004 by 31 December 2026 (Direction on custody)"."""
        return f"{self.reference} by {say(self.due_on)} ({self.direction})"
