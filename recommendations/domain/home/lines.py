"""The data of the first page after sign-in: what to do in order, the deadline, the days ahead, and what changed.

The contents depend on the user's role. An item that counts rows of the register links to exactly those rows.
"""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from recommendations.enums import Rag

AHEAD = 28  # days
FEW_DAYS = 3  # of them are shown
FEW_ITEMS = 6  # of a list are shown, the rest is folded
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class HomeItem:
    """Something to do, that changed or that comes, as a sentence that is a link.

    `day` is the last day for it, or the day on which it comes. `number` is how many records it stands for.
    `comes_first` puts it before all others, whatever their days.
    """

    what: str
    url: str
    detail: str = ""
    day: datetime.date | None = None
    number: int = 1
    comes_first: bool = False

    @property
    def short_day(self) -> str:
        """Thu 13 Nov."""
        return date_format(self.day, "D j M") if self.day else ""


@dataclass(frozen=True)
class HomeList:
    """Items under a title, in the order in which to do them."""

    title: str
    items: tuple[HomeItem, ...]

    @property
    def first(self) -> tuple[HomeItem, ...]:
        """The items that are shown at once: one more than usual rather than a fold with one."""
        return self.items if len(self.items) == FEW_ITEMS + 1 else self.items[:FEW_ITEMS]

    @property
    def rest(self) -> tuple[HomeItem, ...]:
        """The items behind the fold."""
        return self.items[len(self.first) :]


@dataclass(frozen=True)
class HomeClock:
    """The most urgent response: the days left (negative if late), what to do, and its one button."""

    days: int
    what: str
    detail: str
    button: str
    url: str

    @property
    def number(self) -> str:
        """The number of days, or "Today"."""
        return f"{abs(self.days):,}" if self.days else "Today"

    @property
    def unit(self) -> str:
        """What follows the number: "days left", "day late", or "" today."""
        word = "day" if abs(self.days) == 1 else "days"
        return f"{word} {'late' if self.days < 0 else 'left'}" if self.days else ""


@dataclass(frozen=True)
class Top:
    """A count with its link: open recommendations, those of a colour, those without an update."""

    number: int
    words: str
    url: str
    colour: str = ""

    @property
    def label(self) -> str:
        """ "6 Red"."""
        return f"{self.number:,} {self.words}"


@dataclass(frozen=True)
class OpenCounts:
    """The open recommendations, by colour, and those without an update for long."""

    whose: str  # "Your", "The office’s", or "" if there is only one answer
    open: Top
    colours: tuple[Top, ...]
    no_update: Top


@dataclass(frozen=True)
class FirstPage:
    """The whole page. `ahead` are the next few days, `links` other lists."""

    lists: tuple[HomeList, ...]
    nothing: str
    changes: tuple[HomeItem, ...]
    ahead: tuple[HomeItem, ...] = ()
    counts: OpenCounts | None = None
    clock: HomeClock | None = None
    links: tuple[HomeItem, ...] = ()

    @property
    def items(self) -> tuple[HomeItem, ...]:
        """What there is to do, of all lists."""
        return tuple(item for each in self.lists for item in each.items)

    @property
    def changed(self) -> int:
        """The number of changes."""
        return sum(each.number for each in self.changes)


COLOURS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


def count(number: int, one: str, many: str) -> str:
    """A number with its noun in singular or plural: "1 paper", "1,200 papers"."""
    return f"{number:,} {one if number == 1 else many}"


def sorted_by_day(items: list[HomeItem], day: datetime.date) -> tuple[HomeItem, ...]:
    """Sort by last day; items without one come after what is due within a week."""
    return tuple(sorted(items, key=lambda each: (not each.comes_first, each.day or day + WEEK)))
