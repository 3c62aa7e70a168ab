"""The agenda of a meeting in preparation: items added, changed, moved up or down, removed."""

import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from recommendations.domain.accountability import agenda as verbs
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.accountability.agenda import AgendaItemForm
from recommendations.models import AgendaItem, RagRule, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.accountability.meetings import visible_meeting, why_not
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_or_render, submitted_data

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _visible_item(request: AuthenticatedRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.on_file.visible_to(request.user).select_related("meeting__force", "tracked")
    return get_object_or_404(rows, pk=pk)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def add_agenda_item(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    meeting = visible_meeting(request, pk)
    if refused := why_not(meeting, "change_agenda"):
        return redirect_with_error(request, meeting, refused)
    rule = RagRule.objects.on(london_day(timezone.now()))
    form = AgendaItemForm(submitted_data(request), meeting=meeting, by=request.user, rule=rule)

    def act(by: User, at: datetime.datetime) -> AgendaItem:
        return verbs.add_agenda_item(meeting=meeting, item=form.new_item, by=by, at=at)

    words = {"meeting": meeting, "title": "Add an item", "button": "Add to the agenda"}
    message = "Added to the agenda."
    return submit_or_render(request, form, act, "accountability/item_form.html", words, message=message, to=meeting)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def change_agenda_item(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change an item."""
    item = _visible_item(request, pk)
    if refused := _fixed(item):
        return redirect_with_error(request, item.meeting, refused)
    rule = RagRule.objects.on(london_day(timezone.now()))
    form = AgendaItemForm(submitted_data(request), meeting=item.meeting, by=request.user, rule=rule, record=item)

    def act(by: User, at: datetime.datetime) -> AgendaItem:
        return verbs.change_agenda_item(item=item, to=form.new_item, by=by, at=at)

    words = {"meeting": item.meeting, "title": "Change the item", "button": "Save"}
    return submit_or_render(request, form, act, "accountability/item_form.html", words, message="Saved.", to=item)


def _fixed(item: AgendaItem) -> str:
    """Why an item can no longer change, or ""."""
    return why_not(item.meeting, "change_agenda") or ("This item was removed." if item.withdrawn_at else "")


@require_POST
@allow(May.RECORD_MEETINGS)
def move_agenda_item(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Move an item up or down, as the button says."""
    item = _visible_item(request, pk)
    where = "up" if request.POST.get("where") == verbs.UP else "down"
    return _act(request, item, partial(verbs.move_agenda_item, item=item, where=where))


@require_POST
@allow(May.RECORD_MEETINGS)
def remove_agenda_item(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Remove an item from the agenda."""
    item = _visible_item(request, pk)
    return _act(request, item, partial(verbs.remove_agenda_item, item=item))


def _act(request: AuthenticatedRequest, item: AgendaItem, verb: Any) -> HttpResponse:
    """Call a verb of one button, and go back to the item."""
    try:
        done = verb(by=request.user, at=timezone.now())
    except Refusal as refusal:
        return redirect_with_error(request, item.meeting, refusal.message)
    return redirect(item.meeting if done.withdrawn_at else item)
