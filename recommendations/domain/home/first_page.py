"""The registries of the first page's lines, each with its page, section and position, and of what they count.

    @line(Desk.OFFICE, "late", 70, section=Section.PANELS)
    def gaps(viewer: Viewer) -> Iterator[Line]: ...

is all that it takes: every module in this folder is imported.

    @tally(Desk.OFFICE)
    def checks(viewer: Viewer) -> RowsToCount: ...

`viewer.tally(checks)` is how many rows that are. All tallies of a page are counted in one statement.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Count, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from recommendations.compiled_queries import STATEMENTS, Statement, converted, statement
from recommendations.domain.home.lines import Ahead, HomeLine
from recommendations.domain.home.register import Counted
from recommendations.models import User
from recommendations.permissions import May
from recommendations.sections import Pieces, Section
from recommendations.server_binding import values_beside

EVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)  # counts everything as changed
NO_DAY = Cast(Value(None), DateField())
NO = Value(False, BooleanField())


class Desk(StrEnum):
    """Whose page a line is on."""

    OFFICE = "office"
    FORCE = "force"


class RowsToCount(NamedTuple):
    """Rows to count: by the date in the column `day`, if given, and by whether the expression `flag` is true."""

    rows: QuerySet
    day: str = ""
    flag: Any = NO


# (day or None, flag) → number of rows
type Tallied = Counter[tuple[datetime.date | None, bool]]


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

    @property
    def desk(self) -> Desk:
        """The page that this user has."""
        return Desk.FORCE if self.user.has_perm(May.ANSWER_ROUND) else Desk.OFFICE

    def fetch[*Given, Found](self, ask: Callable[[User, *Given], Found], *given: *Given) -> Found:
        """The result of `ask(user, *given)`, cached for all lines of the page by `ask`."""
        if ask not in self.fetched:
            self.fetched[ask] = ask(self.user, *given)
        return self.fetched[ask]

    def tally(self, ask: "Ask") -> Tallied:
        """How many rows a tally of this user's page has."""
        if ask not in self.fetched:
            self.fetched.update(_tallied(self))
        return self.fetched[ask]

    def by_day(self, ask: "Ask") -> list[tuple[datetime.date, int]]:
        """(day, number of rows of a tally), in order of day. Rows without a day are left out."""
        days: Counter[datetime.date] = Counter()
        for (day, _), number in self.tally(ask).items():
            if day is not None:
                days[day] += number
        return sorted(days.items())


Write = Callable[[Viewer], Iterable[HomeLine | Ahead]]
Ask = Callable[[Viewer], RowsToCount]


class Writer(NamedTuple):
    """A function that yields lines for one section of a page."""

    desk: Desk
    question: str
    write: Write


class Teller(NamedTuple):
    """A function that says which rows to count for a page."""

    desk: Desk
    ask: Ask


LINES: Pieces[Writer] = Pieces("recommendations.domain.home")
TALLIES: Pieces[Teller] = Pieces("recommendations.domain.home")


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


def tally(*desks: Desk, section: Section | None = None) -> Callable[[Ask], Ask]:
    """Register a function that says for a Viewer which rows to count: of these pages, unless the section is off.

    It may depend on all that Viewer has, except `found`.
    """

    def add(ask: Ask) -> Ask:
        for desk in desks:
            TALLIES.add(0, Teller(desk, ask), section)
        return ask

    return add


def _tallied(viewer: Viewer) -> dict[Ask, Tallied]:
    """All tallies of this user's page."""
    asks = tuple(each.ask for each in TALLIES if each.desk == viewer.desk)
    user = viewer.user
    found: list[Tallied] = [Counter() for _ in asks]
    person = (user.role, user.force_id, user.name)
    kept = _statement(connection.vendor, asks, user, person, viewer.day, viewer.since, viewer.mine)
    with values_beside():  # planned once for each connection
        for place, day, flag, number in converted(kept):
            found[place][day, flag] = number
    return dict(zip(asks, found, strict=True))


@lru_cache(maxsize=STATEMENTS)
def _statement(
    vendor: str,
    asks: tuple[Ask, ...],
    user: User,
    person: tuple,
    day: datetime.date,
    since: datetime.datetime,
    mine: bool,
) -> Statement | None:
    """Rows of: place of the tally; day; flag; number."""
    viewer = Viewer(user, day, since, mine=mine)
    first, *rest = (_counting(place, ask(viewer)) for place, ask in enumerate(asks))
    return statement(first.union(*rest, all=True).order_by())


def _counting(place: int, asked: RowsToCount) -> QuerySet:
    day = F(asked.day) if asked.day else NO_DAY
    alike = asked.rows.order_by().values_list(Value(place, IntegerField()), day, asked.flag)
    return alike.annotate(number=Count("*"))
