"""Folding: access records older than the office's period become monthly counts of each kind.

The entries remain in the chain with their hashes, but no longer say who, from where and when. The folding's entry
names each with the hash it should now have, so that folding can be told from tampering.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from recommendations.domain.audit.event_queries import GROUPS, event_in
from recommendations.enums.security import SecurityEventKind
from recommendations.models import AccessCount, SecurityEvent, TrailEntry, User
from recommendations.periods import day_start, london_day
from recommendations.trail import VerbContext, entry_hash, verb

FOLDED = [name for group in ("access", "failed", "export", "refused", "reading") for name in GROUPS[group][1]]
NOTHING: dict[str, Any] = dict.fromkeys(("by_name", "subject_model", "about", "reason"), "")
NOTHING |= {"by": None, "subject_id": None, "changes": "[]"}


@dataclass(frozen=True)
class Folding:
    """How many access records were (or would be) folded, and the day before which they happened."""

    number: int
    before: datetime.date


def fold_access_records(*, days: int, by: User | None, at: datetime.datetime) -> Folding:
    """Fold records older than `days` days. Writes nothing if there are none.

    The last sign-in of each account is kept, as it shows when somebody was last seen.
    """
    before = london_day(at) - datetime.timedelta(days=days)
    if not older_than(before).exists():
        return Folding(0, before)
    reason = f"Access records from before {before:%-d %B %Y}, which are kept for {days} days."
    with verb("fold_access_records", by=by, at=at, reason=reason) as act:
        counted = Counter(_fold(act, entry) for entry in list(older_than(before)))
        rows = [AccessCount(month=month, verb=of, number=n, folded_at=at) for (month, of), n in counted.items()]
        act.add_all(rows)
    return Folding(counted.total(), before)


def older_than(day: datetime.date) -> QuerySet[TrailEntry]:
    """The entries about access from before a day that are not folded, without each account's last sign-in."""
    kept = SecurityEvent.objects.filter(kind=SecurityEventKind.SIGNED_IN).order_by().values("account")
    moments = kept.annotate(last=Max("at")).values("last")
    entries = TrailEntry.objects.filter(verb__in=FOLDED, at__lt=day_start(day)).exclude(by_name="")
    return entries.exclude(verb=SecurityEventKind.SIGNED_IN, at__in=moments).order_by("sequence")


def _fold(act: VerbContext, entry: TrailEntry) -> tuple[datetime.date, str]:
    """Fold one entry, and delete its event; return the month and kind under which it is counted."""
    month = london_day(entry.at).replace(day=1)
    event = event_in(entry)
    for name, value in (NOTHING | {"at": day_start(month)}).items():
        setattr(entry, name, value)
    # written at once: an entry is folded past its guard, inside the verb that says so
    QuerySet[TrailEntry](TrailEntry).filter(pk=entry.pk).update(**NOTHING, at=entry.at)
    if event:
        # written at once: the event of a folded entry, inside the verb that says so
        QuerySet(SecurityEvent).filter(pk=event)._raw_delete("default")
    act.say(entry, reads=entry_hash(entry))
    return month, entry.verb


def counts_by_month() -> list[tuple[datetime.date, list[tuple[str, int]]]]:
    """The folded counts: each month, newest first, with the number of each kind."""
    found: dict[datetime.date, Counter[str]] = {}
    for each in AccessCount.objects.all():
        found.setdefault(each.month, Counter())[each.verb] += each.number
    return [(month, sorted(counted.items())) for month, counted in found.items()]
