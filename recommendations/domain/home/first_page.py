"""The registry of the first page's lines, each with its page, section and position.

    @line(Desk.OFFICE, "late", 70, section=Section.PANELS)
    def gaps(viewer: Viewer) -> Iterator[Line]: ...

is all that it takes: every module in this folder is imported.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from recommendations.domain.home.lines import Ahead, HomeLine
from recommendations.domain.home.register import Counted
from recommendations.models import User
from recommendations.sections import Pieces, Section

EVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)  # counts everything as changed


class Desk(StrEnum):
    """Whose page a line is on."""

    OFFICE = "office"
    FORCE = "force"


@dataclass(frozen=True)
class Viewer:
    """The user viewing the page, on which London day, since when changes count, and the register's counts."""

    user: User
    day: datetime.date
    since: datetime.datetime = EVER
    found: Counted | None = None
    fetched: dict = field(default_factory=dict)
    mine: bool = False  # only the user's own items

    @property
    def register(self) -> Counted:
        """The register's counts. Raises ValueError if the page was built without them."""
        if self.found is None:
            raise ValueError("The register was not counted for this page.")
        return self.found

    def fetch[*Given, Found](self, ask: Callable[[User, *Given], Found], *given: *Given) -> Found:
        """The result of `ask(user, *given)`, cached for all lines of the page by `ask`."""
        if ask not in self.fetched:
            self.fetched[ask] = ask(self.user, *given)
        return self.fetched[ask]


Write = Callable[[Viewer], Iterable[HomeLine | Ahead]]


class Writer(NamedTuple):
    """A function that yields lines for one section of a page."""

    desk: Desk
    question: str
    write: Write


LINES: Pieces[Writer] = Pieces("recommendations.domain.home")


def line(desk: Desk, question: str, place: int, section: Section | None = None) -> Callable[[Write], Write]:
    """Register a function that yields lines for a Viewer.

    `question` is "waits", "late", "changed" or "ahead". Lower places come first, except that "ahead" is sorted by day.
    """

    def add(write: Write) -> Write:
        LINES.add(place, Writer(desk, question, write), section)
        return write

    return add


def lines_of(desk: Desk, question: str, viewer: Viewer) -> list[HomeLine | Ahead]:
    """The lines of one section of a page, in order."""
    writers = [each for each in LINES if (each.desk, each.question) == (desk, question)]
    return [said for each in writers for said in each.write(viewer)]
