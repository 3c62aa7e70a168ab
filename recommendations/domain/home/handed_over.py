"""The first-page line about work handed over by leavers."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.domain.people.open_things import taken_over, taken_over_things


@line(Desk.OFFICE, "waits", 95)
@line(Desk.FORCE, "waits", 95)
def handed_over(viewer: Viewer) -> Iterator[HomeLine]:
    """How many handed-over items are still open. One query if there was no handover."""
    if taken_over(viewer.user) and (number := len(taken_over_things(viewer.user))):
        words = ("thing handed over to you is open", "things handed over to you are open")
        yield number_line(number, *words, reverse("handed_over"))
