"""The secret address of a user's calendar feed, which only that user makes and ends. It gives access without sign-in.

The address consists of the record's key and its mark (HMAC-SHA-256 with SECRET_KEY, 256 bits). Its owner can see it
as long as it is valid; the database has only the key, which alone gives no access.
"""

import datetime
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import CalendarAddress, User
from recommendations.permissions import May
from recommendations.trail import verb

SALT = "recommendations.calendar_addresses"
KEY_BYTES = 12


def make_address(*, by: User, at: datetime.datetime) -> CalendarAddress:
    """Give this user a new address. The previous one ends at once, so their calendars need the new one."""
    with verb("make_calendar_address", by=by, at=at) as act:
        person = User.objects.select_for_update().get(pk=by.pk)
        before = address_of(person)
        if before:
            before.ended_at = at
            act.save(before)
        act.subject = act.save(CalendarAddress(person=person, key=secrets.token_hex(KEY_BYTES), made_at=at))
    return act.subject


def end_address(*, address: CalendarAddress, by: User, at: datetime.datetime) -> CalendarAddress:
    """End an address: it no longer works. Raises Refusal if it has ended already."""
    with verb("end_calendar_address", by=by, at=at, subject=address) as act:
        address = lock_row(address)
        if address.ended_at:
            raise Refusal("This address has ended already.")
        address.ended_at = at
        act.save(address)
    return address


def address_of(person: User) -> CalendarAddress | None:
    """This user's valid address, or None."""
    return CalendarAddress.objects.visible_to(person).standing().first()


def token_of(address: CalendarAddress) -> str:
    """The secret part of the address."""
    return address.key + _mark(address.key)


def owner_of(token: str) -> User | None:
    """The user whose feed has this token, or None if it is invalid or ended, or they may not see a calendar.

    At most one query, and none for a token with a wrong mark.
    """
    key, mark = token[: 2 * KEY_BYTES], token[2 * KEY_BYTES :]
    if not constant_time_compare(mark, _mark(key)):
        return None
    found = CalendarAddress.objects.standing().filter(key=key).select_related("person").first()
    return found.person if found and found.person.has_perm(May.SEE_CALENDAR) else None


def _mark(key: str) -> str:
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()
