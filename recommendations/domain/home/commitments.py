"""First-page lines about commitments: overdue checks, and the coming days with checks."""

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.commitments.queries import CommitmentFilter
from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, left, number_line
from recommendations.domain.ownership.mine import my_commitments
from recommendations.models import Commitment


@tally(Desk.OFFICE)
def checks(viewer: Viewer) -> RowsToCount:
    """The commitments to check that the user may see (`mine`: keeps), overdue or within AHEAD days, by day."""
    until = viewer.day + datetime.timedelta(days=AHEAD)
    found = Commitment.objects.visible_to(viewer.user).filter(next_on__lte=until)
    return RowsToCount(found.filter(my_commitments(viewer.user)) if viewer.mine else found, "next_on")


@line(Desk.OFFICE, "late", 40)
def overdue(viewer: Viewer) -> Iterator[HomeLine]:
    """The overdue checks."""
    late = {due: number for due, number in viewer.by_day(checks) if due < viewer.day}
    if late:
        words = ("check of a commitment overdue", "checks of commitments overdue")
        url = _list(viewer, state=CommitmentFilter.OVERDUE)
        yield number_line(sum(late.values()), *words, url, end=left(min(late), viewer.day))


@line(Desk.OFFICE, "ahead", 30)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The coming days with commitments to check."""
    for due, number in viewer.by_day(checks):
        if due >= viewer.day:
            words = "commitment to check" if number == 1 else "commitments to check"
            yield Ahead(due, f"{number:,} {words}", _list(viewer, due=due.isoformat()))


def _list(viewer: Viewer, **asked: str) -> str:
    """The address of the list of commitments; with `mine` filtered by keeper."""
    keeper = {"keeper": viewer.user.name} if viewer.mine else {}
    return f"{reverse('commitments')}?{urlencode(asked | keeper)}"
