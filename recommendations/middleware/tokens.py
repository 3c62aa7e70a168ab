"""Middleware for API requests under /api/v1/: token, rate limit, and errors as problem+json (RFC 9457).

A session does not work there, and a token works nowhere else.
"""

import base64
import binascii
import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from recommendations.disk_space import is_full
from recommendations.domain.people.api_tokens import may_use, note_used, token_of, why_over
from recommendations.domain.people.second_factors import FACTORS
from recommendations.enums.api import ApiScope
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.middleware.guarded_writes import SAFE
from recommendations.middleware.second_factors import needs_factor
from recommendations.models import ApiToken, User
from recommendations.periods import london_day
from recommendations.sign_in import is_made_up
from recommendations.sign_in.events import note, note_failure, token_in
from recommendations.telemetry import request_id

type Respond = Callable[[HttpRequest], HttpResponseBase]

API = "/api/v1/"
FEEDS = f"{API}feeds/"  # LibreOffice first sends OPTIONS there, and gives up if that needs a token
MEDIA_TYPE = "application/problem+json"
MINUTE = 60
WAYS_IN = 'Bearer realm="Oversight", Basic realm="Oversight"'
PASSED_ON = ("Allow", "Retry-After", "WWW-Authenticate")
# For each status a title and advice, if the view itself gave none.
PROBLEMS: dict[int, tuple[str, str]] = {
    400: ("The request cannot be read", "Send a request as the description at /api/ has it."),
    401: ("No token", "Send a personal token: Authorization: Bearer oversight_…"),
    403: ("Not allowed", "The person of this token may not do this."),
    404: ("Not there", "Nothing is at this address for the person of this token. Check the address and its numbers."),
    405: ("Wrong method", "Use a method that the header Allow names."),
    413: ("Too large", "Send at most 1 MB."),
    429: ("Too many requests", "Wait for the seconds that the header Retry-After names."),
    503: ("Not now", "The service cannot answer at the moment. Try again after the seconds of Retry-After."),
}
OUR_FAULT = ("Something went wrong here", "Tell the office, with the reference of this answer.")


def problem(status: int, detail: str = "", *, title: str = "", **more: object) -> JsonResponse:
    """An error response as problem+json. `more` are further members, such as `errors`."""
    usual, words = PROBLEMS.get(status, OUR_FAULT)
    said = {
        "type": f"{settings.ORIGIN}/api/#problem-{status}",
        "title": title or usual,
        "status": status,
        "detail": detail or words,
        "reference": request_id.get(),
    }
    return JsonResponse(said | more, status=status, content_type=MEDIA_TYPE)


def api_problems(get_response: Respond) -> Respond:
    """Give programs JSON errors, whichever layer refuses: HTML error pages are for people."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SECURE and _is_api(request) and not request.is_secure():
            return problem(403, "Use https. A token that was sent in plain may be in other hands: revoke it.")
        response = get_response(request)
        if not _is_api(request) or response.status_code < 400 or _is_json(response):
            return response
        answer = problem(response.status_code)
        for name in PASSED_ON:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        answer["Cache-Control"] = "private, no-store"
        logged = getattr(response, "_has_been_logged", False)
        answer._has_been_logged = logged  # type: ignore[attr-defined]  # Django's mark: log it once
        return answer

    return middleware


def _is_json(response: HttpResponseBase) -> bool:
    return "json" in response.headers.get("Content-Type", "")


def api_tokens(get_response: Respond) -> Respond:
    """Under /api/v1/ set the user to the token's owner, or to anonymous without a valid token."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_api(request):
            token = token_of(text_in(request))
            works = token is not None and not _why_refused(token)
            request.refused_token = None if works else token  # type: ignore[attr-defined]  # for process_view
            request.api_token = token if works else None  # type: ignore[attr-defined]  # sign_in.events.token_in
            request.user = request._cached_user = token.person if token and works else AnonymousUser()  # type: ignore[attr-defined]
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponseBase | None:
        needs_token = _is_api(request) or hasattr(view, "token_scopes")
        if not needs_token or not getattr(view, "login_required", True):
            return None
        if request.method == "OPTIONS" and request.path_info.startswith(FEEDS):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        token = token_in(request)
        return _no_token(request) if token is None else _refusal(request, token, view)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def _is_api(request: HttpRequest) -> bool:
    """Whether the address that views are looked up by is one of the API."""
    return request.path_info.startswith(API)


