"""Everybody's access, for administrators: second factor, last seen, sessions, locks."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db.models import Max, Prefetch, Q

from recommendations.domain.people.second_factors import FACTORS
from recommendations.domain.people.sessions import OpenSession, sessions_by_person
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import CommitteeSeat, SecurityEvent, User

SEATS = Prefetch("seats", CommitteeSeat.objects.current().select_related("panel"), to_attr="committees")
A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PersonAccess:
    """One user's row. `seen_at` is None if they never signed in."""

    person: User
    passkeys: int
    has_app: bool
    codes_left: int
    seen_at: datetime.datetime | None
    seen_from: str
    sessions: list[OpenSession]
    locked_at: datetime.datetime | None

    @property
    def has_password(self) -> bool:
        """Whether they have set a password, or come by Microsoft Entra."""
        return self.person.has_usable_password() or bool(self.person.entra_id)

    @property
    def has_factor(self) -> bool:
        return bool(self.factors)

    @property
    def is_reset_here(self) -> bool:
        """Whether they have a second factor of ours, which can be reset here (Microsoft's is reset there)."""
        return bool(self.passkeys) or self.has_app

    @property
    def factors(self) -> str:
        """Their second factors in words, or ""."""
        passkeys = "passkey" if self.passkeys == 1 else f"{self.passkeys} passkeys" if self.passkeys else ""
        entra = "Microsoft Entra" if self.person.entra_id else ""
        return ", ".join(filter(None, (passkeys, "app" if self.has_app else "", entra)))


def people_access(*, at: datetime.datetime) -> list[PersonAccess]:
    """All users, those who can sign in first, then by name. A constant number of queries."""
    sessions, factors = sessions_by_person(at=at), _factors()
    signed_in, locked = (Q(security_events__kind=kind) for kind in (Kind.SIGNED_IN, Kind.LOCKED))
    recent = locked & Q(security_events__at__gte=at - A_DAY)
    people = User.objects.select_related("force").prefetch_related(SEATS).order_by("-is_active", "name", "pk")
    found = people.annotate(
        last_in=Max("security_events__pk", filter=signed_in), locked_at=Max("security_events__at", filter=recent)
    )
    entered = SecurityEvent.objects.in_bulk([person.last_in for person in found if person.last_in])
    return [_line(each, factors[each.pk], sessions.get(each.pk, []), entered.get(each.last_in)) for each in found]


def _factors() -> dict[int, list[Authenticator]]:
    found = defaultdict(list)
    for each in Authenticator.objects.all():
        found[each.user_id].append(each)
    return found


def _line(
    person: Any, factors: list[Authenticator], sessions: list[OpenSession], entered: SecurityEvent | None
) -> PersonAccess:
    types = [each.type for each in factors]
    seen: list[tuple] = [(each.seen, each.address) for each in sessions]
    seen += [(entered.at, entered.address)] if entered else []
    seen_at, seen_from = max(seen, key=lambda each: each[0], default=(None, None))
    return PersonAccess(
        person=person,
        passkeys=types.count(FACTORS[1]),
        has_app=FACTORS[0] in types,
        codes_left=sum(_codes_left(each) for each in factors if each.type == Authenticator.Type.RECOVERY_CODES),
        seen_at=seen_at,
        seen_from=seen_from or "",
        sessions=sessions,
        locked_at=person.locked_at,
    )


def _codes_left(codes: Authenticator) -> int:
    """The number of unused codes. Each used one has a bit, so the codes need not be generated."""
    return app_settings.RECOVERY_CODE_COUNT - int(codes.data.get("used_mask", 0)).bit_count()
