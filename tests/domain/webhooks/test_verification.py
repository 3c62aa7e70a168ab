"""Secrets of webhooks that were changed straight in the database are found."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.people.renewing import renew_secrets
from recommendations.domain.webhooks import verification as of_webhooks
from recommendations.domain.webhooks import webhooks
from recommendations.enums.webhooks import CHOSEN
from recommendations.models import Webhook, WebhookSecret
from tests.conftest import AT
from tests.domain.audit.tampering import past
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def webhook(administrator):
    """A webhook with a secret, and one before it that signs for a day."""
    facts = {"events": CHOSEN, "by": administrator, "at": AT}
    webhooks.add_webhook(name="Other", url="https://other.example.org/", **facts)
    made = webhooks.add_webhook(name="Tracker", url="https://tracker.example.org/", **facts).webhook
    return webhooks.replace_secret(webhook=made, by=administrator, at=AT).webhook


def rows(webhook, **about):
    return WebhookSecret.objects.filter(webhook=webhook, **about)


TAMPERS = {
    "all deleted": lambda webhook, _: rows(webhook).delete(),
    "the current one deleted": lambda webhook, _: rows(webhook, ends_at=None).delete(),
    "the one before deleted": lambda webhook, _: rows(webhook, ends_at__isnull=False).delete(),
    "the one before kept for longer": lambda webhook, _: rows(webhook, ends_at__isnull=False).update(
        ends_at=AT + DAY * 9
    ),
    "another's put in its place": lambda webhook, other: rows(webhook, ends_at=None).update(encrypted=other.encrypted),
    "another's added": lambda webhook, other: WebhookSecret.objects.create(
        webhook=webhook, encrypted=other.encrypted, made_at=AT, ends_at=AT + DAY
    ),
    "no secret any more": lambda webhook, _: rows(webhook, ends_at=None).update(encrypted="nonsense"),
}


@pytest.mark.parametrize("name", TAMPERS)
def test_a_secret_changed_past_the_program_is_named(webhook, name):
    assert [*of_webhooks.wrong_secrets()] == []
    TAMPERS[name](webhook, WebhookSecret.objects.exclude(webhook=webhook).get())
    said = f"The secrets of the webhook {webhook.pk} were changed, added to or deleted."
    assert verification.verify() == [said]


def test_the_digest_itself_is_answered_for_by_the_trail(webhook):
    rows(webhook).delete()
    past(Webhook).filter(pk=webhook.pk).update(secrets_digest="")
    assert f"The webhook {webhook.pk} was changed: secrets_digest." in verification.verify()


def test_what_the_program_does_with_secrets_is_as_the_trail_says(webhook, administrator, settings):
    facts = {"webhook": webhook, "name": "Tracker", "events": CHOSEN, "by": administrator, "at": AT}
    webhooks.change_webhook(url="https://elsewhere.example.org/", **facts)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    renew_secrets()
    assert verification.verify() == []
    webhooks.remove_webhook(webhook=webhook, by=administrator, at=AT)
    assert verification.verify() == []


def test_of_secrets_from_before_there_were_digests_it_is_known_whether_there_is_one(webhook):
    past(Webhook).update(secrets_digest="")
    assert [*of_webhooks.wrong_secrets()] == []
    rows(webhook, ends_at=None).delete()
    assert len([*of_webhooks.wrong_secrets()]) == 1
