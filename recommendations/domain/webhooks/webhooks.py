"""What administrators do with webhooks: add, change, switch off, give a new secret, test, remove. Each is a verb."""

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

OVERLAP = datetime.timedelta(hours=24)  # for which a secret that was replaced signs beside the new one


class MadeSecret(NamedTuple):
    """A webhook, and its new secret: it is shown once."""

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
    """Notify another system of these events from now on. Raises NotAllowed without the right to administer, Refusal for
    an address that is not https or inside this network, no event, or a name that another one has.
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
    """Change the events and the address of a webhook, or switch it on or off. Waiting messages go when it is on again.

    Raises as `add_webhook`, and Stale where another person changed it meanwhile.
    """
    with verb("change_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        if version is not None:
            claim(webhook, version)
        _fill(webhook, name, url, events, with_text=with_text, is_on=is_on)
        act.save(webhook)
    return webhook


def remove_webhook(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> Webhook:
    """Remove a webhook. Its secrets are deleted; what was sent stays in the ledger."""
    with verb("remove_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        webhook.is_on, webhook.removed_at = False, at
        act.save(webhook)
        # written at once: a secret is no record
        WebhookSecret.objects.filter(webhook=webhook).delete()
    return webhook


def replace_secret(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> MadeSecret:
    """Give a webhook a new secret. Messages carry signatures of both for a day, so that its receiver can change over;
    one that was being replaced already ends at once.
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
    """Put a message of no event into the ledger, whether the webhook is switched on or not: the caller sends it."""
    with verb("test_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _taken(webhook, by)
        act.touch([webhook])
        return new_delivery(webhook, WebhookEvent.TEST, at)


def send_again(*, delivery: WebhookDelivery, by: User | None, at: datetime.datetime) -> WebhookDelivery:
    """Let a message be sent once more, with its identifier. Raises Refusal where it waits or was left out."""
    with verb("send_webhook_again", by=by, at=at, subject=delivery.webhook) as act:
        webhook = _taken(delivery.webhook, by)
        act.touch([webhook])
        delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
        if not delivery.can_be_sent_again:
            raise Refusal("This message is waiting to be sent already, or may not be sent.")
        if not webhook.is_on:
            raise Refusal("Switch the webhook on first.")
        delivery.state, delivery.next_at, delivery.ended_at = DeliveryState.WAITING, at, None
        # no record: a message of the ledger waits again
        delivery.save(update_fields=["state", "next_at", "ended_at"])
    return delivery


def new_delivery(
    webhook: Webhook,
    event: str,
    at: datetime.datetime,
    kind: str = WebhookSubject.NONE,
    record: int | None = None,
) -> WebhookDelivery:
    """A message that waits to be sent, with an identifier of its own, inside the caller's transaction."""
    about = {"event": event, "event_at": at, "kind": kind, "record": record, "next_at": at}
    # written at once: a message of the ledger is no record
    return WebhookDelivery.objects.create(webhook=webhook, message=f"msg_{uuid.uuid4().hex}", **about)


def secrets_of(webhook: Webhook, at: datetime.datetime) -> list[str]:
    """What messages to it are signed with at a moment, the newest first. Raises keys.WrongKey."""
    rows = WebhookSecret.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), webhook=webhook)
    return [keys.decrypt(each.encrypted, purpose=keys.WEBHOOKS) for each in rows]


def _taken(webhook: Webhook, by: User | None) -> Webhook:
    """The webhook, locked, if this person may administer and it was not removed."""
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
