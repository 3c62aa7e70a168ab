"""Page 2 of the scrutiny report: the first lines of each list, with texts cut so that they fit the page."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.formats import date_format

from recommendations.documents.papers.second_page_room import (
    LESS,
    USUAL,
    SecondPageRoom,
    block_height,
    fits_on_page,
    half_of,
    longer_column,
    piece_heights,
    row_height,
)
from recommendations.domain.committees.paper_lines import PaperRequest
from recommendations.domain.papers.data.held import LookAhead
from recommendations.domain.papers.data.inspectorate import AheadLine
from recommendations.domain.papers.data.lines import Closed, Overdue, PaperDeadline, SinceLine
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.text.sentences import sentence
from recommendations.enums import Outcome

NARROW = "\N{NO-BREAK SPACE}"
AHEAD = 3
ASKED, ANSWERED = 200, 280
PLAN, WHY, EVIDENCE = 115, 110, 200  # characters; the full text is in the register, or with the closures


class Recovery(NamedTuple):
    """ "Forecast 31 Jan 2027.", and the force's latest text."""

    head: str
    words: str


class Worst(NamedTuple):
    item: Overdue
    deadline: str
    recovery: Recovery
    why: str


class AskedLine(NamedTuple):
    """A committee's request and its answer, both cut to fit page 2."""

    line: PaperRequest
    text: str
    answer: str


class SecondPage:
    """The second page of `figures`."""

    figures: Figures

    @property
    def room(self) -> SecondPageRoom:
        """How much of each list it shows. A paper of format 1 always showed the same."""
        if self.figures.format == 1 or not self.figures.front:
            return USUAL
        return next((room for room in (USUAL, *LESS) if self._fits(room)), LESS[-1])

    def _fits(self, room: SecondPageRoom) -> bool:
        blocks = self._blocks(room)
        if self.figures.format < 4:
            below = half_of(block_height(each) for each in blocks)
        else:
            below = longer_column([height for each in blocks for height in piece_heights(each)])
        return fits_on_page(self._rows(room), below)

    @property
    def worst(self) -> list[Worst]:
        """The longest overdue, in the order of the figures."""
        return self._worst(self.room.worst)

    def _worst(self, count: int) -> list[Worst]:
        return [
            Worst(item, deadline(item.deadline), recovery(item, self.figures.period_end), cut(item.why_moved, WHY))
            for item in self.figures.overdue[:count]
        ]

    @property
    def others_overdue(self) -> int:
        """How many overdue ones do not fit on the second page."""
        return max(len(self.figures.overdue) - self.room.worst, 0)

    @property
    def asked_lines(self) -> list[AskedLine]:
        """The committee's requests."""
        return self._cut_requests(self.room.asked)

    def _cut_requests(self, count: int) -> list[AskedLine]:
        if self.figures.format == 1:
            return [AskedLine(line, line.text, line.answer) for line in self.figures.requests]
        return [
            AskedLine(line, cut(line.text, ASKED), cut(line.answer, ANSWERED)) for line in self.figures.requests[:count]
        ]

    @property
    def asks_in_full(self) -> bool:
        """Whether the committee's requests are printed in full in a part of their own, because page 2 cuts them."""
        shown = [(each.text, each.answer) for each in self.asked_lines]
        whole = [(" ".join(each.text.split()), " ".join(each.answer.split())) for each in self.figures.requests]
        return self.figures.format > 1 and shown != whole

    @property
    def since(self) -> tuple[SinceLine, ...]:
        return (self.figures.since or ())[: self.room.since]

    @property
    def more_since(self) -> int:
        return len(self.figures.since or ()) - len(self.since)

    @property
    def ahead(self) -> tuple[AheadLine, ...]:
        """The announced inspections."""
        lines = self.figures.said_of_force.ahead if self.figures.said_of_force else ()
        return lines if self.figures.format == 1 else lines[:AHEAD]

    @property
    def more_ahead(self) -> int:
        return len(self.figures.said_of_force.ahead) - len(self.ahead) if self.figures.said_of_force else 0

    @property
    def since_in_full(self) -> bool:
        """Whether what came after the period, and what is ahead, have a part of their own, because page 2 cuts them."""
        return self.figures.format > 3 and bool(self.more_since or self.more_ahead or self.more_looks_ahead)

    @property
    def looks_ahead(self) -> tuple[LookAhead, ...]:
        """The first of the closures to be rechecked."""
        return self.figures.held.ahead[:AHEAD] if self.figures.held else ()

    @property
    def more_looks_ahead(self) -> int:
        return len(self.figures.held.ahead) - len(self.looks_ahead) if self.figures.held else 0

    @property
    def strongest(self) -> list[tuple[Closed, str]]:
        """Implemented ones with evidence: first those with which the source agrees, then in the order of the
        closures.
        """
        return self._strongest(self.room.strongest)

    def _strongest(self, count: int) -> list[tuple[Closed, str]]:
        shown = [item for item in self.figures.closed if item.outcome == Outcome.IMPLEMENTED.label and item.evidence]
        shown.sort(key=lambda item: not item.hmicfrs.endswith(" agrees"))
        return [(item, sentence(cut(item.evidence, EVIDENCE))) for item in shown[:count]]

    def _rows(self, room: SecondPageRoom) -> Iterator[float]:
        for each in self._worst(room.worst):
            item = each.item
            yield row_height(
                (
                    (item.reference, f"{item.heading}, p. 100", item.lead or "No lead named"),
                    (each.deadline, "from 30 Sep 2026", f"{item.days_over:,} days over"),
                    ("-", f"{item.moved_words}. {each.why}"),
                    (f"{each.recovery.head} {each.recovery.words}",),
                    (item.assurance or "No view yet", "30 Sep 2026"),
                )
            )

    def _blocks(self, room: SecondPageRoom) -> Iterator[list[str]]:
        """The paragraphs of each block below the table. Since format 4 what is ahead stays in one column."""
        questions = self.figures.front.questions if self.figures.front else ()
        if self.figures.requests:
            yield [
                f"{line.request_text_with_owner} {text}\n{answer or '-'}"
                for line, text, answer in self._cut_requests(room.asked)
            ]
        yield [self._since_words(room.since)]
        if self.figures.said_of_force:
            ahead = self._ahead_words()
            yield ["\n".join(ahead)] if self.figures.format > 3 else ahead
        if self.figures.format > 3 and self.looks_ahead:
            yield ["WM-0001 on 30 September 2026; " * AHEAD]
        yield self._strongest_words(room.strongest) or ["-"]
        yield [f"1. {each}" for each in questions] or ["-"]

    def _since_words(self, count: int) -> str:
        lines = [f"{short(line.on)}: {line.words}, {line.reference}." for line in self.figures.since or ()]
        return " ".join(("Listed, not counted.", *lines[:count], "And 10 more." if len(lines) > count else ""))

    def _ahead_words(self) -> list[str]:
        due = self.figures.next_response.inspection if self.figures.next_response else ""
        ahead = [f"{line.title}. {line.kind}. Expected {line.words}." for line in self.ahead]
        return [*(ahead or ["-"]), f"Response to {due}. Its last day is 30 September 2026."]

    def _strongest_words(self, count: int) -> list[str]:
        shown = self._strongest(count)
        return [f"{item.reference}, p. 100. {item.heading}. {words} {item.hmicfrs}." for item, words in shown]


