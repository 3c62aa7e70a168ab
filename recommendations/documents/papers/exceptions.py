"""The overdue items one by one, each with its time strip; and the outcome of those overdue last time."""

from typing import NamedTuple

from recommendations.documents.formats.svg import Drawing
from recommendations.documents.papers.entry_text import dates
from recommendations.documents.papers.second_page import Recovery, SecondPage, recovery, short
from recommendations.documents.papers.time_strips import axis_of, draw_key, draw_strip
from recommendations.domain.papers.data.lines import Overdue, RegisterEntry, WasOverdue
from recommendations.domain.text.sentences import sentence
from recommendations.periods import say, say_days


class OverdueItem(NamedTuple):
    """An overdue item. `facts` and `days` are printed side by side; `view` is the office's view with its day."""

    item: Overdue
    rag: str
    rag_word: str
    facts: str
    days: str
    dates: str
    strip: Drawing
    why: str
    recovery: Recovery
    view: str


class BecameGroup(NamedTuple):
    """The items with one of page 1's outcomes ("Moved, still overdue: 4"), by number; the heading is "" before
    format 3."""

    heading: str
    lines: list[WasOverdue]


class ExceptionsPage(SecondPage):
    """The pages about overdue items of `figures`; papers of format 1 lack them."""

    @property
    def by_exception(self) -> bool:
        """Whether the overdue items are printed one by one, with the outcome of earlier ones."""
        return self.figures.format > 1 and bool(self.figures.overdue or self.figures.was_overdue)

    @property
    def lists_overdue(self) -> bool:
        """Whether all overdue items are listed in a part of their own."""
        if self.figures.format > 1:
            return self.by_exception or not self.figures.front
        return bool(self.others_overdue or not self.figures.front)

    @property
    def exceptions(self) -> list[OverdueItem]:
        """The overdue items, the longest first."""
        axis = axis_of(self.figures.overdue, self.figures.period_end)
        entries = {entry.reference: entry for entry in self.figures.entries}
        return [self._item(item, entries.get(item.reference), draw_strip(item, axis)) for item in self.figures.overdue]

    @property
    def strips_key(self) -> Drawing:
        return draw_key(short(self.figures.period_end))

    @property
    def became_groups(self) -> list[BecameGroup]:
        """The outcome of each item that was overdue when the period opened, in the order of page 1."""
        lines = self.figures.was_overdue
        if self.figures.last_overdue is None:
            return [BecameGroup("", list(lines))]
        groups = [
            BecameGroup(f"{counted.label}: {counted.count}", [line for line in lines if line.group == counted.label])
            for counted in self.figures.last_overdue
        ]
        return [group for group in groups if group.lines]

    @property
    def became_words(self) -> str:
        """How many were overdue when the period opened, and how many of them still are."""
        shown, lines = self.figures.then_and_now, self.figures.was_overdue
        still = sum(line.became == "Still overdue" for line in lines)
        unnamed = shown.overdue_then - len(lines)
        left = f" {unnamed} moved to the closed paper." if unnamed else ""
        return f"Overdue on {say(self.figures.opening_on)}: {shown.overdue_then}. Still overdue: {still}.{left}"

    def _item(self, item: Overdue, entry: RegisterEntry | None, strip: Drawing) -> OverdueItem:
        day = f", {short(item.assurance_on)}" if item.assurance_on else ""
        return OverdueItem(
            item,
            entry.rag if entry else "",
            entry.rag_word if entry else "",
            f"{item.inspection}, {item.label}.",
            f"{say_days(item.days_over)} over.",
            sentence(dates(item)),
            strip,
            sentence(item.why_moved),
            recovery(item, self.figures.period_end, whole=True),
            f"{item.assurance}{day}." if item.assurance else "No view yet.",
        )
