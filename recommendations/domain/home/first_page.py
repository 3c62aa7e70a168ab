"""Where the lines of the first page register themselves: each with its page, its question and its place there.

    @line(Desk.OFFICE, "late", 70, section=Section.PANELS)
    def gaps(viewer: Viewer) -> Iterator[Line]: ...

is all that it takes: every module of this folder is asked.
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

EVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)  # the moment since which everything has changed


class Desk(StrEnum):
    """Whose page a line is on."""

    OFFICE = "office"
    FORCE = "force"


@dataclass(frozen=True)
class Viewer:
    """Who looks at the page, on which London day, since which moment changes count, and what the register counted."""

    user: User
    day: datetime.date
    since: datetime.datetime = EVER
    found: Counted | None = None
    fetched: dict = field(default_factory=dict)
    mine: bool = False  # what is this person's own alone

    @property
    def register(self) -> Counted:
        """The register's counts. Raises ValueError where the page was built without them."""
        if self.found is None:
            raise ValueError("The register was not counted for this page.")
        return self.found

    def fetch[*Given, Found](self, ask: Callable[[User, *Given], Found], *given: *Given) -> Found:
        """What `ask(user, *given)` finds: once, however many lines tell of it."""
        if ask not in self.fetched:
            self.fetched[ask] = ask(self.user, *given)
        return self.fetched[ask]


Write = Callable[[Viewer], Iterable[HomeLine | Ahead]]


class Writer(NamedTuple):
    """What writes lines under one question of a page."""

    desk: Desk
    question: str
    write: Write


LINES: Pieces[Writer] = Pieces("recommendations.domain.home")


def line(desk: Desk, question: str, place: int, section: Section | None = None) -> Callable[[Write], Write]:
    """Register a function that writes lines (any number) for a Viewer.

    `question` is "waits", "late", "changed" or "ahead"; a lower place stands higher, but under "ahead" the day decides.
    """

    def add(write: Write) -> Write:
        LINES.add(place, Writer(desk, question, write), section)
        return write

    return add


def lines_of(desk: Desk, question: str, viewer: Viewer) -> list[HomeLine | Ahead]:
    """What stands under one question of a page, in order."""
    writers = [each for each in LINES if (each.desk, each.question) == (desk, question)]
    return [said for each in writers for said in each.write(viewer)]
