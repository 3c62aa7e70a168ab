"""Handing a round, or a response in drafting, to a colleague."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.domain.ownership import keepers
from recommendations.forms.ownership.keepers import KeeperForm
from recommendations.models import Response, UpdateRound, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.ASK_FOR_UPDATES)
def give_round(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Choose who is responsible for a round; they are notified on their home page."""
    found = UpdateRound.objects.visible_to(request.user).select_related("force")
    return _give(request, "round", get_object_or_404(found, pk=pk), keepers.give_round)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def give_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The same for the draft of a response."""
    found = Response.objects.visible_to(request.user)
    return _give(request, "response", get_object_or_404(found, pk=pk), keepers.give_response)


def _give(request: AuthenticatedRequest, noun: str, record: keepers.Kept, verb: Callable) -> HttpResponse:
    if request.method != "POST" and keepers.is_over(record):
        return redirect(record)
    form = KeeperForm(submitted_data(request), record=record)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(**{noun: record}, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Saved.", to=record.get_absolute_url())
    context = {"form": form, "record": record, "noun": noun}
    return done or render(request, "ownership/give.html", context, status=422 if form.errors else 200)
