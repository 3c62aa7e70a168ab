"""Sign-in that keeps a form which was sent without a session, for whoever typed it."""

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.signing import BadSignature, Signer
from django.shortcuts import redirect, render
from django.urls import reverse

KEPT = "kept_form"
KEPT_FOR = "kept_for"
CODE = "confirmed"
MOST_KEPT = 200_000


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


def keep_typed(request):
    """Keep a form sent without a session, and redirect to sign-in. An error page if it is too large to keep."""
    return keep_form(request, who_typed(request)) or redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('kept')}")


def keep_form(request, user: int | None, is_to_confirm: bool = False, code: str = ""):
    """Keep a form for this user, who can send it again later. Returns an error page if it is too large, else None.

    `code`: with it in the address, the page that shows the form sends it by itself.
    """
    pairs = pairs_of(request)
    if sum(len(name) + len(value) for name, value in pairs) > MOST_KEPT:
        return render(request, "site/too_large_to_keep.html", status=413)
    request.session[KEPT] = {
        "action": request.get_full_path(),
        "pairs": pairs,
        "files": [file.name for file in request.FILES.values()],
        "user": user,
        "is_to_confirm": is_to_confirm,
        "code": code,
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
