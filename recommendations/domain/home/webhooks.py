"""The first-page item about webhooks that ask to send words of records."""

from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem
from recommendations.models import Webhook
from recommendations.permissions import May


@line(Desk.OFFICE, "decide", 91)
def words_to_confirm(context: HomeContext) -> Iterator[HomeItem]:
    """An item for each webhook whose words this user can confirm: not those that they asked for. One query."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    waiting = Webhook.objects.visible_to(context.user).with_unconfirmed_words().exclude(words_asked_by=context.user)
    for webhook in waiting.order_by("name"):
        yield HomeItem(f"Decide whether the webhook “{webhook.name}” sends words of records", webhook.get_words_url())
