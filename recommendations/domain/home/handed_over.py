"""The first page's line about what colleagues who left handed to this person."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.domain.people.open_things import taken_over, taken_over_things


@line(Desk.OFFICE, "waits", 95)
@line(Desk.FORCE, "waits", 95)
def handed_over(viewer: Viewer) -> Iterator[HomeLine]:
    """How much of it is still open. One query where nobody handed anything over."""
    if taken_over(viewer.user) and (number := len(taken_over_things(viewer.user))):
        words = ("thing handed over to you is open", "things handed over to you are open")
        yield number_line(number, *words, reverse("handed_over"))
