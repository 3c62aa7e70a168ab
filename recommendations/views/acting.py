"""The one way from a form to a verb: once, refusals beside what was typed, then a message and another page."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from recommendations.domain.once import once
from recommendations.domain.refusals import AlreadySent, NotAllowed, Refusal
from recommendations.forms.base import ActForm


def act_on(request, form: ActForm, act: Callable, *, message: str, to):
    """Call `act(by=, at=)` if the form is valid, then redirect to `to` (an address, a record, or a function of what
    `act` returned) with the message. None where the form has errors: the caller shows it again, with what was typed.

    `act` is called once for each time that the form was shown, however often it is sent.
    """
    if not form.is_valid():
        return None
    by, at = request.user, timezone.now()
    try:
        done = once(form.cleaned_data.get("once", ""), by=by, at=at, act=lambda: act(by=by, at=at))
    except AlreadySent as sent:
        messages.info(request, sent.message)
        return redirect(sent.led_to or (request.path if callable(to) else to))
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
        return None
    messages.success(request, message)
    return redirect(to(done) if callable(to) else to)
