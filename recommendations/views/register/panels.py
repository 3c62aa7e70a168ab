"""The registries of what other subjects show on a record's page and on the register's page.

    @record_panel(Spot.FORM, 20, "promised", "commitments/of_recommendation.html")
    def promised(page: RecordPage) -> list[CommitmentRow]: ...

is all that it takes, in the module `panel` of the subject's folder in views: each of these is imported. The template
finds the value under its name in the page's context, and decides whether there is anything to print.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from recommendations.domain.register.entries import VoiceEntry
from recommendations.models import TrackedRecommendation, User
from recommendations.sections import Registry, Section
from recommendations.views.attachments.addresses import FilesShown
from recommendations.views.register.request_query import RegisterRequest


class Spot(StrEnum):
    """Where a panel is printed: three spots on a record's page, one on the register's."""

    TEXT = "text"  # below the report's words
    DATES = "dates"  # below the dates
    FORM = "form"  # below the form
    LIST = "list"  # among the filters of the list


@dataclass(frozen=True)
class RecordPage:
    """What a record's page has read before its panels. `day` is today in London, `words` the office's labels.

    `card_lines` are lines below the cards of the voices, by voice and entry, to which panels can add.
    """

    record: TrackedRecommendation
    user: User
    day: datetime.date
    entries: list[VoiceEntry]
    words: dict[str, dict[str, str]]
    files: FilesShown
    card_lines: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))


class PagePanel[Page](NamedTuple):
    """A value in the context of a page, and the template that prints it at each spot."""

    name: str
    templates: dict[Spot, str]
    read: Callable[[Page], Any]


type ReadRecord[Value] = Callable[[RecordPage], Value]
RECORD_PANELS: Registry[PagePanel[RecordPage]] = Registry("recommendations.views", "panel")
REGISTER_PANELS: Registry[PagePanel[RegisterRequest]] = Registry("recommendations.views", "panel")


def record_panel[Value](
    spot: Spot, place: int, name: str, template: str, section: Section | None = None
) -> Callable[[ReadRecord[Value]], ReadRecord[Value]]:
    """Register a function that reads what a record's page shows of a subject. Lower places come first."""

    def add(read: ReadRecord[Value]) -> ReadRecord[Value]:
        RECORD_PANELS.add(place, PagePanel(name, {spot: template}, read), section)
        return read

    return add


def context_of[Page](panels: Iterable[PagePanel[Page]], page: Page) -> dict[str, Any]:
    """What the panels add to a page's context: the value of each, and in `panels` the templates by spot, in order."""
    used = list(panels)
    templates = {spot: [each.templates[spot] for each in used if spot in each.templates] for spot in Spot}
    return {each.name: each.read(page) for each in used} | {"panels": templates}
