"""A scrutiny report as web pages: the same text as its PDF, from the same figures and templates.
The first page has everything except a long register, which is paginated. An entry keeps its address.
"""

import functools
from dataclasses import dataclass
from typing import ClassVar

from django.core.paginator import Page, Paginator

from recommendations.documents.papers.document import EntriesPart, ScrutinyPaper, anchor
from recommendations.domain.papers.data.lines import RegisterEntry

ENTRIES = 50  # a page


@dataclass(frozen=True, kw_only=True)
class PaperPage(ScrutinyPaper):
    """One page of a paper. `number` is the page; the two addresses are those of its register as files."""

    number: int | str = 1
    spreadsheet_url: str = ""
    csv_url: str = ""
    is_page: ClassVar[bool] = True

    @functools.cached_property
    def page(self) -> Page[RegisterEntry]:
        """The entries of this page. A number out of range gives the nearest page."""
        return Paginator(self.figures.entries, ENTRIES).get_page(self.number)

    @property
    def is_first(self) -> bool:
        return self.page.number == 1

    @property
    def anchors(self) -> dict[str, str]:
        """Reference → the address of its entry, which may be on another page."""
        return {
            entry.reference: f"{self._page_with(place)}#{anchor(entry.reference)}"
            for place, entry in enumerate(self.figures.entries)
        }

    def _page_with(self, place: int) -> str:
        number = place // ENTRIES + 1
        return "" if number == self.page.number else f"?page={number}"

    @property
    def register(self) -> list[EntriesPart]:
        """The parts with the entries of this page. The counts of a part cover all its entries."""
        shown, found, before = self.page, [], 0
        for part in self.figures.register:
            first, after = max(shown.start_index() - 1 - before, 0), max(shown.end_index() - before, 0)
            if entries := part.entries[first:after]:
                found.append(EntriesPart(part, [self._line(entry) for entry in entries]))
            before += len(part.entries)
        return found


def paper_page(paper: ScrutinyPaper, *, number: int | str, spreadsheet_url: str, csv_url: str) -> PaperPage:
    """One page of a paper."""
    return PaperPage(**vars(paper), number=number, spreadsheet_url=spreadsheet_url, csv_url=csv_url)
