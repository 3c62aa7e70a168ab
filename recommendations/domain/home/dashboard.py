"""The first page of users who work with the register: the office, and a force's inspection lead."""

import datetime

from recommendations.domain.home.first_page import Desk, Viewer, lines_of
from recommendations.domain.home.lines import AHEAD, Ahead, FirstPage, HomeLine, Question
from recommendations.domain.home.register import Counted
from recommendations.domain.home.responses import next_clock
from recommendations.models import User

NOTHING = {
    "waits": "Nothing waits for you.",
    "late": "Nothing is late.",
    "changed": "Nothing has changed.",
    "ahead": f"Nothing in the next {AHEAD} days.",
}
NOTES = {"ahead": f"next {AHEAD} days"}
TITLES = {"waits": "Waits for you", "late": "Late", "changed": "Changed", "ahead": "Ahead"}


def office_page(user: User, day: datetime.date, found: Counted, *, mine: bool = False) -> FirstPage:
    """The page of an OPCC officer, or of an approving officer, who also decides and finalises.

    With `mine` only their own items, plus what only their role can decide.
    """
    viewer = Viewer(user, day, found.since, found, mine=mine)
    return _page(Desk.OFFICE, viewer, clock=next_clock(viewer))


def force_page(user: User, day: datetime.date, found: Counted) -> FirstPage:
    """The page of a force inspection lead: only their own force."""
    return _page(Desk.FORCE, Viewer(user, day, found.since, found))


def _page(desk: Desk, viewer: Viewer, clock: tuple[str, str, str] | None = None) -> FirstPage:
    lines = {question: lines_of(desk, question, viewer) for question in TITLES}
    lines["ahead"].sort(key=_day)
    sections = tuple(Question(key, TITLES[key], tuple(lines[key]), NOTHING[key], NOTES.get(key, "")) for key in TITLES)
    return FirstPage(sections, tops=viewer.register.tops(), forces=viewer.register.open_by_force(), clock=clock)


def _day(each: HomeLine | Ahead) -> datetime.date:
    assert isinstance(each, Ahead)  # all lines under "ahead" are
    return each.day
