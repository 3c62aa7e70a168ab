"""The registry of the first page's items, each with its page, its part of the page and its position.

    @line(Desk.OFFICE, "do", 70, section=Section.PANELS)
    def gaps(context: HomeContext) -> Iterator[HomeItem]: ...

is all that it takes: every module in this folder is imported.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from recommendations.domain.home.lines import HomeItem
from recommendations.domain.home.register import RegisterCounts
from recommendations.models import User
from recommendations.sections import Registry, Section

EVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)  # counts everything as changed


class Desk(StrEnum):
    """Whose page an item is on."""

    OFFICE = "office"
    FORCE = "force"


@dataclass(frozen=True)
class HomeContext:
    """The user viewing the page, on which London day, since when changes count, and the register's counts."""

    user: User
    day: datetime.date
    since: datetime.datetime = EVER
    register_counts: RegisterCounts | None = None
    loaded: dict = field(default_factory=dict)
    mine: bool = False  # only the user's own items

    @property
    def register(self) -> RegisterCounts:
        """The register's counts. Raises ValueError if the page was built without them."""
        if self.register_counts is None:
            raise ValueError("The register was not counted for this page.")
        return self.register_counts

    def fetch[*Given, Result](self, load: Callable[[User, *Given], Result], *given: *Given) -> Result:
        """Return `load(user, *given)`, loaded once for all items of the page."""
        key = (load, given)
        if key not in self.loaded:
            self.loaded[key] = load(self.user, *given)
        return self.loaded[key]


Write = Callable[[HomeContext], Iterable[HomeItem]]


class LineRegistration(NamedTuple):
    """A function that yields items for one part of a page."""

    desk: Desk
    part: str
    write: Write


LINES: Registry[LineRegistration] = Registry("recommendations.domain.home")


def line(desk: Desk, part: str, place: int, section: Section | None = None) -> Callable[[Write], Write]:
    """Register a function that yields items for a HomeContext.

    `part` is "decide" (what only this role can do), "do", "changed" or "ahead". What there is to do and the days ahead
    are sorted by day; of the same day, and among changes, lower places come first.
    """

    def add(write: Write) -> Write:
        LINES.add(place, LineRegistration(desk, part, write), section)
        return write

    return add


def items_of(desk: Desk, part: str, context: HomeContext) -> list[HomeItem]:
    """The items of one part of a page, by place."""
    registered = [each for each in LINES if (each.desk, each.part) == (desk, part)]
    return [one for each in registered for one in each.write(context)]
