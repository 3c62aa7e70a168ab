"""Administer webhooks: add, change, switch off, replace the secret, test, remove. Each is a verb."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from recommendations import keys
from recommendations.domain.people.two_people import check_administers
from recommendations.domain.webhooks import addresses, signing
from recommendations.domain.writing.records import claim, locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.webhooks import CHOSEN, DeliveryState, WebhookEvent, WebhookSubject
from recommendations.models import User, Webhook, WebhookDelivery, WebhookSecret
from recommendations.trail import verb

OVERLAP = datetime.timedelta(hours=24)  # how long a replaced secret also signs messages


class MadeSecret(NamedTuple):
    """A webhook and its new secret, which is shown once."""

    webhook: Webhook
    secret: str


def add_webhook(
    *,
    name: str,
    url: str,
    events: Iterable[str],
    by: User | None,
    at: datetime.datetime,
    with_text: bool = False,
) -> MadeSecret:
    """Add a webhook for these events. Returns it with its secret.

    Raises NotAllowed without the right to administer; Refusal for an address that is not https or is in this network,
    no event, or a name in use.
    """
    with verb("add_webhook", by=by, at=at) as act:
        check_administers(by)
        new = Webhook(added_at=at)
        _fill(new, name, url, events, with_text=with_text, is_on=True)
        act.subject = act.save(new)
        secret = _give_secret(new, at)
    return MadeSecret(new, secret)


def change_webhook(
    *,
    webhook: Webhook,
    name: str,
    url: str,
    events: Iterable[str],
    by: User | None,
    at: datetime.datetime,
    with_text: bool = False,
    is_on: bool = True,
    version: int | None = None,
) -> Webhook:
    """Change a webhook, or switch it on or off. Waiting messages are sent once it is on again.

    Raises as `add_webhook` does, and Stale if someone else has changed it since.
    """
    with verb("change_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        if version is not None:
            claim(webhook, version)
        _fill(webhook, name, url, events, with_text=with_text, is_on=is_on)
        act.save(webhook)
    return webhook


def remove_webhook(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> Webhook:
    """Remove a webhook and delete its secrets. The record of messages sent stays."""
    with verb("remove_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        webhook.is_on, webhook.removed_at = False, at
        act.save(webhook)
        # written at once: a secret is no record
        WebhookSecret.objects.filter(webhook=webhook).delete()
    return webhook


def replace_secret(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> MadeSecret:
    """Replace a webhook's secret. For a day messages are signed with both, so that the receiver can switch over.

    If a replacement was already running, the oldest secret ends at once.
    """
    with verb("replace_webhook_secret", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        act.touch([webhook])
        # written at once: secrets are no records
        WebhookSecret.objects.filter(webhook=webhook, ends_at__isnull=False).delete()
        # written at once: a secret is no record
        WebhookSecret.objects.filter(webhook=webhook).update(ends_at=at + OVERLAP)
        secret = _give_secret(webhook, at)
    return MadeSecret(webhook, secret)


def send_test(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> WebhookDelivery:
    """Queue a test message, even if the webhook is switched off. The caller sends it."""
    with verb("test_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        act.touch([webhook])
        return new_delivery(webhook, WebhookEvent.TEST, at)


def send_again(*, delivery: WebhookDelivery, by: User | None, at: datetime.datetime) -> WebhookDelivery:
    """Queue a message again, with the same identifier. Raises Refusal if it is waiting or was dropped."""
    with verb("send_webhook_again", by=by, at=at, subject=delivery.webhook) as act:
        webhook = _taken(delivery.webhook, by)
        act.touch([webhook])
        delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
        if not delivery.can_be_sent_again:
            raise Refusal("This message is waiting to be sent already, or may not be sent.")
        if not webhook.is_on:
            raise Refusal("Switch the webhook on first.")
        delivery.state, delivery.next_at, delivery.ended_at = DeliveryState.WAITING, at, None
        # no record: the message waits again
        delivery.save(update_fields=["state", "next_at", "ended_at"])
    return delivery


def new_delivery(
    webhook: Webhook,
    event: str,
    at: datetime.datetime,
    kind: str = WebhookSubject.NONE,
    record: int | None = None,
) -> WebhookDelivery:
    """Queue a message with a new identifier, inside the caller's transaction."""
    about = {"event": event, "event_at": at, "kind": kind, "record": record, "next_at": at}
    # written at once: a message of the ledger is no record
    return WebhookDelivery.objects.create(webhook=webhook, message=f"msg_{uuid.uuid4().hex}", **about)


def secrets_of(webhook: Webhook, at: datetime.datetime) -> list[str]:
    """Return the secrets that sign its messages at a moment, newest first. Raises keys.WrongKey."""
    rows = WebhookSecret.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), webhook=webhook)
    return [keys.decrypt(each.encrypted, purpose=keys.WEBHOOKS) for each in rows]


def _taken(webhook: Webhook, by: User | None) -> Webhook:
    """Return the webhook, locked. Raises NotAllowed without the right to administer, Refusal if it was removed."""
    check_administers(by)
    webhook = locked(webhook)
    if webhook.removed_at:
        raise Refusal("This webhook was removed.")
    return webhook


def _fill(webhook: Webhook, name: str, url: str, events: Iterable[str], *, with_text: bool, is_on: bool) -> None:
    chosen = set(events)
    webhook.name, webhook.url = name.strip(), url.strip()
    webhook.events = [str(each) for each in CHOSEN if each in chosen]
    webhook.with_text, webhook.is_on = with_text, is_on
    if not webhook.name:
        raise Refusal("Enter a name.", "name")
    others = Webhook.objects.filter(name=webhook.name, removed_at__isnull=True).exclude(pk=webhook.pk)
    if others.exists():
        raise Refusal("Another webhook has this name.", "name")
    addresses.check_address(webhook.url)
    if not webhook.events:
        raise Refusal("Choose one event or more.", "events")


def _give_secret(webhook: Webhook, at: datetime.datetime) -> str:
    secret = signing.new_secret()
    encrypted = keys.encrypt(secret, purpose=keys.WEBHOOKS)
    # written at once: a secret is no record
    WebhookSecret.objects.create(webhook=webhook, encrypted=encrypted, made_at=at)
    return secret
