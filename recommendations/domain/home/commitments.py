"""The first page's lines about commitments: checks that are overdue, and the days on which some are due."""

import datetime
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.commitments.queries import CommitmentFilter
from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, left, number_line
from recommendations.domain.ownership.mine import my_commitments
from recommendations.models import Commitment, User

# Day → how many commitments are to be checked on it.
Checks = Counter


def checks_for(user: User, day: datetime.date, mine: bool) -> Checks:
    """The checks that `user` may see (`mine`: keeps) and that are overdue or due in the time ahead, by their day."""
    until = day + datetime.timedelta(days=AHEAD)
    found = Commitment.objects.visible_to(user).filter(next_on__lte=until).order_by()
    found = found.filter(my_commitments(user)) if mine else found
    return Counter(found.values_list("next_on", flat=True))


@line(Desk.OFFICE, "late", 40)
def overdue(viewer: Viewer) -> Iterator[HomeLine]:
    """The checks whose day has passed."""
    late = {
        due: number for due, number in viewer.fetch(checks_for, viewer.day, viewer.mine).items() if due < viewer.day
    }
    if late:
        words = ("check of a commitment overdue", "checks of commitments overdue")
        url = _list(viewer, state=CommitmentFilter.OVERDUE)
        yield number_line(sum(late.values()), *words, url, end=left(min(late), viewer.day))


@line(Desk.OFFICE, "ahead", 30)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The days ahead on which commitments are to be checked."""
    for due, number in sorted(viewer.fetch(checks_for, viewer.day, viewer.mine).items()):
        if due >= viewer.day:
            words = "commitment to check" if number == 1 else "commitments to check"
            yield Ahead(due, f"{number:,} {words}", _list(viewer, due=due.isoformat()))


def _list(viewer: Viewer, **asked: str) -> str:
    """The address of the list of commitments, of one's own by the name that keeps them."""
    keeper = {"keeper": viewer.user.name} if viewer.mine else {}
    return f"{reverse('commitments')}?{urlencode(asked | keeper)}"
