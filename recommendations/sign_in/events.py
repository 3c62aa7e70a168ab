"""What sign-in records: allauth tells of it here, and each is a security event."""

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
from recommendations.domain.audit.repeated_refusals import RepeatedRefusal, fold
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
ENTRA = "entra"  # the method of an authentication record: Microsoft Entra, with a second factor there
PROOFS = {"totp": "code", "recovery_codes": "recovery code", "webauthn": "passkey", ENTRA: "Microsoft Entra"}


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


def note_failure(request, kind: Kind, account: User | None, detail: str = "") -> None:
    """What was refused, after the answer. Locks and what strangers try are folded; an account's few failures not."""
    if kind != Kind.LOCKED and account is not None:
        later(request, lambda: note(request, kind, account=account, detail=detail))
    else:
        later(request, lambda: note_folded(request, kind, account, detail))


def note_folded(request, kind: Kind, account: User | None, detail: str = "") -> None:
    """Record an event of this request that may come many times: the first one, and then how many more there were."""
    refusal = RepeatedRefusal(kind, account=account, address=get_adapter().get_client_ip(request))
    fold(refusal, timezone.now(), lambda: note(request, kind, account=account, detail=detail))


def is_by_entra(request, user: User) -> bool:
    """Whether this session was begun with Microsoft Entra, which asked for the second factor."""
    return any(record["method"] == ENTRA for record in get_authentication_records(request, user))


def token_in(request) -> ApiToken | None:
    """The personal token with which a program asks, once middleware/tokens.py has read it; None for people."""
    return getattr(request, "api_token", None)


def is_by_session(request) -> bool:
    """Whether somebody is signed in here: a program with a token has no session."""
    return request.user.is_authenticated and token_in(request) is None


def proofs_of(request, user: User) -> str:
    """What somebody has shown in this session, in words: "password and code", "passkey"."""
    records = get_authentication_records(request, user)
    said = [PROOFS.get(each.get("type", each["method"]), each["method"]) for each in records]
    return " and ".join(dict.fromkeys(said))


def _words_of(authenticator: Authenticator) -> str:
    return FACTOR_WORDS.get(authenticator.type) or f"passkey “{authenticator}”"


@receiver(user_logged_in)
def _begun(request, user, **told):
    """A session says when it began and from where: its owner and administrators see it in their lists."""
    origin = origin_of(request) if "REMOTE_ADDR" in request.META else HERE
    now = timezone.now().timestamp()
    request.session[BEGUN] = {"at": now, "seen": now, "address": origin.address, "client": origin.client}


@receiver(signals.authenticator_added)
def _added(request, user, authenticator, **told):
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    kind, detail = (Kind.CODES_MADE, "") if is_codes else (Kind.FACTOR_ADDED, _words_of(authenticator))
    note(request, kind, account=user, by=user, detail=detail)


@receiver(signals.authenticator_removed)
def _removed(request, user, authenticator, **told):
    note(request, Kind.FACTOR_REMOVED, account=user, by=user, detail=_words_of(authenticator))


@receiver(signals.authenticator_reset)
def _made_again(request, user, authenticator, **told):
    note(request, Kind.CODES_MADE, account=user, by=user)


@receiver(signals.authenticator_used)
def _used(request, user, authenticator, **told):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, Kind.RECOVERY_USED, account=user, by=user)


@receiver(authentication_step_completed)
def _confirmed(request, user, method, **told):
    """Somebody who is signed in has shown again who they are."""
    if told.get("reauthenticated"):
        said = PROOFS.get(told.get("type", method), method)
        note(request, Kind.CONFIRMED, account=user, by=user, detail=said)


@receiver(signals.authentication_failed)
def _code_refused(request, user, **told):
    note(request, Kind.CODE_FAILED, account=user)
