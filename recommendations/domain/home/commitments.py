"""First-page lines about commitments: overdue checks, and the coming days with checks."""

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

# Day → number of commitments to be checked.
Checks = Counter


def checks_for(user: User, day: datetime.date, mine: bool) -> Checks:
    """The checks that `user` may see (`mine`: of commitments they keep), overdue or within AHEAD days, by day."""
    until = day + datetime.timedelta(days=AHEAD)
    found = Commitment.objects.visible_to(user).filter(next_on__lte=until).order_by()
    found = found.filter(my_commitments(user)) if mine else found
    return Counter(found.values_list("next_on", flat=True))


@line(Desk.OFFICE, "late", 40)
def overdue(viewer: Viewer) -> Iterator[HomeLine]:
    """The overdue checks."""
    late = {
        due: number for due, number in viewer.fetch(checks_for, viewer.day, viewer.mine).items() if due < viewer.day
    }
    if late:
        words = ("check of a commitment overdue", "checks of commitments overdue")
        url = _list(viewer, state=CommitmentFilter.OVERDUE)
        yield number_line(sum(late.values()), *words, url, end=left(min(late), viewer.day))


@line(Desk.OFFICE, "ahead", 30)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The coming days with commitments to check."""
    for due, number in sorted(viewer.fetch(checks_for, viewer.day, viewer.mine).items()):
        if due >= viewer.day:
            words = "commitment to check" if number == 1 else "commitments to check"
            yield Ahead(due, f"{number:,} {words}", _list(viewer, due=due.isoformat()))


def _list(viewer: Viewer, **asked: str) -> str:
    """The address of the list of commitments; with `mine` filtered by keeper."""
    keeper = {"keeper": viewer.user.name} if viewer.mine else {}
    return f"{reverse('commitments')}?{urlencode(asked | keeper)}"
