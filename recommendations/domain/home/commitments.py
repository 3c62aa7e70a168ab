"""First-page items about commitments: overdue checks, and the coming days with checks."""

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.commitments.queries import CommitmentFilter
from recommendations.domain.home.first_page import Desk, HomeContext, count_by_day, line
from recommendations.domain.home.lines import AHEAD, HomeItem, count
from recommendations.domain.ownership.mine import my_commitments
from recommendations.models import Commitment, User
from recommendations.sections import Section


def checks_by_day(user: User, until: datetime.date, mine: bool) -> list[tuple[datetime.date, int]]:
    """(day, number of commitments to check then) up to a day; `mine`: of those that the user keeps. One query."""
    planned = Commitment.objects.visible_to(user).filter(next_on__lte=until)
    return count_by_day(planned.filter(my_commitments(user)) if mine else planned, "next_on")


def _checks(context: HomeContext) -> list[tuple[datetime.date, int]]:
    return context.fetch(checks_by_day, context.day + datetime.timedelta(days=AHEAD), context.mine)


@line(Desk.OFFICE, "do", 57, section=Section.COMMITMENTS)
def overdue(context: HomeContext) -> Iterator[HomeItem]:
    """The overdue checks."""
    late = {due: number for due, number in _checks(context) if due < context.day}
    if number := sum(late.values()):
        words = f"Check {count(number, 'commitment', 'commitments')}"
        yield HomeItem(words, _list(context, state=CommitmentFilter.OVERDUE), day=min(late), number=number)


@line(Desk.OFFICE, "ahead", 30, section=Section.COMMITMENTS)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days with commitments to check."""
    for due, number in _checks(context):
        if due >= context.day:
            words = count(number, "commitment to check", "commitments to check")
            yield HomeItem(words, _list(context, due=due.isoformat()), day=due, number=number)


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of commitments; with `mine` filtered by keeper."""
    keeper = {"keeper": context.user.name} if context.mine else {}
    return f"{reverse('commitments')}?{urlencode(filters | keeper)}"
