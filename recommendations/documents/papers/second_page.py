"""Page 2 of the scrutiny report: few lines of each list, and texts that are cut so that they stay few."""

import datetime
from typing import NamedTuple

from django.utils.formats import date_format

from recommendations.domain.papers.data.lines import Closed, Overdue, PaperDeadline, SinceLine
from recommendations.domain.papers.data.paper import Figures
from recommendations.enums import Outcome

WORST, STRONGEST, SINCE = 5, 3, 8
NARROW = "\N{NO-BREAK SPACE}"
PLAN, WHY, EVIDENCE = 115, 110, 200  # characters; the whole text stands in the register, or with the closures


class Recovery(NamedTuple):
    """ "Forecast 31 Jan 2027.", and what the force said last."""

    head: str
    words: str


class Worst(NamedTuple):
    item: Overdue
    deadline: str
    recovery: Recovery
    why: str


class SecondPage:
    """What the second page shows of `figures`."""

    figures: Figures

    @property
    def worst(self) -> list[Worst]:
        """The longest overdue, as the figures have them."""
        return [
            Worst(item, deadline(item.deadline), recovery(item, self.figures.period_end), cut(item.why_moved, WHY))
            for item in self.figures.overdue[:WORST]
        ]

    @property
    def others_overdue(self) -> int:
        """How many overdue ones the second page has no room for."""
        return max(len(self.figures.overdue) - WORST, 0)

    @property
    def since(self) -> tuple[SinceLine, ...]:
        return (self.figures.since or ())[:SINCE]

    @property
    def more_since(self) -> int:
        return len(self.figures.since or ()) - len(self.since)

    @property
    def strongest(self) -> list[tuple[Closed, str]]:
        """Implemented, with evidence: first those with which HMICFRS agrees, then in the order of the closures."""
        shown = [item for item in self.figures.closed if item.outcome == Outcome.IMPLEMENTED.label and item.evidence]
        shown.sort(key=lambda item: item.hmicfrs != "HMICFRS agrees")
        return [(item, cut(item.evidence, EVIDENCE)) for item in shown[:STRONGEST]]


def deadline(of: PaperDeadline) -> str:
    """The day alone: "9 Sep 2023", "Immediate", "None given"."""
    if of.kind == "immediate":
        return "Immediate"
    return short(of.on) if of.on else "None given"


def recovery(item: Overdue, end: datetime.date) -> Recovery:
    """The latest forecast, and the force's latest words. A forecast that was over by the period's end is no plan."""
    said = f" ({short(item.recovery_on).replace(' ', NARROW)})" if item.recovery_on else ""
    words = f"{cut(item.recovery, PLAN)}{said}" if item.recovery else ""
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
    """A day in a narrow place: "7 Nov 2026"."""
    return date_format(day, "j M Y")