def text_in(request: HttpRequest) -> str:
    """The token of a request: Bearer, or the password of Basic, which Excel and Power BI send."""
    way, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if way.lower() == "bearer":
        return given.strip()
    if way.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _why_refused(token: ApiToken) -> str:
    """Why a token is refused today, or "" if it is valid."""
    if is_made_up(token.person):
        return "People of the demonstration are known in the demonstration alone."
    return why_over(token, london_day(timezone.now()))


def _no_token(request: HttpRequest) -> HttpResponseBase:
    """The response to a missing or invalid token. A wrong token is a security event; repetitions are folded."""
    token: ApiToken | None = getattr(request, "refused_token", None)
    why = _why_refused(token) if token else ""
    if request.META.get("HTTP_AUTHORIZATION"):
        note_failure(request, Kind.TOKEN_REFUSED, None, token.prefix if token else "")
        why = why or "This is no token of this installation. Copy the whole token, from oversight_ to its end."
    answer = problem(401, why, title="The token is refused" if why else "")
    answer["WWW-Authenticate"] = WAYS_IN
    return answer


def _refusal(request: HttpRequest, token: ApiToken, view: Callable) -> HttpResponseBase | None:
    """Why this token is refused here, as a response; None if it is allowed, and its use is counted."""
    if _lacks_factor(token.person):
        return problem(403, "Set up a second factor first: sign in, and you are asked for it.")
    if wait := _wait_for(request, token):
        answer = problem(429, f"A token makes {settings.API_LIMIT} requests a minute. Try again in {wait} seconds.")
        answer["Retry-After"] = str(wait)
        return answer
    scopes: tuple[ApiScope, ...] = getattr(view, "token_scopes", ())
    fits = (request.method in SAFE) != any(scope.writes for scope in scopes)  # the view itself refuses another method
    if not scopes or (fits and not any(may_use(token, scope) for scope in scopes)):
        named = " or ".join(f"“{scope.label}”" for scope in scopes)
        needs = f"This needs a token with the scope {named}, of a person who may do so." if named else ""
        return problem(403, needs or "No token opens this address.")
    return None


def _lacks_factor(person: User) -> bool:
    """Whether its owner lacks a second factor, without which they can open no page. Entra checks its own, where the
    office still signs in with it.
    """
    by_entra = bool(settings.ENTRA_URL and person.entra_id)
    return not settings.DEMO and needs_factor(person) and not by_entra and not is_mfa_enabled(person, FACTORS)


def _wait_for(request: HttpRequest, token: ApiToken) -> int:
    """Count a request. Returns how many seconds the token has to wait; 0 within its limit.

    The first use on a day is a security event, and the day is saved; on a full disk neither is.
    """
    now = time.time()
    try:
        number = _count(f"api:{token.pk}:{int(now // MINUTE)}")
        _note_use(request, token)
    except OperationalError as trouble:
        if not is_full(trouble):
            raise
        return 0
    return int(MINUTE - now % MINUTE) + 1 if number > settings.API_LIMIT else 0


def _note_use(request: HttpRequest, token: ApiToken) -> None:
    if note_used(token, london_day(timezone.now())):
        note(request, Kind.TOKEN_USED, account=token.person, by=token.person, detail=f"{token.prefix}, {token.name}")


def _count(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        return 1 if cache.add(key, 1, 2 * MINUTE) else cache.incr(key)
