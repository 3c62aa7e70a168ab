"""The page that checks a round's spreadsheet: counts, rows, errors, lines left without an answer."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from recommendations.domain.rounds.sheets import (
    BOTH,
    EMPTY,
    FOREIGN,
    HEADINGS,
    NEW,
    OF_DELAY,
    SAME,
    WRONG,
    RowPlan,
    SheetPlan,
    as_words,
    causes_of,
)
from recommendations.models import UpdateRound

ROWS_A_PAGE = 100
SHOWS = {
    NEW: "new",
    BOTH: "with a newer draft",
    WRONG: "with a problem",
    SAME: "unchanged",
    EMPTY: "empty",
    FOREIGN: "not of this round",
}


@dataclass(frozen=True)
class RoundSheetRow:
    """A row in words: its values, and those of the draft that it would replace."""

    plan: RowPlan
    says: list[tuple[str, str]]
    theirs: list[tuple[str, str]]

    @property
    def does(self) -> str:
        return SHOWS[self.plan.does]


class RoundSheetPage:
    """What a spreadsheet would do. `params` is the query string."""

    def __init__(self, round: UpdateRound, plan: SheetPlan, params: QueryDict, *, is_forces: bool) -> None:
        self.round, self.plan, self.is_forces = round, plan, is_forces
        self.show = params.get("show", "") if params.get("show") in SHOWS else ""
        self.asked_page = params.get("page")

    @property
    def counts(self) -> list[tuple]:
        found = [("", len(self.plan.rows), "rows")]
        found += [(does, len(self.plan.doing(does)), words) for does, words in SHOWS.items()]
        return [(number, words, f"?show={does}", does == self.show) for does, number, words in found if number]

    @cached_property
    def page(self) -> Page[RowPlan]:
        rows = self.plan.doing(self.show) if self.show else self.plan.rows
        return Paginator(rows, ROWS_A_PAGE).get_page(self.asked_page)

    @property
    def query(self) -> str:
        return f"show={self.show}&" if self.show else ""

    @cached_property
    def rows(self) -> list[RoundSheetRow]:
        return [
            RoundSheetRow(row, *(_values_by_heading(row, each) for each in (row.values, row.theirs)))
            for row in self.page
        ]

    @property
    def new(self) -> int:
        return len(self.plan.doing(NEW))

    @property
    def both(self) -> list[RowPlan]:
        """The rows that conflict with a newer draft: the user chooses which to keep."""
        return self.plan.doing(BOTH)

    @property
    def staying_out(self) -> int:
        return len(self.plan.doing(WRONG))

    @property
    def wrong(self) -> list[str]:
        """The errors, each with its row and column."""
        return [f"Row {row.number}, {row.reference}: {why}" for row in self.plan.rows for why in row.why]


def _values_by_heading(row: RowPlan, values: dict | None) -> list[tuple[str, str]]:
    """The values of a draft or a row, by the spreadsheet's headings."""
    words = as_words(values, causes_of(row.line)) if values and row.line else {}
    return [((HEADINGS | OF_DELAY)[name], text) for name, text in words.items() if text]
