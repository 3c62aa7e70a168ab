"""First-page lines about commitments: overdue checks, and the coming days with checks."""

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.commitments.queries import CommitmentFilter
from recommendations.domain.home.first_page import Desk, HomeContext, count_by_day, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, number_line, time_left
from recommendations.domain.ownership.mine import my_commitments
from recommendations.models import Commitment, User


def checks_by_day(user: User, until: datetime.date, mine: bool) -> list[tuple[datetime.date, int]]:
    """(day, number of commitments to check then) up to a day; `mine`: of those that the user keeps. One query."""
    planned = Commitment.objects.visible_to(user).filter(next_on__lte=until)
    return count_by_day(planned.filter(my_commitments(user)) if mine else planned, "next_on")


def _checks(context: HomeContext) -> list[tuple[datetime.date, int]]:
    return context.fetch(checks_by_day, context.day + datetime.timedelta(days=AHEAD), context.mine)


@line(Desk.OFFICE, "late", 40)
def overdue(context: HomeContext) -> Iterator[HomeLine]:
    """The overdue checks."""
    late = {due: number for due, number in _checks(context) if due < context.day}
    if late:
        words = ("check of a commitment overdue", "checks of commitments overdue")
        url = _list(context, state=CommitmentFilter.OVERDUE)
        yield number_line(sum(late.values()), *words, url, end=time_left(min(late), context.day))


@line(Desk.OFFICE, "ahead", 30)
def coming(context: HomeContext) -> Iterator[Ahead]:
    """The coming days with commitments to check."""
    for due, number in _checks(context):
        if due >= context.day:
            words = "commitment to check" if number == 1 else "commitments to check"
            yield Ahead(due, f"{number:,} {words}", _list(context, due=due.isoformat()))


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of commitments; with `mine` filtered by keeper."""
    keeper = {"keeper": context.user.name} if context.mine else {}
    return f"{reverse('commitments')}?{urlencode(filters | keeper)}"
