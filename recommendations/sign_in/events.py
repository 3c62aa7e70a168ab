"""Security events of sign-in: receivers for allauth's signals, and functions to record events."""

import re
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import authentication_step_completed
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from recommendations.domain.audit.events import HERE, EventOrigin, note_event
from recommendations.domain.audit.repeated_refusals import RepeatedRefusal, throttle_refusal
from recommendations.domain.people.sessions import BEGUN
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import ApiToken, User

BROWSERS = ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)
FACTOR_WORDS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
ENTRA = "entra"  # the method in an authentication record: Microsoft Entra, with a second factor there
PROOFS = {"totp": "code", "recovery_codes": "recovery code", "webauthn": "passkey", ENTRA: "Microsoft Entra"}


def origin_of(request) -> EventOrigin:
    """Where this request came from. The address is the one that our own proxy saw."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    said = [next((name for sign, name in table if re.search(sign, agent)), "") for table in (BROWSERS, SYSTEMS)]
    return EventOrigin(get_adapter().get_client_ip(request), ", ".join(filter(None, said)))


def note(request, kind: Kind, *, account: User | None = None, by: User | None = None, detail: str = "") -> None:
    """Record a security event of this request."""
    note_event(kind=kind, by=by, at=timezone.now(), account=account, origin=origin_of(request), detail=detail)


def later(request, job: Callable[[], None]) -> None:
    """Run a job after the response is sent, so that the response time reveals nothing."""
    if (jobs := getattr(request, "later", None)) is None:
        job()
    else:
        jobs.append(job)


def note_failure(request, kind: Kind, account: User | None, detail: str = "") -> None:
    """Record a refusal after the response. Locks and strangers' attempts are folded; failures on an account are not."""
    if kind != Kind.LOCKED and account is not None:
        later(request, lambda: note(request, kind, account=account, detail=detail))
    else:
        later(request, lambda: note_folded(request, kind, account, detail))


def note_folded(request, kind: Kind, account: User | None, detail: str = "") -> None:
    """Record an event that may repeat: the first one now, later how many more there were."""
    refusal = RepeatedRefusal(kind, account=account, address=get_adapter().get_client_ip(request))
    throttle_refusal(refusal, timezone.now(), lambda: note(request, kind, account=account, detail=detail))


def is_by_entra(request, user: User) -> bool:
    """Whether this session began with Microsoft Entra, which checked the second factor."""
    return any(record["method"] == ENTRA for record in get_authentication_records(request, user))


def signed_in_at_by_password(request, user: User) -> float | None:
    """When this user typed their password to sign in (seconds of the epoch), or None if more was shown in the session.

    Only someone without a second factor has such a session: others have used theirs in it, or signed in with Entra.
    """
    records = get_authentication_records(request, user)
    return records[-1]["at"] if {each["method"] for each in records} == {"password"} else None


def token_in(request) -> ApiToken | None:
    """The API token of this request, once middleware/tokens.py has read it, or None."""
    return getattr(request, "api_token", None)


def is_by_session(request) -> bool:
    """Whether a user is signed in by a session, not by an API token."""
    return request.user.is_authenticated and token_in(request) is None


def proofs_of(request, user: User) -> str:
    """How the user authenticated in this session, in words: "password and code", "passkey"."""
    records = get_authentication_records(request, user)
    said = [PROOFS.get(each.get("type", each["method"]), each["method"]) for each in records]
    return " and ".join(dict.fromkeys(said))


def _words_of(authenticator: Authenticator) -> str:
    return FACTOR_WORDS.get(authenticator.type) or f"passkey “{authenticator}”"


@receiver(user_logged_in)
def _note_start(request, user, **kwargs):
    """Note in the session when and from where it began, for the lists of its owner and of administrators."""
    origin = origin_of(request) if "REMOTE_ADDR" in request.META else HERE
    now = timezone.now().timestamp()
    request.session[BEGUN] = {"at": now, "seen": now, "address": origin.address, "client": origin.client}


@receiver(signals.authenticator_added)
def _note_factor_added(request, user, authenticator, **kwargs):
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    kind, detail = (Kind.CODES_MADE, "") if is_codes else (Kind.FACTOR_ADDED, _words_of(authenticator))
    note(request, kind, account=user, by=user, detail=detail)


@receiver(signals.authenticator_removed)
def _note_factor_removed(request, user, authenticator, **kwargs):
    note(request, Kind.FACTOR_REMOVED, account=user, by=user, detail=_words_of(authenticator))


@receiver(signals.authenticator_reset)
def _note_codes_renewed(request, user, authenticator, **kwargs):
    note(request, Kind.CODES_MADE, account=user, by=user)


@receiver(signals.authenticator_used)
def _note_recovery_code_used(request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, Kind.RECOVERY_USED, account=user, by=user)


@receiver(authentication_step_completed)
def _note_confirmation(request, user, method, **kwargs):
    """A signed-in user has reauthenticated."""
    if kwargs.get("reauthenticated"):
        said = PROOFS.get(kwargs.get("type", method), method)
        note(request, Kind.CONFIRMED, account=user, by=user, detail=said)


@receiver(signals.authentication_failed)
def _code_refused(request, user, **told):
    note(request, Kind.CODE_FAILED, account=user)
