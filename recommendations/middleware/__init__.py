"""Middleware: sign-in that keeps typed forms, sessions, the second factor, refusals in the trail, guarded writes."""

import logging
import re
from functools import partial
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import DisallowedHost
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from recommendations import trail
from recommendations.domain.audit.repeated_refusals import REFUSED, RepeatedRefusal, fold
from recommendations.domain.people.committees import members_need_factor
from recommendations.domain.people.second_factors import FACTORS
from recommendations.domain.people.sessions import BEGUN, session_in
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.forms.site.fields import typed_on
from recommendations.permissions import WRITING_ROLES
from recommendations.sign_in.events import is_by_entra, is_by_session, note

logger = logging.getLogger(__name__)
KEPT = "kept_form"
KEPT_FOR = "kept_for"
MOST_KEPT = 200_000
SAFE = ("GET", "HEAD", "OPTIONS")
PUBLIC_PATHS = ("/published/", "/accessibility/", "/data-protection/", "/report-a-security-problem/", "/.well-known/")
KB = 1024
# The largest body of a request: to a page that is open to everybody; to one where a session may have expired while
# somebody typed, which is kept in memory; and from a signed-in user, whose largest file is 20 MB.
FROM_STRANGERS, TO_BE_KEPT, FROM_PEOPLE = 64 * KB, 1024 * KB, 24 * 1024 * KB
SEEN_EVERY = 60  # seconds
# Views that pages poll by themselves, so they don't show that anybody is there.
ASKED_BY_PAGES = ("draft_news", "build_progress", "sheet_progress")
# Views that a user who still needs a second factor can open: setting it up, and signing out.
WITHOUT_FACTOR = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout")

WRITE = re.compile(
    r'\b(?:INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"?(recommendations_\w+)', re.IGNORECASE
)
TRAIL = ("recommendations_trailentry", "recommendations_trailhead")
FORM_MARKS = "recommendations_submission"
DRAFTS = tuple(  # drafts, builds and preferences: no records
    f"recommendations_{name}"
    for name in (
        *("rounddraft", "sheetdraft", "draftpart", "draftcommitment", "commentsdraft", "filedraft", "typeddraft"),
        *("searchentry", "searchword"),  # which cover drafts too
        *("paperbuild", "registerexport", "savedview", "savedviewuse", "storedfile", "forcesubscriber"),
    )
)
EVENTS = "recommendations_securityevent"  # reading and downloading are events too
SEALS = "recommendations_accountseal"  # it follows each change of a password or second factor: no record
MESSAGES = "recommendations_webhookdelivery"  # a ledger: the outcome of a test message is written when sent
LAST_LOOK = "recommendations_lastlook"  # when somebody marked changes as seen: no record
WANTED = "recommendations_reminderswitch"  # which reminders somebody wants: no record
PASSWORD_REHASHED = 'UPDATE "recommendations_user" SET "password" = %s WHERE'
# Personal preferences are not records.
PREFERRED = tuple(f'UPDATE "recommendations_user" SET "{name}" = %s WHERE' for name in ("shows_mine", "mails_notices"))


def only_our_host(get_response):
    """Answer only ORIGIN's host and port; a trailing dot in the name is refused."""

    def middleware(request):
        if not _is_our_port(request.get_host()):
            raise DisallowedHost("The Host header does not name the host and port of ORIGIN.")
        return get_response(request)

    return middleware


def _is_our_port(host: str) -> bool:
    """Whether the port is ORIGIN's, or none. On loopback any port will do, as a demonstration's can be chosen."""
    ours = urlsplit(settings.ORIGIN)
    if ours.hostname in settings.LOOPBACK:
        return True
    port = str(ours.port or (443 if ours.scheme == "https" else 80))
    name, _, given = host.partition(":")
    return not name.endswith(".") and given in ("", port)


def answer_first(get_response):
    """Run the jobs that a view deferred (sign_in/events.py later) after the response is sent, in the same worker."""

    def middleware(request):
        request.later = []
        response = get_response(request)
        if request.later:
            response.close = partial(_close, response.close, request.later)
        return response

    return middleware


def _close(close, jobs) -> None:
    """Run each job, whatever happens to the others, and close the response."""
    for job in jobs:
        try:
            job()
        except Exception:  # the response is sent, so nobody can be told
            logger.exception("What was left for after an answer failed")
    close()


