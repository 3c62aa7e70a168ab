"""Starting the response to a report that has none."""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses import companions
from recommendations.domain.responses.starting import standing_response
from recommendations.forms.responses.begin import BeginResponseForm
from recommendations.models import Inspection, Response, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.DRAFT_RESPONSE)
def begin_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Start the response to a report, or join a companion report's response. Redirects to an existing response."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    form = BeginResponseForm(request.POST or None, shared=list(companions.to_share(found)))

    def act(by: User, at: datetime.datetime) -> Response:
        if form.response:
            return companions.join_response(inspection=found, response=form.response, by=by, at=at)
        return companions.begin_response(inspection=found, by=by, at=at)

    if response := standing_response(found):
        return redirect(response)
    if request.method == "POST":
        done = submit_form(
            request, form, act, message="Response started.", to=lambda response: response.get_absolute_url()
        )
        if done:
            return done
    return render(request, "responses/begin.html", {"form": form, "inspection": found})
