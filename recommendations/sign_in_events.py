"""What sign-in records: allauth tells of it here, and each is a security event."""

import re
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.utils import timezone

from recommendations.domain.audit.events import EventOrigin, note_event
from recommendations.domain.audit.folding import RepeatedRefusal, fold
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import User

BROWSERS = ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)


def origin_of(request) -> EventOrigin:
    """Where this request came from; the address is the one that our own proxy saw."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    said = [next((name for sign, name in table if re.search(sign, agent)), "") for table in (BROWSERS, SYSTEMS)]
    return EventOrigin(get_adapter().get_client_ip(request), ", ".join(filter(None, said)))


def note(request, kind: Kind, *, account: User | None = None, by: User | None = None, detail: str = "") -> None:
    """Record an event of this request."""
    note_event(kind=kind, by=by, at=timezone.now(), account=account, origin=origin_of(request), detail=detail)


def later(request, job: Callable[[], None]) -> None:
    """Do it when the answer has gone, so that an answer takes the same time whatever there is to do."""
    if (jobs := getattr(request, "later", None)) is None:
        job()
    else:
        jobs.append(job)


def note_failure(request, kind: Kind, account: User | None) -> None:
    """A refused password, after the answer. Locks and what strangers try are folded; an account's few failures not."""
    if kind == Kind.FAILED and account is not None:
        later(request, lambda: note(request, kind, account=account))
    else:
        later(request, lambda: note_folded(request, kind, account))


def note_folded(request, kind: Kind, account: User | None) -> None:
    """Record an event of this request that may come many times: the first one, and then how many more there were."""
    refusal = RepeatedRefusal(kind, account=account, address=get_adapter().get_client_ip(request))
    fold(refusal, timezone.now(), lambda: note(request, kind, account=account))


@receiver(signals.authenticator_added)
def _added(request, user, authenticator, **told):
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    note(request, Kind.CODES_MADE if is_codes else Kind.FACTOR_ADDED, account=user, by=user)


@receiver(signals.authenticator_removed)
def _removed(request, user, authenticator, **told):
    note(request, Kind.FACTOR_REMOVED, account=user, by=user, detail=authenticator.get_type_display())


@receiver(signals.authenticator_reset)
def _made_again(request, user, authenticator, **told):
    note(request, Kind.CODES_MADE, account=user, by=user)


@receiver(signals.authenticator_used)
def _used(request, user, authenticator, **told):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, Kind.RECOVERY_USED, account=user, by=user)


@receiver(signals.authentication_failed)
def _code_refused(request, user, **told):
    note(request, Kind.CODE_FAILED, account=user)
