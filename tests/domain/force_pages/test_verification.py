"""A subscriber that was written past the program gets no email, and is named."""

import pytest

from recommendations.domain.audit import sealed_rows, verification
from recommendations.domain.force_pages import mails, subscribers
from recommendations.models import ForceSubscriber
from tests.conftest import AT
from tests.domain.audit.tampering import past

assert sealed_rows.wrong_sealed_rows  # checked wherever it is imported, as the command does


@pytest.mark.on_postgresql
def test_one_that_was_signed_up_and_confirmed_is_as_sealed(westmarch):
    new = subscribers.sign_up(force=westmarch, email="ann@example.org", at=AT)
    assert ForceSubscriber.objects.get().is_as_sealed
    subscribers.confirm(subscriber=new, at=AT)
    found = ForceSubscriber.objects.get()
    assert (found.is_as_sealed, found.confirmed_at) == (True, AT)
    assert verification.verify() == []


def test_one_that_was_planted_is_named_not_confirmed_and_not_written_to(westmarch):
    good = subscribers.sign_up(force=westmarch, email="ann@example.org", at=AT)
    facts = {"email": "planted@example.org", "token": "t" * 24, "asked_at": AT, "seal": good.seal}
    past(ForceSubscriber).bulk_create([ForceSubscriber(force=westmarch, **facts)])
    planted = ForceSubscriber.objects.get(token="t" * 24)
    assert verification.verify() == [sealed_rows.CHANGED.format(kind=ForceSubscriber._meta.verbose_name, pk=planted.pk)]
    waiting = {each.subscriber.pk: each for each in mails.waiting(AT)}
    assert set(waiting) == {good.pk, planted.pk}
    assert mails.claim(about=waiting[planted.pk], at=AT) is None
    subscribers.confirm(subscriber=planted, at=AT)
    assert ForceSubscriber.objects.get(pk=planted.pk).confirmed_at is None
    assert mails.claim(about=waiting[good.pk], at=AT) is not None
