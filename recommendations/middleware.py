"""What happens around each request: sign-in that keeps what was typed, the second factor, refusals on the trail."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.signing import BadSignature, Signer
from django.db import OperationalError, connection, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from recommendations import trail
from recommendations.permissions import WRITING_ROLES

KEPT = "kept_form"
KEPT_FOR = "kept_for"
MOST_KEPT = 200_000
SAFE = ("GET", "HEAD", "OPTIONS")
OPEN_TABLES = ("trailentry", "trailhead")


def typed_by(user) -> str:
    """The signed mark in each form that says who is typing: only that person gets back what a lost session held."""
    return Signer(salt=KEPT_FOR).sign(str(user.pk))


def who_typed(request) -> int | None:
    """The id of the person who was typing this form, from its signed mark."""
    try:
        return int(Signer(salt=KEPT_FOR).unsign(request.POST.get(KEPT_FOR, "")))
    except (BadSignature, ValueError):
        return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Everything needs sign-in except what is marked public. A form sent after the session ran out is kept."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and who_typed(request):
            pairs = [(name, value) for name, values in request.POST.lists() for value in values]
            if sum(len(value) for _, value in pairs) <= MOST_KEPT:
                request.session[KEPT] = {"action": request.get_full_path(), "pairs": pairs, "user": who_typed(request)}
                return redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('kept')}")
        return super().handle_no_permission(request, view_func)


def require_second_factor(get_response):
    """People who can write set up a second factor before anything else. Only the demonstration does without."""

    def middleware(request):
        if not settings.DEMO and request.user.is_authenticated and request.user.role in WRITING_ROLES:
            open_paths = (
                reverse("mfa_index"),
                reverse("account_logout"),
                reverse("account_reauthenticate"),
                "/static/",
            )
            if not request.path.startswith(open_paths) and not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def record_refusals(get_response):
    """A refused request is an entry of the trail too, written after the refused transaction has ended."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        refusal = getattr(request, "refusal", None)
        if user is not None and user.is_authenticated and (response.status_code == 403 or refusal):
            about = f"{request.method} {request.path}"[:400]
            trail.record(by=user, at=timezone.now(), verb="refused", reason=refusal or "no permission", about=about)
        return response

    return middleware


def read_only_gets(get_response):
    """A GET never writes a record: whatever asks for it, the database is not asked."""

    def refuse(execute, sql, params, many, context):
        words = sql.split(None, 3)
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            table = words[2 if words[0].upper() != "UPDATE" else 1].strip('"').lower()
            if table.startswith("recommendations_") and not table.endswith(OPEN_TABLES):
                raise RuntimeError(f"a GET tried to write {table}")
        return execute(sql, params, many, context)

    def middleware(request):
        if request.method not in SAFE:
            return get_response(request)
        with connection.execute_wrapper(refuse):
            return get_response(request)

    return middleware


def private_pages(get_response):
    """What a signed-in person sees is kept by no cache."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def unavailable(get_response):
    """While the database cannot be reached: a page that says so, with 503, and nothing half-done."""

    def middleware(request):
        try:
            return get_response(request)
        except OperationalError:
            return _say_unavailable(request)

    def process_exception(request, exception):
        return _say_unavailable(request) if isinstance(exception, OperationalError) else None

    middleware.process_exception = process_exception
    return middleware


def _say_unavailable(request):
    if connection.in_atomic_block:
        transaction.set_rollback(True)
    return render(None, "503.html", status=503)
