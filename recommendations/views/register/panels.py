"""The registries of what other subjects show on a record's page, as panels or tabs, and on the register's page.

    @record_tab(20, "files", "Files", "attachments/on_record.html")
    def files(page: RecordPage) -> FilesTab | None: ...

is all that it takes, in the module `panel` of the subject's folder in views: each of these is imported. The template
of a panel finds the value under the panel's name in the page's context, and that of a tab under `content`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from recommendations.domain.register.entries import VoiceEntry
from recommendations.models import TrackedRecommendation, User
from recommendations.sections import Registry, Section
from recommendations.views.attachments.addresses import FilesShown
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.tracked_panels import NOTE


class Spot(StrEnum):
    """Where a panel is printed: one spot on a record's page, one on the register's."""

    DATES = "dates"  # below the dates
    LIST = "list"  # among the filters of the list


@dataclass(frozen=True)
class RecordPage:
    """What a record's page has read before its panels. `day` is today in London, `words` the office's labels.

    `tab` is the key of the tab that the address asks for, or "". `card_lines` are lines below the cards of the voices,
    by voice and entry, to which panels and tabs can add.
    """

    record: TrackedRecommendation
    user: User
    day: datetime.date
    entries: list[VoiceEntry]
    words: dict[str, dict[str, str]]
    files: FilesShown
    tab: str = ""
    card_lines: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))


class PagePanel[Page](NamedTuple):
    """A value in the context of a page, and the template that prints it at each spot."""

    name: str
    templates: dict[Spot, str]
    read: Callable[[Page], Any]


class TabContent(Protocol):
    """What a tab shows. `number` stands beside its label."""

    @property
    def number(self) -> int: ...


class RecordTab(NamedTuple):
    """A tab of a record's page, beside "What happened". `read` returns None where this user has no such tab."""

    key: str
    label: str
    template: str
    read: Callable[[RecordPage], TabContent | None]


type ReadRecord[Value] = Callable[[RecordPage], Value]
RECORD_PANELS: Registry[PagePanel[RecordPage]] = Registry("recommendations.views", "panel")
RECORD_TABS: Registry[RecordTab] = Registry("recommendations.views", "panel")
REGISTER_PANELS: Registry[PagePanel[RegisterRequest]] = Registry("recommendations.views", "panel")


def record_panel[Value](
    spot: Spot, place: int, name: str, template: str, section: Section | None = None
) -> Callable[[ReadRecord[Value]], ReadRecord[Value]]:
    """Register a function that reads what a record's page shows of a subject. Lower places come first."""

    def add(read: ReadRecord[Value]) -> ReadRecord[Value]:
        RECORD_PANELS.add(place, PagePanel(name, {spot: template}, read), section)
        return read

    return add


def record_tab[Content: TabContent | None](
    place: int, key: str, label: str, template: str, section: Section | None = None
) -> Callable[[ReadRecord[Content]], ReadRecord[Content]]:
    """Register a function that reads a tab of a record's page. Lower places come first."""

    def add(read: ReadRecord[Content]) -> ReadRecord[Content]:
        RECORD_TABS.add(place, RecordTab(key, label, template, read), section)
        return read

    return add


class ShownTab(NamedTuple):
    """A tab as the page shows it. What happened has no key and no template: the page prints it itself."""

    key: str
    label: str
    number: int
    url: str
    template: str = ""
    content: TabContent | None = None


def read_tabs(page: RecordPage) -> list[tuple[RecordTab, TabContent]]:
    """The tabs that this user has, each with what it shows."""
    return [(tab, content) for tab in RECORD_TABS if (content := tab.read(page)) is not None]


def tabs_context(
    tabs: list[tuple[RecordTab, TabContent]], first: tuple[str, int], asked_tab: str, here: str, form_query: str
) -> dict[str, Any]:
    """The tabs for a record's page, after the `first` (label, number), which is what happened.

    `asked_tab` is the key of the one that is asked for; `here` the address of the page, ready for one more name=value;
    `form_query` the form that was opened, as name=value& or "". It stays beside each tab but that of the notes, where
    the form of a note opens. Adds the address of the first tab as `happened`, and of the current one as `here`.
    """
    shown = [ShownTab("", *first, f"{here}{form_query}#happened")]
    for each, content in tabs:
        url = f"{here}{'' if each.key == NOTE else form_query}tab={each.key}#happened"
        shown.append(ShownTab(each.key, each.label, content.number, url, each.template, content))
    tab = next((tab for tab in shown if tab.key == asked_tab), shown[0])
    return {
        "tabs": shown,
        "tab": tab,
        "happened": here + form_query,
        "here": f"{here}tab={tab.key}&" if tab.key else here,
    }


def context_of[Page](panels: Iterable[PagePanel[Page]], page: Page) -> dict[str, Any]:
    """What the panels add to a page's context: the value of each, and in `panels` the templates by spot, in order."""
    used = list(panels)
    templates = {spot: [each.templates[spot] for each in used if spot in each.templates] for spot in Spot}
    return {each.name: each.read(page) for each in used} | {"panels": templates}
