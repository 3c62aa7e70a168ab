"""Recording security events: as trail entries, and in the log without names."""

import datetime
import json
import logging
from dataclasses import dataclass

from django.db import transaction

from recommendations import trail
from recommendations.enums.security import SecurityEventKind
from recommendations.models import SecurityEvent, User

NOBODY = "someone not signed in"
logger = logging.getLogger("recommendations.events")


@dataclass(frozen=True)
class EventOrigin:
    """Where a request came from: the address seen by the server, and the browser in words."""

    address: str | None = None
    client: str = ""


HERE = EventOrigin()  # the command line


def note_event(
    *,
    kind: SecurityEventKind,
    by: User | None,
    at: datetime.datetime,
    account: User | None = None,
    origin: EventOrigin = HERE,
    detail: str = "",
    reason: str = "",
) -> SecurityEvent:
    """Record one event: `by` did it (None: nobody signed in, or the command line), concerning `account`."""
    with trail.verb(kind, by=by, at=at, reason=reason, subject=account) as act:
        act.by_name = NOBODY if by is None and origin.address else ""
        return add_event(act, account=account, origin=origin, detail=detail)


def add_event(
    act: trail.VerbContext, *, account: User | None = None, origin: EventOrigin = HERE, detail: str = ""
) -> SecurityEvent:
    """Save the event of a running verb, which must be named after the event's kind."""
    event = SecurityEvent(kind=act.verb, at=act.at, account=account, by=act.by, detail=detail[:200])
    event.address, event.client = origin.address, origin.client[:60]
    event.is_new_address = _is_new(event)
    act.save(event)
    transaction.on_commit(lambda: logger.info(as_json_line(event), extra=_log_record(event)))
    return event


def _is_new(event: SecurityEvent) -> bool:
    """Whether this is a sign-in from an address new to the account (and not its first sign-in at all)."""
    before = SecurityEvent.objects.filter(account=event.account, kind=SecurityEventKind.SIGNED_IN)
    known = set(before.values_list("address", flat=True)) if event.account and event.address else set()
    return bool(known) and event.address not in known


def as_json_line(event: SecurityEvent) -> str:
    """One event as a line of JSON for log collectors."""
    return json.dumps(as_facts(event), ensure_ascii=False)


def _log_record(event: SecurityEvent) -> dict[str, object]:
    return {"event": "security", "facts": {"number": event.pk, **as_facts(event)}}


def as_facts(event: SecurityEvent) -> dict[str, str | int | None]:
    """An event's fields for the log. Users appear as ids, so that no name or text leaves this system."""
    return {
        "at": event.at.astimezone(datetime.UTC).isoformat(),
        "event": event.pk,
        "kind": event.kind,
        "account": event.account_id,
        "by": event.by_id,
        "address": event.address,
        "new_address": event.is_new_address,
        "client": event.client,
    }
