"""Directions with force of law: the recommendations that one enforces."""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from recommendations.domain.register import enforcements
from recommendations.forms.inspections.directions import EndEnforcementForm, EnforceForm
from recommendations.models import Enforcement, Inspection, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_or_render, submitted_data

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def enforce(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Tie a direction to a recommendation, or change the day that it states."""
    direction = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    if not enforcements.is_direction(direction):
        raise Http404
    form = EnforceForm(submitted_data(request), by=request.user)

    def act(by: User, at: datetime.datetime) -> Enforcement:
        return enforcements.enforce(direction=direction, by=by, at=at, **form.verb_fields())

    page, context = "inspections/directions/enforce.html", {"direction": direction}
    return submit_or_render(request, form, act, page, context, message="Saved.", to=direction)


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def end_enforcement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record that a direction no longer enforces a recommendation."""
    rows = Enforcement.objects.visible_to(request.user).select_related("direction", "tracked")
    enforcement = get_object_or_404(rows, pk=pk)
    form = EndEnforcementForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> Enforcement:
        return enforcements.end_enforcement(enforcement=enforcement, by=by, at=at, **form.verb_fields())

    page, context = "inspections/directions/end.html", {"enforcement": enforcement}
    return submit_or_render(request, form, act, page, context, message="Saved.", to=enforcement.direction)
