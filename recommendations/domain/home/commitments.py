"""First-page items about commitments: overdue checks, and the coming days with checks."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.commitments.queries import CommitmentFilter
from recommendations.domain.home.by_day import Counted, numbers_of
from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.sections import Section


@line(Desk.OFFICE, "do", 57, section=Section.COMMITMENTS)
def overdue(context: HomeContext) -> Iterator[HomeItem]:
    """The overdue checks."""
    late = {due: number for due, number in numbers_of(context, Counted.CHECKS) if due < context.day}
    if number := sum(late.values()):
        words = f"Check {count(number, 'commitment', 'commitments')}"
        yield HomeItem(words, _list(context, state=CommitmentFilter.OVERDUE), day=min(late), number=number)


@line(Desk.OFFICE, "ahead", 30, section=Section.COMMITMENTS)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days with commitments to check."""
    for due, number in numbers_of(context, Counted.CHECKS):
        if due >= context.day:
            words = count(number, "commitment to check", "commitments to check")
            yield HomeItem(words, _list(context, due=due.isoformat()), day=due, number=number)


def _list(context: HomeContext, **filters: str) -> str:
    """The address of the list of commitments; with `mine` filtered by keeper."""
    keeper = {"keeper": context.user.name} if context.mine else {}
    return f"{reverse('commitments')}?{urlencode(filters | keeper)}"
