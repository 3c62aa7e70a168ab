"""The one way from a form to a verb: called once; refusals become form errors; success redirects with a message."""

import datetime
from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from recommendations.domain.submission.idempotency import earlier_submission, run_once
from recommendations.domain.submission.typed_drafts import discard_typed
from recommendations.domain.writing.refusals import AlreadySent, NotAllowed, Refusal
from recommendations.forms.site.base import VerbForm
from recommendations.models import User
from recommendations.views.site.requests import AuthenticatedRequest


class HasAddress(Protocol):
    """A record with a page of its own."""

    def get_absolute_url(self) -> str: ...


# Where a submitted form leads: an address, a record, or a function of what the verb returned.
type Destination[R] = str | HasAddress | Callable[[R], str | HasAddress]


def submit_form[R](
    request: AuthenticatedRequest, form: VerbForm, act: Callable[..., R], *, message: str, to: Destination[R]
) -> HttpResponse | None:
    """Call `act(by=, at=)` if the form is valid, then redirect to `to` (an address, a record, or a function of the
    result of `act`) with the message. Returns None if the form has errors: the caller shows it again, with its input.
    `act` is called once for each time that the form was rendered, however often it is submitted; even if the second
    submission is invalid only because the first one took what the form offered.
    """
    by, at = request.user, timezone.now()
    if not form.is_valid():
        sent = form.is_bound and earlier_submission(form.cleaned_data.get("once", ""), by=by)
        return _redirect_again(request, sent, to) if sent else None
    try:
        once = form.cleaned_data.get("once", "")
        done = run_once(once, by=by, at=at, act=lambda: _call_verb(form, act, by=by, at=at, within=bool(once)))
    except AlreadySent as sent:
        return _redirect_again(request, sent, to)
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
        return None
    messages.success(request, message)
    return redirect(to(done) if callable(to) else to)


def submit_or_render[R](
    request: AuthenticatedRequest,
    form: VerbForm,
    act: Callable[..., R],
    template: str,
    words: dict[str, Any],
    *,
    message: str,
    to: Destination[R],
) -> HttpResponse:
    """Submit the form if it was posted (`submit_form`), or else render it: `words` are the rest of the context."""
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=to)
    return done or render(request, template, {"form": form, **words}, status=422 if form.errors else 200)


def redirect_with_error(request: HttpRequest, to: str | HasAddress, why_not: str) -> HttpResponse:
    """Redirect to `to` (an address or a record) and say there why the page asked for cannot be shown."""
    messages.error(request, why_not)
    return redirect(to)


def _call_verb[R](form: VerbForm, act: Callable[..., R], *, by: User, at: datetime.datetime, within: bool) -> R:
    """Call `act` and discard the kept input, both or neither. `within` a transaction it opens no other."""
    if not form.typed_words:
        return act(by=by, at=at)
    with transaction.atomic(savepoint=not within):
        done = act(by=by, at=at)
        discard_typed(place=form.typed_words.place, by=by)
    return done


def submitted_data(request: HttpRequest) -> QueryDict | None:
    """The submitted data, even if empty; None unless the request is a POST."""
    return request.POST if request.method == "POST" else None


def _redirect_again(request: HttpRequest, sent: AlreadySent, to: Destination[Any]) -> HttpResponse:
    """Redirect to where the first submission led."""
    messages.info(request, sent.message)
    return redirect((sent.led_to or request.path) if callable(to) else to)
