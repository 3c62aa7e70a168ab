"""The ledger of messages to webhooks: which are due, who sends one now, and how a try ended.

A message is claimed before it is sent, and sent until its receiver takes it: at least once, each time with the same
identifier. A claim whose run was stopped is taken up again.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations import trail
from recommendations.domain.writing.conditional_update import update_if_unchanged
from recommendations.enums.webhooks import DeliveryState, WebhookEvent
from recommendations.models import WebhookDelivery

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
# How long to wait after each try that failed; after one more it is given up: some three days after the event.
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)))
STALE_AFTER = 2 * MINUTE  # a try takes seconds: a claim this old is of a run that was stopped
LONGEST_PROBLEM = 300


def due(at: datetime.datetime) -> QuerySet[WebhookDelivery]:
    """The messages that are to be sent at a moment, the one that waits longest first.

    A receiver that did not take one is left alone for a minute: however much waits for it, others get theirs.
    """
    stopped = Q(state=DeliveryState.SENDING, claimed_at__lte=at - STALE_AFTER)
    waiting = Q(state__in=[DeliveryState.WAITING, DeliveryState.FAILED], next_at__lte=at)
    just_failed = WebhookDelivery.objects.filter(
        webhook=OuterRef("webhook"), state=DeliveryState.FAILED, claimed_at__gt=at - MINUTE
    )
    rows = WebhookDelivery.objects.filter(~Exists(just_failed), waiting | stopped, webhook__is_on=True)
    return rows.select_related("webhook").order_by("next_at", "pk")


def claim(delivery: WebhookDelivery, *, at: datetime.datetime) -> bool:
    """Take a message for this run. False: another run has it."""
    values = {"state": DeliveryState.SENDING, "claimed_at": at, "attempts": delivery.attempts + 1}
    return update_if_unchanged(delivery, **values)


def mark_delivered(delivery: WebhookDelivery, status: int, *, at: datetime.datetime) -> None:
    """Its receiver took it."""
    _end(delivery, "webhook_delivered", at=at, state=DeliveryState.DELIVERED, status=status, problem="")


def mark_left_out(delivery: WebhookDelivery, *, at: datetime.datetime) -> None:
    """Its record may not be sent any more."""
    _end(delivery, "webhook_left_out", at=at, state=DeliveryState.LEFT_OUT, problem="")


def mark_failed(delivery: WebhookDelivery, problem: str, *, at: datetime.datetime, status: int | None = None) -> None:
    """Its receiver did not take it. It is tried again after a pause, or given up after the last.

    A test is tried once.
    """
    said = {"status": status, "problem": problem[:LONGEST_PROBLEM]}
    if delivery.attempts > len(PAUSES) or delivery.event == WebhookEvent.TEST:
        _end(delivery, "webhook_given_up", at=at, state=DeliveryState.GIVEN_UP, **said)
    else:
        update_if_unchanged(delivery, state=DeliveryState.FAILED, next_at=at + PAUSES[delivery.attempts - 1], **said)


def _end(delivery: WebhookDelivery, verb: str, *, at: datetime.datetime, **values: object) -> None:
    """Say in the ledger how it ended, and in the trail: what left the office is on record."""
    with transaction.atomic():
        if update_if_unchanged(delivery, ended_at=at, **values):
            about = f"{delivery.event} to {delivery.webhook.name}, {delivery.message}"
            trail.record(by=None, at=at, verb=verb, about=about)
