"""The first-page line about webhooks that ask to send words of records."""

from collections.abc import Iterator

from django.db.models import QuerySet

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine
from recommendations.models import Webhook
from recommendations.permissions import May


def _to_decide(viewer: Viewer) -> QuerySet:
    """The webhooks whose words this user can confirm: not asked for by them."""
    if not viewer.user.has_perm(May.FINALISE_PAPER):
        return Webhook.objects.none()
    return Webhook.objects.visible_to(viewer.user).with_unconfirmed_words().exclude(words_asked_by=viewer.user)


@tally(Desk.OFFICE)
def unconfirmed_words(viewer: Viewer) -> RowsToCount:
    """The webhooks that wait for this user's decision."""
    return RowsToCount(_to_decide(viewer))


@line(Desk.OFFICE, "waits", 91)
def words_to_confirm(viewer: Viewer) -> Iterator[HomeLine]:
    """A line for each webhook that asks to send words of records. One query."""
    for webhook in _to_decide(viewer).order_by("name") if viewer.tally(unconfirmed_words) else ():
        yield HomeLine("1", f"webhook that asks to send words of records: {webhook.name}", webhook.get_words_url())
