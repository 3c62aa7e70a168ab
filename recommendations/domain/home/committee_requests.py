"""First-page items about committees' requests: overdue ones, and the coming days on which some are due."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.home.by_day import Counted, numbers_of
from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count


@line(Desk.OFFICE, "do", 58)
def overdue(context: HomeContext) -> Iterator[HomeItem]:
    """The overdue requests that nothing answers yet."""
    late = {due: number for due, number in numbers_of(context, Counted.REQUESTS) if due < context.day}
    if number := sum(late.values()):
        words = f"Answer {count(number, 'request of a committee', 'requests of committees')}"
        yield HomeItem(words, _list(context, state="overdue"), day=min(late), number=number)


@line(Desk.OFFICE, "ahead", 40)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days on which requests are due."""
    for due, number in numbers_of(context, Counted.REQUESTS):
        if due >= context.day:
            words = count(number, "request of a committee to answer", "requests of committees to answer")
            yield HomeItem(words, _list(context), day=due, number=number)


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of requests; with `mine` only the user's own."""
    query = urlencode(filters | ({"whose": "mine"} if context.mine else {}))
    return f"{reverse('committee_requests')}?{query}" if query else reverse("committee_requests")
