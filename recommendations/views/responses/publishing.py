"""Publishing an approved response, correcting it with a later version, withdrawing it, and previewing the draft."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.documents.responses.response_word import response_docx
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.responses import publication, publishing
from recommendations.domain.responses.states import WRITTEN
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.enums import ResponseState
from recommendations.forms.responses.approvals import (
    ConfirmResponseForm,
    CorrectForm,
    DropCorrectionForm,
    PublishForm,
    WithdrawResponseForm,
)
from recommendations.models import Response, ResponseVersion, User
from recommendations.permissions import May, allow
from recommendations.views.public.response_page import reads
from recommendations.views.register.exports import WORD, file_answer
from recommendations.views.responses.publish_page import PublishPage
from recommendations.views.responses.status import Life, visible
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import require_recent_sign_in
from recommendations.views.submission.submit import submit_form

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
PDF = "application/pdf"


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def publish_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show what will be public, then publish page, PDF and text together. A second click finds it already published."""
    found = visible(request, pk)
    form = PublishForm(request.POST or None, response=found)
    if found.state == ResponseState.APPROVED and form.is_bound and form.is_valid():
        _publish(request, found, form, publication.publish_response, "Published")
        found = visible(request, pk)
    if found.state != ResponseState.APPROVED:
        return redirect(found)
    context = {"response": found, "page": PublishPage.now(request, found), "form": form}
    return render(request, "responses/publish.html", context, status=422 if form.errors else 200)


def _publish(
    request: AuthenticatedRequest,
    response: Response,
    form: PublishForm | ConfirmResponseForm,
    publish: Callable[..., ResponseVersion],
    done: str,
) -> None:
    """Publish, outside a transaction because rendering the PDF takes time; a failure is added to the form's errors."""
    try:
        made = publish(
            response=response,
            render=render_response,
            plain=plain_response,
            by=request.user,
            at=timezone.now(),
            version=form.verb_fields()["version"],
        )
    except RenderFailed as failed:
        form.add_error(None, f"Nothing is published. {failed.reason}")
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
    else:
        messages.success(request, f"{done}: version {made.number}, with its PDF and its text.")


@shown_or_sent
@allow(May.APPROVE_RESPONSE)
@require_recent_sign_in
def confirm_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Confirm a response that a colleague imported, which makes it public with its PDF and text."""
    found = visible(request, pk)
    if request.method != "POST" or found.state != ResponseState.BROUGHT_IN:
        return redirect(found)
    form = ConfirmResponseForm(request.POST, response=found)
    if form.is_valid():
        _publish(request, found, form, publication.confirm_response, "Confirmed and published")
    return _not_done(request, found, form) if form.errors else redirect(found)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def correct_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Start a correction of a published response."""
    found = visible(request, pk)
    if request.method != "POST":
        return redirect(found)
    form = CorrectForm(request.POST, response=found)

    def act(by: User, at: datetime.datetime) -> Response:
        return publishing.correct(response=found, by=by, at=at, **form.verb_fields())

    message = "The correction is a draft. What is published stays public until the correction is published."
    return submit_form(request, form, act, message=message, to=found) or _not_done(request, found, form)


def _not_done(
    request: AuthenticatedRequest, response: Response, form: CorrectForm | ConfirmResponseForm
) -> HttpResponse:
    """Redirect to the response's page with the reason why the action came too late."""
    messages.error(request, " ".join(map(str, form.non_field_errors())) or "That cannot be done now.")
    return redirect(response)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def drop_correction(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Drop a correction; the published version stays."""
    found = visible(request, pk)
    form = DropCorrectionForm(request.POST or None, response=found)
    verb, message = publishing.drop_correction, "The correction is dropped."
    return _end(request, found, verb, form, template="responses/drop_correction.html", message=message)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def withdraw_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a response, with a reason."""
    found = visible(request, pk)
    if found.state == ResponseState.PUBLISHED and not request.user.has_perm(May.APPROVE_RESPONSE):
        raise PermissionDenied("what is published is withdrawn by an approving officer")
    form = WithdrawResponseForm(request.POST or None, response=found)
    verb, message = publishing.withdraw_response, "Withdrawn."
    return _end(request, found, verb, form, template="responses/withdraw_response.html", message=message)


def _end(
    request: AuthenticatedRequest,
    response: Response,
    verb: Callable,
    form: DropCorrectionForm | WithdrawResponseForm,
    *,
    template: str,
    message: str,
) -> HttpResponse:
    """Ask for confirmation, then call the verb. The table of states names each verb after its function."""
    life = Life.now(request, response)
    if verb.__name__ not in life.verbs:
        return redirect(response)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(response=response, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=response)
    context = {"response": response, "life": life, "form": form}
    return done or render(request, template, context, status=422 if form.errors else 200)


def _response_with_draft(request: AuthenticatedRequest, pk: int) -> Response:
    """The response if it has a draft; raises Http404 if it is published or withdrawn."""
    found = visible(request, pk)
    if found.state not in WRITTEN:
        raise Http404
    return found


@require_safe
@allow(May.DRAFT_RESPONSE)
def read_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The draft as the public page would show it, marked as a draft."""
    found = _response_with_draft(request, pk)
    context = {"response": found, "office": body_name(localdate()), **reads(text_of_draft(found))}
    return render(request, "responses/read.html", context)


@require_safe
@allow(May.DRAFT_RESPONSE)
def response_draft(request: AuthenticatedRequest, pk: int, form: str) -> HttpResponse:
    """Download the draft: a PDF marked as a draft on each page, or Word for those who comment in it."""
    found = _response_with_draft(request, pk)
    if form not in DRAFTS:
        raise Http404
    kind, make = DRAFTS[form]
    name = f"draft-{slugify(found.title)[:80] or 'response'}.{form}"
    if request.method == "HEAD":
        return file_answer(name, kind)
    by, at = request.user, timezone.now()
    try:
        content = make(found, by=by, at=at)
    except RenderFailed as failed:
        messages.error(request, failed.reason)
        return redirect(found)
    trail.record(by=by, at=at, verb="export_response", subject=found, about=form)
    return file_answer(name, kind, content)


def _pdf(response: Response, *, by: User, at: datetime.datetime) -> bytes:
    return render_response(text_of_draft(response), created_at=at).pdf


def _word(response: Response, *, by: User, at: datetime.datetime) -> bytes:
    return response_docx(text_of_draft(response), by=by.name, at=at)


DRAFTS = {"pdf": (PDF, _pdf), "docx": (WORD, _word)}
