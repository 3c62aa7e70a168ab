"""The first-page line about work handed over by leavers."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, number_line
from recommendations.domain.people.open_things import handovers_to, inherited_things


@line(Desk.OFFICE, "waits", 95)
@line(Desk.FORCE, "waits", 95)
def handed_over_line(context: HomeContext) -> Iterator[HomeLine]:
    """How many handed-over items are still open. Most users have never had a handover: one query tells."""
    if handovers_to([context.user.pk]).exists() and (number := len(inherited_things(context.user))):
        words = ("thing handed over to you is open", "things handed over to you are open")
        yield number_line(number, *words, reverse("handed_over"))
