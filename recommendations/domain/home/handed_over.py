"""The first-page item about work handed over by leavers."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.people.open_things import handovers_to, inherited_things


@line(Desk.OFFICE, "do", 95)
@line(Desk.FORCE, "do", 95)
def handed_over_item(context: HomeContext) -> Iterator[HomeItem]:
    """How many handed-over items are still open. Most users have never had a handover: one query tells."""
    if handovers_to([context.user.pk]).exists() and (number := len(inherited_things(context.user))):
        words = count(number, "thing handed over to you is open", "things handed over to you are open")
        yield HomeItem(words, reverse("handed_over"), number=number)
