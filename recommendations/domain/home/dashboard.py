"""The first page of users who work with the register: the office, and a force's inspection lead."""

import datetime

from recommendations.domain.home.first_page import Desk, HomeContext, lines_of
from recommendations.domain.home.lines import AHEAD, Ahead, FirstPage, HomeLine, Question
from recommendations.domain.home.register import RegisterCounts
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


def office_page(user: User, day: datetime.date, counts: RegisterCounts, *, mine: bool = False) -> FirstPage:
    """The page of an OPCC officer, or of an approving officer, who also decides and finalises.

    With `mine` only their own items, plus what only their role can decide.
    """
    context = HomeContext(user, day, counts.since, counts, mine=mine)
    return _page(Desk.OFFICE, context, clock=next_clock(context))


def force_page(user: User, day: datetime.date, counts: RegisterCounts) -> FirstPage:
    """The page of a force inspection lead: only their own force."""
    return _page(Desk.FORCE, HomeContext(user, day, counts.since, counts))


def _page(desk: Desk, context: HomeContext, clock: tuple[str, str, str] | None = None) -> FirstPage:
    lines = {question: lines_of(desk, question, context) for question in TITLES}
    lines["ahead"].sort(key=_day)
    sections = tuple(Question(key, TITLES[key], tuple(lines[key]), NOTHING[key], NOTES.get(key, "")) for key in TITLES)
    return FirstPage(sections, tops=context.register.tops(), forces=context.register.open_by_force(), clock=clock)


def _day(each: HomeLine | Ahead) -> datetime.date:
    assert isinstance(each, Ahead)  # all lines under "ahead" are
    return each.day
