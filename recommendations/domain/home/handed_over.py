"""The first-page line about work handed over by leavers."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.domain.people.open_things import handed_to, taken_over_things


@tally(Desk.OFFICE, Desk.FORCE)
def handovers(viewer: Viewer) -> RowsToCount:
    """The handovers of leavers to this user."""
    return RowsToCount(handed_to([viewer.user.pk]))


@line(Desk.OFFICE, "waits", 95)
@line(Desk.FORCE, "waits", 95)
def handed_over(viewer: Viewer) -> Iterator[HomeLine]:
    """How many handed-over items are still open. Their queries only if there was a handover."""
    if viewer.tally(handovers) and (number := len(taken_over_things(viewer.user))):
        words = ("thing handed over to you is open", "things handed over to you are open")
        yield number_line(number, *words, reverse("handed_over"))
