"""Administer webhooks: add, change, switch off, replace the secret, test, remove; and decide whether one sends words of
records, which an approving officer does. Each is a verb.
"""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from recommendations import keys
from recommendations.digests import digest
from recommendations.domain.people.two_people import check_administers
from recommendations.domain.webhooks import addresses, signing
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.webhooks import CHOSEN, DeliveryState, WebhookEvent, WebhookSubject
from recommendations.models import User, Webhook, WebhookDelivery, WebhookSecret
from recommendations.permissions import May
from recommendations.trail import verb

OVERLAP = datetime.timedelta(hours=24)  # how long a replaced secret also signs messages


class MadeSecret(NamedTuple):
    """A webhook and its new secret, which is shown once; "" if it keeps the secret that it has."""

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
    """Add a webhook for these events. Returns it with its secret. Words of records wait for `decide_words`.

    Raises NotAllowed without the right to administer; Refusal for an address that is not https or is in this network,
    no event, or a name in use.
    """
    with verb("add_webhook", by=by, at=at) as act:
        check_administers(by)
        new = Webhook(added_at=at)
        _fill(new, name, url, events, with_text=with_text, is_on=True, by=by)
        secret = signing.new_secret()
        new.secrets_digest = _digest([(secret, None)])
        act.subject = act.save(new)
        _keep_secret(new, secret, at)
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
) -> MadeSecret:
    """Change a webhook, or switch it on or off. Waiting messages are sent once it is on again.

    Another address gets a new secret at once. It, other events and `with_text` need `decide_words` again before words
    are sent. Raises as `add_webhook` does, and Stale if someone else has changed it since.
    """
    secret = ""
    with verb("change_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _lock_webhook(webhook, by)
        if version is not None:
            claim(webhook, version)
        former_url = webhook.url
        _fill(webhook, name, url, events, with_text=with_text, is_on=is_on, by=by)
        if webhook.url != former_url:
            # written at once: a secret is no record
            WebhookSecret.objects.filter(webhook=webhook).delete()
            secret = _give_secret(webhook, at)
        act.save(webhook)
    return MadeSecret(webhook, secret)


def decide_words(
    *, webhook: Webhook, send: bool, by: User, at: datetime.datetime, version: int | None = None
) -> Webhook:
    """Confirm that a webhook sends words of records for its events to its address, or end that.

    `version` is that of the webhook as this person saw it. Raises NotAllowed for anyone but an approving officer, and
    for whoever asked for the words; Refusal if nothing is asked for, or it is confirmed; Stale if it was changed.
    """
    name = "confirm_webhook_words" if send else "decline_webhook_words"
    with verb(name, by=by, at=at, subject=webhook) as act:
        if not by.has_perm(May.FINALISE_PAPER):
            raise NotAllowed("Only an approving officer may do this.")
        webhook = lock_row(webhook)
        if version is not None:
            claim(webhook, version)
        if not webhook.with_text or webhook.removed_at:
            raise Refusal("This webhook does not ask for words of records.")
        if send and webhook.words_asked_by_id == by.pk:
            raise NotAllowed("Another approving officer confirms this. You cannot confirm what you asked for yourself.")
        if send and webhook.sends_words:
            raise Refusal("This is confirmed already.")
        webhook.with_text = send
        webhook.words_confirmed_at, webhook.words_confirmed_by = (at, by) if send else (None, None)
        act.save(webhook)
    return webhook


def remove_webhook(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> Webhook:
    """Remove a webhook and delete its secrets. The record of messages sent stays."""
    with verb("remove_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _lock_webhook(webhook, by)
        webhook.is_on, webhook.removed_at, webhook.secrets_digest = False, at, _digest([])
        act.save(webhook)
        # written at once: a secret is no record
        WebhookSecret.objects.filter(webhook=webhook).delete()
    return webhook


def replace_secret(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> MadeSecret:
    """Replace a webhook's secret. For a day messages are signed with both, so that the receiver can switch over.

    If a replacement was already running, the oldest secret ends at once.
    """
    with verb("replace_webhook_secret", by=by, at=at, subject=webhook) as act:
        webhook = _lock_webhook(webhook, by)
        # written at once: secrets are no records
        WebhookSecret.objects.filter(webhook=webhook, ends_at__isnull=False).delete()
        # written at once: a secret is no record
        WebhookSecret.objects.filter(webhook=webhook).update(ends_at=at + OVERLAP)
        secret = _give_secret(webhook, at)
        act.save(webhook)
    return MadeSecret(webhook, secret)


def send_test(*, webhook: Webhook, by: User | None, at: datetime.datetime) -> WebhookDelivery:
    """Queue a test message, even if the webhook is switched off. The caller sends it."""
    with verb("test_webhook", by=by, at=at, subject=webhook) as act:
        webhook = _lock_webhook(webhook, by)
        act.touch([webhook])
        return new_delivery(webhook, WebhookEvent.TEST, at)


def send_again(*, delivery: WebhookDelivery, by: User | None, at: datetime.datetime) -> WebhookDelivery:
    """Queue a message again, with the same identifier. Raises Refusal if it is waiting or was dropped."""
    with verb("send_webhook_again", by=by, at=at, subject=delivery.webhook) as act:
        webhook = _lock_webhook(delivery.webhook, by)
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


def digest_of_secrets(webhook: Webhook) -> str:
    """A digest of a webhook's secrets as stored and of when each ends. Raises keys.WrongKey."""
    rows = WebhookSecret.objects.filter(webhook=webhook)
    return _digest([(keys.decrypt(each.encrypted, purpose=keys.WEBHOOKS), each.ends_at) for each in rows])


def _digest(secrets: list[tuple[str, datetime.datetime | None]]) -> str:
    return digest(sorted([secret, ends_at and ends_at.isoformat()] for secret, ends_at in secrets))


def _lock_webhook(webhook: Webhook, by: User | None) -> Webhook:
    """Return the webhook, locked. Raises NotAllowed without the right to administer, Refusal if it was removed."""
    check_administers(by)
    webhook = lock_row(webhook)
    if webhook.removed_at:
        raise Refusal("This webhook was removed.")
    return webhook


def _fill(
    webhook: Webhook,
    name: str,
    url: str,
    events: Iterable[str],
    *,
    with_text: bool,
    is_on: bool,
    by: User | None,
) -> None:
    before = (webhook.url, webhook.events, webhook.with_text)
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
    if (webhook.url, webhook.events, webhook.with_text) != before:
        webhook.words_asked_by = by if with_text else None
        webhook.words_confirmed_at = webhook.words_confirmed_by = None


def _give_secret(webhook: Webhook, at: datetime.datetime) -> str:
    """Add a secret beside those that there are. The caller saves the webhook."""
    secret = signing.new_secret()
    _keep_secret(webhook, secret, at)
    webhook.secrets_digest = digest_of_secrets(webhook)
    return secret


def _keep_secret(webhook: Webhook, secret: str, at: datetime.datetime) -> None:
    encrypted = keys.encrypt(secret, purpose=keys.WEBHOOKS)
    # written at once: a secret is no record
    WebhookSecret.objects.create(webhook=webhook, encrypted=encrypted, made_at=at)
