"""When a session ends by itself."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

from recommendations.domain.people.sessions import BEGUN, session_in
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.sign_in.events import is_by_session, note

SEEN_EVERY = 60  # seconds
# Views that pages poll by themselves, so they don't show that anybody is there.
ASKED_BY_PAGES = ("draft_news", "build_progress", "sheet_progress")


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

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
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
