"""Detecting webhook secrets that were deleted, added or changed past the program: the trail has only their digest."""

from collections.abc import Iterator

from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.verification import also
from recommendations.domain.webhooks.webhooks import digest_of_secrets
from recommendations.models import Webhook, WebhookSecret


@also
def wrong_secrets() -> Iterator[str]:
    """A line for each secret that can't be read, and each webhook whose secrets do not match the digest in its row, for
    which the trail answers.

    Of secrets made before there were digests it says only whether they can be read, and whether there is one.
    """
    for secret in rows_of(WebhookSecret.objects.order_by("pk")):
        if isinstance(secret, UnreadableRow):
            yield f"The webhook secret {secret.pk} was changed: {', '.join(secret.columns)}."
    for webhook in rows_of(Webhook.objects.order_by("pk")):
        if not isinstance(webhook, UnreadableRow) and not _is_whole(webhook):
            yield f"The secrets of the webhook {webhook.pk} were changed, added to or deleted."


def _is_whole(webhook: Webhook) -> bool:
    try:
        found = digest_of_secrets(webhook)
    except Exception:  # an invalid cell
        return False
    if webhook.secrets_digest:
        return found == webhook.secrets_digest
    current = WebhookSecret.objects.filter(webhook=webhook, ends_at__isnull=True)
    return current.exists() == (webhook.removed_at is None)
