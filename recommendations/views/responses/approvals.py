"""Decisions about a submitted response: approve, send back, record approval elsewhere, or take back by the drafters."""

import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.states import IN_HAND
from recommendations.forms.responses.approvals import APPROVE, DecisionForm, OutsideApprovalForm, TakeBackForm
from recommendations.models import ResponseSubmission, User
from recommendations.permissions import May, allow
from recommendations.views.responses import approval_page
from recommendations.views.responses.status import Life, visible
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import require_recent_sign_in
from recommendations.views.submission.submit import submit_form

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.APPROVE_RESPONSE)
@require_recent_sign_in
def approve_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The submitted text, and the decision: approve it, or send it back with remarks."""
    found = visible(request, pk)
    if found.state not in IN_HAND or request.method != "POST":
        return approval_page.show(request, found) if found.state in IN_HAND else redirect(found)
    form = DecisionForm(request.POST, response=found)

    def act(by: User, at: datetime.datetime) -> ResponseSubmission:
        verb = approval_workflow.approve if form.cleaned_data["decision"] == APPROVE else approval_workflow.send_back
        return verb(response=found, by=by, at=at, **form.verb_fields())

    message = "Approved." if form.data.get("decision") == APPROVE else "Sent back with your remarks."
    return submit_form(request, form, act, message=message, to=found) or approval_page.show(
        request, visible(request, pk), decision=form
    )


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def record_outside_approval(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record that someone approved the submitted text elsewhere."""
    found = visible(request, pk)
    if found.state not in IN_HAND or request.method != "POST":
        return redirect(found)
    form = OutsideApprovalForm(request.POST, response=found)

    def act(by: User, at: datetime.datetime) -> ResponseSubmission:
        return approval_workflow.record_outside_approval(response=found, by=by, at=at, **form.verb_fields())

    return submit_form(request, form, act, message="Approval recorded.", to=found) or approval_page.show(
        request, visible(request, pk), outside=form
    )


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def take_back_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a submitted or approved text back to drafting."""
    found = visible(request, pk)
    if found.state not in IN_HAND:
        return redirect(found)
    form = TakeBackForm(request.POST or None, response=found)

    def act(by: User, at: datetime.datetime) -> ResponseSubmission:
        return approval_workflow.take_back(response=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(
        request, form, act, message="Taken back. It is a draft again.", to=found
    )
    context = {"response": found, "life": Life.now(request, found), "form": form}
    return done or render(request, "responses/take_back.html", context, status=422 if form.errors else 200)
