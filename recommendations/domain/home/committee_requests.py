"""First-page items about committees' requests: overdue ones, and the coming days on which some are due."""

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, count_by_day, line
from recommendations.domain.home.lines import AHEAD, HomeItem, count
from recommendations.domain.ownership.mine import my_requests
from recommendations.models import CommitteeRequest, User


def requests_by_day(user: User, until: datetime.date, mine: bool) -> list[tuple[datetime.date, int]]:
    """(day, number of unanswered requests due then) up to a day; `mine`: of those that the user owns. One query."""
    waiting = CommitteeRequest.objects.visible_to(user).waiting().filter(due_on__lte=until)
    return count_by_day(waiting.filter(my_requests(user)) if mine else waiting, "due_on")


def _requests(context: HomeContext) -> list[tuple[datetime.date, int]]:
    return context.fetch(requests_by_day, context.day + datetime.timedelta(days=AHEAD), context.mine)


@line(Desk.OFFICE, "do", 58)
def overdue(context: HomeContext) -> Iterator[HomeItem]:
    """The overdue requests that nothing answers yet."""
    late = {due: number for due, number in _requests(context) if due < context.day}
    if number := sum(late.values()):
        words = f"Answer {count(number, 'request of a committee', 'requests of committees')}"
        yield HomeItem(words, _list(context, state="overdue"), day=min(late), number=number)


@line(Desk.OFFICE, "ahead", 40)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days on which requests are due."""
    for due, number in _requests(context):
        if due >= context.day:
            words = count(number, "request of a committee to answer", "requests of committees to answer")
            yield HomeItem(words, _list(context), day=due, number=number)


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of requests; with `mine` only the user's own."""
    query = urlencode(filters | ({"whose": "mine"} if context.mine else {}))
    return f"{reverse('committee_requests')}?{query}" if query else reverse("committee_requests")