def typed_by(user) -> str:
    """A signed token in each form that names the user: only they get back what was typed before a session was lost."""
    return Signer(salt=KEPT_FOR).sign(str(user.pk))


def who_typed(request) -> int | None:
    """The id of the user who typed this form, from its signed token, or None."""
    try:
        return int(Signer(salt=KEPT_FOR).unsign(request.POST.get(KEPT_FOR, "")))
    except (BadSignature, ValueError):
        return None


def pairs_of(request) -> list[tuple[str, str]]:
    """Every name and value of a form, as sent."""
    return [(name, value) for name, values in request.POST.lists() for value in values]


def limit_bodies(get_response):
    """Refuse a body that is too large before any of it is read or written to disk.

    A body without a length is read as empty.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        most = _most_from(request, view)
        if 0 <= content_length(request) <= most:
            return None
        refused = "site/too_large_to_keep.html" if most == TO_BE_KEPT else "site/too_large.html"
        return render(request, refused, {"most": _in_words(most)}, status=413)

    middleware.process_view = process_view
    return middleware


def content_length(request) -> int:
    """The request's Content-Length: 0 if there is none, -1 if it is not a number."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else -1


def _most_from(request, view) -> int:
    if request.user.is_authenticated:
        return getattr(view, "most_bytes", FROM_PEOPLE) if is_by_session(request) else TO_BE_KEPT
    return TO_BE_KEPT if getattr(view, "login_required", True) else FROM_STRANGERS


def _in_words(size: int) -> str:
    return f"{size // KB} KB" if size < 1024 * KB else f"{size // KB // 1024} MB"


def keep_typed(request):
    """Keep a form sent without a session, and redirect to sign-in. An error page if it is too large to keep."""
    return keep_form(request, who_typed(request)) or redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('kept')}")


def keep_form(request, user: int | None, is_to_confirm: bool = False):
    """Keep a form for this user, who can send it again later. Returns an error page if it is too large, else None."""
    pairs = pairs_of(request)
    if sum(len(name) + len(value) for name, value in pairs) > MOST_KEPT:
        return render(request, "site/too_large_to_keep.html", status=413)
    request.session[KEPT] = {
        "action": request.get_full_path(),
        "pairs": pairs,
        "files": [file.name for file in request.FILES.values()],
        "user": user,
        "is_to_confirm": is_to_confirm,
    }
    return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Requires sign-in for every view not marked public. A form sent after the session expired is kept.

    It is kept until it is sent again: viewing it does not lose it.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None and request.method == "POST":
            kept = request.session.get(KEPT)
            if kept and kept["action"] == request.get_full_path():
                del request.session[KEPT]
        return refused

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and who_typed(request):
            return keep_typed(request)
        return super().handle_no_permission(request, view_func)


def end_sessions(get_response):
    """End a session twelve hours after sign-in, or after four hours without a request; for administrators and
    approving officers after thirty minutes. Polling by a page (ASKED_BY_PAGES) does not count as a request.
    """

    def middleware(request):
        if is_by_session(request) and (why := _why_over(request, timezone.now())):
            person = request.user
            logout(request)
            note(request, Kind.SESSION_ENDED, account=person, detail=why)
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if is_by_session(request) and request.resolver_match.view_name not in ASKED_BY_PAGES:
            _note_seen(request, timezone.now())

    middleware.process_view = process_view
    return middleware


def _why_over(request, at) -> str:
    """Why a session has ended, in words, or "". A session begun by an older version has only its sign-in moment."""
    session = session_in(request.session, request.session.session_key)
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    if moments and at.timestamp() - min(moments) > settings.SESSION_COOKIE_AGE:
        return "12 hours after signing in"
    return session.why_over(request.user.role, at) if session else ""


def _note_seen(request, at) -> None:
    """Note when a session was last used, at most once a minute, so that not every page view writes."""
    begun = {"at": at.timestamp(), "seen": 0, "address": None, "client": ""}
    said = request.session.get(BEGUN) or begun
    if at.timestamp() - said["seen"] >= SEEN_EVERY:
        request.session[BEGUN] = said | {"seen": at.timestamp()}


