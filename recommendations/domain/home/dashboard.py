"""The first page of users who work with the register: the office, and a force's inspection lead."""

import datetime
from dataclasses import replace

from recommendations.domain.home.first_page import Desk, HomeContext, items_of
from recommendations.domain.home.lines import FEW_DAYS, FirstPage, HomeClock, HomeItem, HomeList, sorted_by_day
from recommendations.domain.home.register import RegisterCounts
from recommendations.domain.home.responses import next_clock
from recommendations.domain.register.notices import handed_over_notices
from recommendations.models import User

NOTHING = "Nothing waits for you."
NOTHING_FOR_THE_OFFICE = "Nothing waits for the office."


def office_page(user: User, day: datetime.date, counts: RegisterCounts, *, mine: bool = False) -> FirstPage:
    """The page of an OPCC officer, or of an approving officer, who also decides and finalises.

    With `mine` only their own items, plus what only their role can decide. Nothing waits once all registers went
    elsewhere.
    """
    context = HomeContext(user, day, counts.since, counts, mine=mine)
    clock = next_clock(context)
    decisions = HomeList("Only you can", sorted_by_day(items_of(Desk.OFFICE, "decide", context), day))
    if not mine:
        title = "Waiting for the office"
    elif clock and not decisions.items:
        title = "Then, in this order"
    else:
        title = "To do, in this order"
    return _page_unless_handed_over(_page(Desk.OFFICE, context, title, decisions, clock), counts)


def force_page(user: User, day: datetime.date, counts: RegisterCounts) -> FirstPage:
    """The page of a force inspection lead: only their own force. Nothing waits once its register went elsewhere."""
    page = _page(Desk.FORCE, HomeContext(user, day, counts.since, counts), "To do, in this order")
    return _page_unless_handed_over(page, counts)


def _page_unless_handed_over(page: FirstPage, counts: RegisterCounts) -> FirstPage:
    """The page, or one on which nothing waits, with why."""
    if not counts.all_handed_over:
        return page
    gone = [f"{each.title} {each.text}" for force in counts.forces for each in handed_over_notices(force)]
    if len(gone) > 1:
        gone = ["The registers of all forces were handed over. They can be read here, and nothing is added to them."]
    return replace(page, lists=(), ahead=(), clock=None, nothing=" ".join(gone))


def _page(
    desk: Desk,
    context: HomeContext,
    title: str,
    decisions: HomeList | None = None,
    clock: HomeClock | None = None,
) -> FirstPage:
    todo = HomeList(title, sorted_by_day(items_of(desk, "do", context), context.day))
    ahead: list[HomeItem] = sorted(items_of(desk, "ahead", context), key=lambda each: each.day or context.day)
    return FirstPage(
        lists=tuple(each for each in (decisions, todo) if each and each.items),
        nothing=NOTHING if context.mine or desk == Desk.FORCE else NOTHING_FOR_THE_OFFICE,
        changes=tuple(items_of(desk, "changed", context)),
        ahead=tuple(ahead[:FEW_DAYS]),
        counts=context.register.open_counts(mine=context.mine),
        clock=clock,
    )
