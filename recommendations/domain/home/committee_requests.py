"""First-page lines about committees' requests: overdue ones, and the coming days on which some are due."""

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, left, number_line
from recommendations.domain.ownership.mine import my_requests
from recommendations.models import CommitteeRequest


@tally(Desk.OFFICE)
def due(viewer: Viewer) -> RowsToCount:
    """The requests that the user may see (`mine`: owns), overdue or due within AHEAD days, by day."""
    until = viewer.day + datetime.timedelta(days=AHEAD)
    found = CommitteeRequest.objects.visible_to(viewer.user).waiting().filter(due_on__lte=until)
    return RowsToCount(found.filter(my_requests(viewer.user)) if viewer.mine else found, "due_on")


@line(Desk.OFFICE, "late", 50)
def overdue(viewer: Viewer) -> Iterator[HomeLine]:
    """The overdue requests that no paper answers."""
    late = {on: number for on, number in viewer.by_day(due) if on < viewer.day}
    if late:
        words = ("request of a committee overdue", "requests of committees overdue")
        url = _list(viewer, state="overdue")
        yield number_line(sum(late.values()), *words, url, end=left(min(late), viewer.day))


@line(Desk.OFFICE, "ahead", 40)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The coming days on which requests are due."""
    for on, number in viewer.by_day(due):
        if on >= viewer.day:
            words = "request of a committee to answer" if number == 1 else "requests of committees to answer"
            yield Ahead(on, f"{number:,} {words}", _list(viewer))


def _list(viewer: Viewer, **asked: str) -> str:
    """The address of the list of requests; with `mine` only the user's own."""
    query = urlencode(asked | ({"whose": "mine"} if viewer.mine else {}))
    return f"{reverse('committee_requests')}?{query}" if query else reverse("committee_requests")