def require_second_factor(get_response):
    """Require users to set up a second factor before anything else, except in the demonstration.

    It checks the resolved view, not the path as written. API tokens are checked in middleware/tokens.py.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if settings.DEMO or not is_by_session(request) or not needs_factor(request.user):
            return None
        if request.resolver_match.view_name in WITHOUT_FACTOR:
            return None
        if is_mfa_enabled(request.user, FACTORS) or is_by_entra(request, request.user):
            return None
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view
    return middleware


def needs_factor(person) -> bool:
    """Whether this person needs a second factor: everybody, except committee members if the office chose so."""
    return person.role in WRITING_ROLES or members_need_factor()


def record_refusals(get_response):
    """Record refused requests in the trail, after the refused transaction has ended."""

    def middleware(request):
        response = get_response(request)
        refusal = getattr(request, "refusal", None)
        if request.user.is_authenticated and (response.status_code == 403 or refusal):
            _record_refusal(request, refusal or "no permission")
        return response

    return middleware


def _record_refusal(request, reason: str) -> None:
    """Record the first of several identical refusals of one user within minutes, and count the rest."""
    at, about = timezone.now(), f"{request.method} {request.path}"[:400]
    place = f"{request.method} {request.resolver_match.view_name if request.resolver_match else ''}"
    refusal = RepeatedRefusal(REFUSED, person=request.user, reason=reason, place=place, about=about)
    fold(refusal, at, lambda: trail.record(by=request.user, at=at, verb=REFUSED, reason=reason, about=about))


def table_written(sql: str) -> str | None:
    """The table of ours that a statement writes to, or None."""
    if sql.lstrip()[:6].upper() == "SELECT":
        return None
    found = WRITE.search(sql)
    return found[1].lower() if found else None


def guard_writes(get_response):
    """Allow requests to write records only through verbs, and GET requests not at all.

    The callback from Microsoft Entra is a GET by design and may write; its state works only once. The guard wraps the
    database connection, so it also sees raw SQL and unusual querysets. Exempt are the trail, form tokens, drafts in a
    POST, Django's new hash of the same password, and preferences.
    """

    def refuse_unless(is_open):
        def execute(run, sql, params, many, context):
            table = table_written(sql)
            if table and not is_open(table, sql):
                raise trail.WriteOutsideVerb(f"a request tried to write {table} outside a verb, or in a GET")
            return run(sql, params, many, context)

        return execute

    def open_to_get(table, sql):
        return table in (*TRAIL, EVENTS, SEALS)

    def open_to_post(table, sql):
        return (
            trail.acting()
            or table in (*TRAIL, *DRAFTS, FORM_MARKS, LAST_LOOK, MESSAGES, SEALS, WANTED)
            or sql.startswith((PASSWORD_REHASHED, *PREFERRED))
        )

    def middleware(request):
        is_reading = request.method in SAFE and request.path != reverse("entra_callback")
        with connection.execute_wrapper(refuse_unless(open_to_get if is_reading else open_to_post)):
            return get_response(request)

    return middleware


def is_for_everybody(response) -> bool:
    """Whether the view marked its response as the same for everybody (views/public/http.py)."""
    return response.get("Cache-Control", "").startswith("public")


def typed_today(get_response):
    """Read days typed in a form relative to the London day of the request: "tomorrow", "in 3 months"."""

    def middleware(request):
        with typed_on(timezone.localdate()):
            return get_response(request)

    return middleware


def only_public_pages(get_response):
    """For PUBLIC_PAGES_ONLY: serve nothing but public pages, and ignore any sign-in.

    The public reader's database role (docs/operating.md) can't read sessions, so cookies are dropped.
    """

    def middleware(request):
        for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            request.META.pop(name, None)
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.path.startswith(PUBLIC_PATHS):
            raise Http404

    middleware.process_view = process_view
    return middleware


def public_pages(get_response):
    """Remove cookies and Vary: Cookie from responses for everybody, since a cache may serve them to others."""

    def middleware(request):
        response = get_response(request)
        if is_for_everybody(response):
            response.cookies.clear()
            kept = [name.strip() for name in response.get("Vary", "").split(",") if name.strip().lower() != "cookie"]
            response["Vary"] = ", ".join(kept)
            if not response["Vary"]:
                del response["Vary"]
        return response

    return middleware


def private_pages(get_response):
    """Let no cache store what signed-in users see, unless it is the same for everybody."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and not is_for_everybody(response):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
