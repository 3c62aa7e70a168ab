"""Folding: identical refusals within minutes are counted, so that nobody can flood the trail.

The first gets an entry at once. The others get one entry with their number, at the next refusal of anybody after the
time is over, or when an administrator opens the events.
"""

import datetime
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from recommendations import trail
from recommendations.domain.audit.events import EventOrigin, note_event
from recommendations.enums.security import SecurityEventKind
from recommendations.models import FoldedRefusal, User

WINDOW = datetime.timedelta(minutes=10)
REFUSED = "refused"
MOST_STRANGERS = 50  # networks of strangers told apart at one time; all others count as one
NETWORK = 64  # bits of an IPv6 address that identify a customer


@dataclass(frozen=True)
class RepeatedRefusal:
    """A refusal: of a signed-in person, or concerning an account, from where, and the reason."""

    verb: str
    person: User | None = None
    account: User | None = None
    address: str | None = None
    reason: str = ""
    place: str = ""  # the part of the address that repeats: the view, not the record
    about: str = ""  # the latest address itself

    @property
    def key(self) -> str:
        """The key of identical refusals; strangers are identified by network."""
        who = [self.person and self.person.pk, self.account and self.account.pk]
        stranger = "" if any(who) else self._network
        return trail.digest([self.verb, *who, stranger, self.place, self.reason])

    @property
    def _network(self) -> str:
        open_ones = FoldedRefusal.objects.filter(person=None, account=None)
        network = customer_network(self.address)
        if open_ones.count() >= MOST_STRANGERS and not open_ones.filter(about=network).exists():
            return "many"
        return network


def customer_network(address: str | None) -> str:
    """An IPv4 address, or the network of one customer in IPv6; "" without an address."""
    if not address:
        return ""
    found = ipaddress.ip_address(address)
    return str(found) if found.version == 4 else str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False))


def throttle_refusal(refusal: RepeatedRefusal, on: datetime.datetime, first: Callable[[], object]) -> None:
    """Call `first`, which records the refusal, unless an identical one was recorded within WINDOW: then count it."""
    tell_folded(on)
    if not _count_repeat(refusal, on):
        first()


def _count_repeat(refusal: RepeatedRefusal, on: datetime.datetime) -> bool:
    about = refusal.about[:400] if refusal.person or refusal.account else customer_network(refusal.address)
    who = {"person": refusal.person, "account": refusal.account, "address": refusal.address}
    facts = {"verb": refusal.verb, "reason": refusal.reason, "about": about, "first_at": on, "last_at": on}
    # written at once: a count, deleted once recorded, is no record
    row, is_first = FoldedRefusal.objects.get_or_create(pk=refusal.key, defaults=who | facts)
    if not is_first:
        # written at once: the count goes on, and is no record
        FoldedRefusal.objects.filter(pk=row.pk).update(
            count=F("count") + 1, last_at=on, about=about, address=refusal.address
        )
    return not is_first


def tell_folded(on: datetime.datetime) -> None:
    """Record how often earlier refusals were repeated, once their time is over."""
    over = FoldedRefusal.objects.filter(first_at__lte=on - WINDOW).order_by("first_at").values_list("pk", flat=True)
    for pk in list(over):
        with transaction.atomic():
            row = FoldedRefusal.objects.select_for_update().filter(pk=pk).first()
            if row is not None:
                row.delete()
                if row.count:
                    _tell(row, on)


def _tell(row: FoldedRefusal, on: datetime.datetime) -> None:
    words = f"{row.count:,} more {'time' if row.count == 1 else 'times'} until {localtime(row.last_at):%H:%M}"
    if row.verb == REFUSED:
        trail.record(by=row.person, at=on, verb=REFUSED, reason=row.reason, about=f"{words}, last {row.about}"[:400])
        return
    kind, origin = SecurityEventKind(row.verb), EventOrigin(row.address)
    note_event(kind=kind, by=None, at=on, account=row.account, origin=origin, detail=words)
