"""Recent re-authentication: for approvals if the office wants it, and for making a token.
Submitted input is kept meanwhile. An approval is looked at again after it; a token is made at once.
"""

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from recommendations.middleware.kept_forms import CODE, keep_form
from recommendations.views.site.requests import AuthenticatedRequest

FOR_A_TOKEN = 10  # minutes, unless the office asks for fewer


def require_recent_sign_in(view: Callable) -> Callable:
    """Decorate an approving view: if its user last authenticated more than CONFIRM_APPROVALS minutes ago, the
    submitted form is kept, and shown again for submission after they re-authenticate."""
    return _require_reauthentication(view, lambda: settings.CONFIRM_APPROVALS)


def lately_confirmed(view: Callable) -> Callable:
    """Decorate a view that creates a credential: in every office it asks after ten minutes at most.

    After they re-authenticate, the form that they submitted is sent by itself. The address that leads to it has a code
    that only their session knows, so that no other page can send the form.
    """
    return _require_reauthentication(
        view, lambda: min(settings.CONFIRM_APPROVALS or FOR_A_TOKEN, FOR_A_TOKEN), sends_by_itself=True
    )


def _require_reauthentication(view: Callable, minutes: Callable[[], int], *, sends_by_itself: bool = False) -> Callable:
    @wraps(view)
    def with_confirmation(request: AuthenticatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and _is_too_long_ago(request, minutes()):
            code = secrets.token_urlsafe(16) if sends_by_itself else ""
            if refused := keep_form(request, request.user.pk, is_to_confirm=True, code=code):
                return refused
            kept = f"{reverse('kept')}?{urlencode({CODE: code})}" if code else reverse("kept")
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': kept})}")
        return view(request, *args, **kwargs)

    return with_confirmation


def _is_too_long_ago(request: AuthenticatedRequest, minutes: int) -> bool:
    """Whether the last password, code, passkey or Entra sign-in was longer ago than this; 0 means no limit."""
    if not minutes:
        return False
    shown = max((record["at"] for record in get_authentication_records(request, request.user)), default=0)
    return time.time() - shown > minutes * 60
