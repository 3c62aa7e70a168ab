"""The first-page line about webhooks that ask to send words of records."""

from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine
from recommendations.models import Webhook
from recommendations.permissions import May


@line(Desk.OFFICE, "waits", 91)
def words_to_confirm(context: HomeContext) -> Iterator[HomeLine]:
    """A line for each webhook whose words this user can confirm: not those that they asked for. One query."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    waiting = Webhook.objects.visible_to(context.user).with_unconfirmed_words().exclude(words_asked_by=context.user)
    for webhook in waiting.order_by("name"):
        yield HomeLine("1", f"webhook that asks to send words of records: {webhook.name}", webhook.get_words_url())
