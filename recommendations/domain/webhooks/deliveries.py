"""The queue of messages to webhooks: which are due, which run is sending one, and the result of each attempt.

A message is claimed before it is sent, and sent until its receiver accepts it: at least once, always with the same
identifier. If a run stops, its claims are taken over.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations import trail
from recommendations.domain.writing.conditional_update import update_if_unchanged
from recommendations.enums.webhooks import DeliveryState, WebhookEvent
from recommendations.models import WebhookDelivery

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
# Pauses after each failed attempt; after one more failure the message is given up, about three days after the event.
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)))
STALE_AFTER = 2 * MINUTE  # an attempt takes seconds, so the run with this claim has stopped
LONGEST_PROBLEM = 300


def due_deliveries(at: datetime.datetime) -> QuerySet[WebhookDelivery]:
    """Return the messages to send at a moment, longest waiting first.

    A webhook with a failure in the last minute is skipped, so that its queue does not delay the others'.
    """
    stopped = Q(state=DeliveryState.SENDING, claimed_at__lte=at - STALE_AFTER)
    waiting = Q(state__in=[DeliveryState.WAITING, DeliveryState.FAILED], next_at__lte=at)
    just_failed = WebhookDelivery.objects.filter(
        webhook=OuterRef("webhook"), state=DeliveryState.FAILED, claimed_at__gt=at - MINUTE
    )
    rows = WebhookDelivery.objects.filter(~Exists(just_failed), waiting | stopped, webhook__is_on=True)
    return rows.select_related("webhook").order_by("next_at", "pk")


def claim(delivery: WebhookDelivery, *, at: datetime.datetime) -> bool:
    """Claim a message for this run. Returns False if another run has it."""
    values = {"state": DeliveryState.SENDING, "claimed_at": at, "attempts": delivery.attempts + 1}
    return update_if_unchanged(delivery, **values)


def mark_delivered(delivery: WebhookDelivery, status: int, *, at: datetime.datetime) -> None:
    """Mark a message as accepted by its receiver."""
    _end(delivery, "webhook_delivered", at=at, state=DeliveryState.DELIVERED, status=status, problem="")


def mark_left_out(delivery: WebhookDelivery, *, at: datetime.datetime) -> None:
    """Mark a message as dropped, because its record may no longer be sent."""
    _end(delivery, "webhook_left_out", at=at, state=DeliveryState.LEFT_OUT, problem="")


def mark_failed(delivery: WebhookDelivery, problem: str, *, at: datetime.datetime, status: int | None = None) -> None:
    """Mark an attempt as failed. The message is tried again after a pause, or given up after the last.

    A test message is tried once.
    """
    said = {"status": status, "problem": problem[:LONGEST_PROBLEM]}
    if delivery.attempts > len(PAUSES) or delivery.event == WebhookEvent.TEST:
        _end(delivery, "webhook_given_up", at=at, state=DeliveryState.GIVEN_UP, **said)
    else:
        update_if_unchanged(delivery, state=DeliveryState.FAILED, next_at=at + PAUSES[delivery.attempts - 1], **said)


def _end(delivery: WebhookDelivery, verb: str, *, at: datetime.datetime, **values: object) -> None:
    """Save the final state, and record it in the audit trail: whatever leaves the office is on record."""
    with transaction.atomic():
        if update_if_unchanged(delivery, ended_at=at, **values):
            about = f"{delivery.event} to {delivery.webhook.name}, {delivery.message}"
            trail.record(by=None, at=at, verb=verb, about=about)
