"""Approvals, where the office wants them from somebody who has just shown who they are. Nothing typed is lost."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from recommendations.middleware import keep_form


def confirmed(view: Callable) -> Callable:
    """Mark a view that approves: sent longer than CONFIRM_APPROVALS minutes after its person showed who they are, the
    form is kept, and shown again for sending once they have done so.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.method == "POST" and _is_too_long_ago(request):
            if refused := keep_form(request, request.user.pk, is_to_confirm=True):
                return refused
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('kept')})}")
        return view(request, *args, **kwargs)

    return asked


def _is_too_long_ago(request) -> bool:
    """Whether the office asks for it, and password, code, passkey or Entra were shown longer ago than it allows."""
    if not settings.CONFIRM_APPROVALS:
        return False
    shown = max((record["at"] for record in get_authentication_records(request, request.user)), default=0)
    return time.time() - shown > settings.CONFIRM_APPROVALS * 60
