"""Subscribers to emails about a force's page, who sign up, confirm and unsubscribe by links.

They are no records: an address is deleted when its owner unsubscribes, or does not confirm it within some days.
"""

import datetime
import secrets

from django.db import IntegrityError, transaction

from recommendations.models import Force, ForceSubscriber, User
from recommendations.trail import verb

TO_CONFIRM = datetime.timedelta(days=3)  # then an unconfirmed address is deleted
AGAIN = datetime.timedelta(days=1)  # the minimum time between two confirmation emails to an address


def sign_up(*, force: Force, email: str, at: datetime.datetime) -> ForceSubscriber | None:
    """Add an address that is to be confirmed. None if it is confirmed already, or was added less than a day ago.

    The page says the same in every case.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            found = ForceSubscriber.objects.select_for_update().filter(force=force, email=email).first()
            if found and (found.confirmed_at or found.asked_at > at - AGAIN):
                return None
            if found:
                _delete(found)
            new = ForceSubscriber(force=force, email=email, token=secrets.token_urlsafe(24), asked_at=at)
            # no record: an address that its owner can delete by a link
            new.save()
            return new
    except IntegrityError:  # someone else added it concurrently
        return None


def find(slug: str, token: str) -> ForceSubscriber | None:
    """The subscriber whose link this is; None if they unsubscribed or never existed. One query."""
    return ForceSubscriber.objects.select_related("force").filter(force__slug=slug, token=token).first()


def confirm(*, subscriber: ForceSubscriber, at: datetime.datetime) -> None:
    """Confirm an address. A second time changes nothing, and one that was written past the program stays as it is."""
    with transaction.atomic():
        found = ForceSubscriber.objects.select_for_update().filter(pk=subscriber.pk, confirmed_at=None).first()
        if found is None or not found.is_as_sealed:
            return
        found.confirmed_at = at
        # no record: an address that its owner can delete by a link
        found.save()


def end(*, subscriber: ForceSubscriber) -> None:
    """Unsubscribe: delete the address."""
    _delete(subscriber)


def remove_address(*, force: Force, email: str, by: User | None, at: datetime.datetime) -> None:
    """Delete an address at its owner's request. The trail has the request but not the address.

    Nothing reveals whether the address was subscribed.
    """
    with verb("remove_page_address", by=by, at=at, subject=force):
        # written at once: no record, and nothing refers to it
        ForceSubscriber.objects.filter(force=force, email=email.strip().lower()).delete()


def confirmed_count(force: Force) -> int:
    """How many addresses get the emails. One query."""
    return ForceSubscriber.objects.filter(force=force, confirmed_at__isnull=False).count()


def _delete(subscriber: ForceSubscriber) -> None:
    # written at once: no record, and nothing refers to it
    ForceSubscriber.objects.filter(pk=subscriber.pk).delete()
