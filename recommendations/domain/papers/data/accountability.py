"""Accountability meetings in a scrutiny report, as frozen values. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say


@dataclass(frozen=True, kw_only=True)
class PaperMeetingItem:
    """What was asked and answered about one item, the body's view with its reason, and how many actions were agreed.

    `asked` and `answered` are empty of a meeting that was not in public.
    """

    title: str
    asked: str = ""
    answered: str = ""
    view: str = ""
    why: str = ""
    agreed: int = 0

    @property
    def agreed_words(self) -> str:
        """ "2 actions were agreed.", or ""."""
        if not self.agreed:
            return ""
        return "1 action was agreed." if self.agreed == 1 else f"{self.agreed} actions were agreed."


@dataclass(frozen=True, kw_only=True)
class PaperMeeting:
    """A meeting of the period whose minutes are confirmed. `left_out` counts the restricted items."""

    title: str
    on: date
    in_public: bool = False
    items: tuple[PaperMeetingItem, ...] = ()
    left_out: int = 0

    @property
    def heading(self) -> str:
        """ "Accountability meeting, 12 November 2026, in public"."""
        return f"{self.title}, {say(self.on)}{', in public' if self.in_public else ''}"

    @property
    def left_out_words(self) -> str:
        if not self.left_out:
            return ""
        return f"{self.left_out} restricted {'item is' if self.left_out == 1 else 'items are'} left out."