def deadline(paper_deadline: PaperDeadline) -> str:
    """The day alone: "9 Sep 2023", "Immediate", "None given"."""
    if paper_deadline.kind == "immediate":
        return "Immediate"
    return short(paper_deadline.on) if paper_deadline.on else "None given"


def recovery(item: Overdue, end: datetime.date, *, whole: bool = False) -> Recovery:
    """The latest forecast, and the force's latest text, `whole` or cut. A forecast that had passed by the end of
    the period is no plan."""
    said = f" ({short(item.recovery_on).replace(' ', NARROW)})" if item.recovery_on else ""
    words = item.recovery.strip() if whole else cut(item.recovery, PLAN)
    words = f"{words}{said}" if item.recovery else ""
    if item.forecast_on is None:
        return Recovery("None: no forecast.", words)
    if item.forecast_on <= end:
        return Recovery(f"None: its forecast, {short(item.forecast_on)}, is over.", words)
    return Recovery(f"Forecast {short(item.forecast_on)}.", words)


def cut(text: str, length: int) -> str:
    """The text, or its beginning up to a whole word and "…"."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    whole = text[: length + 1].rpartition(" ")[0] or text[:length]
    return whole.rstrip(" .,;:") + " …"


def short(day: datetime.date) -> str:
    """A day in short: "7 Nov 2026"."""
    return date_format(day, "j M Y")
