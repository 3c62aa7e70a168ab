"""What needs a person to have just shown who they are: approvals where the office wants it, and making a token.

Nothing typed is lost.
"""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from recommendations.middleware import keep_form

FOR_A_TOKEN = 10  # minutes, unless the office asks for fewer


def confirmed(view: Callable) -> Callable:
    """Mark a view that approves: sent longer than CONFIRM_APPROVALS minutes after its person showed who they are, the
    form is kept, and shown again for sending once they have done so.
    """
    return _asked(view, lambda: settings.CONFIRM_APPROVALS)


def lately_confirmed(view: Callable) -> Callable:
    """The same for a view that makes a key to an account: it asks in every office, after ten minutes."""
    return _asked(view, lambda: min(settings.CONFIRM_APPROVALS or FOR_A_TOKEN, FOR_A_TOKEN))


def _asked(view: Callable, minutes: Callable[[], int]) -> Callable:
    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.method == "POST" and _is_too_long_ago(request, minutes()):
            if refused := keep_form(request, request.user.pk, is_to_confirm=True):
                return refused
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('kept')})}")
        return view(request, *args, **kwargs)

    return asked


def _is_too_long_ago(request, minutes: int) -> bool:
    """Whether password, code, passkey or Entra were shown longer ago than so many minutes; 0 for no limit."""
    if not minutes:
        return False
    shown = max((record["at"] for record in get_authentication_records(request, request.user)), default=0)
    return time.time() - shown > minutes * 60
