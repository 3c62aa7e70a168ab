"""Files on a record: listing, attaching, changing the marking, withdrawing."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.attachments.attachments import mark_attachment, withdraw_attachment
from recommendations.domain.attachments.queries import KINDS, files_on, subjects_for, title_of
from recommendations.domain.attachments.rules import Subject, may_attach, may_change, who_sees, why_not_now
from recommendations.forms.attachments.attach import AttachForm, MarkFileForm, WithdrawAttachmentForm
from recommendations.models import Attachment, User
from recommendations.models.attachments import record_of
from recommendations.permissions import May, allow
from recommendations.views.attachments.addresses import FileLine, files_address
from recommendations.views.attachments.bringing import MOST_SENT, AttachOutcome, attach_all
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

SOME_NOT, NONE = "Some files are not attached", "Nothing is attached yet"
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_REGISTER)
def files(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """The files on one record, with a form to attach more if this user may."""
    return _show(request, kind, _visible(request, kind, pk))


@shown_or_sent
@allow(May.SEE_REGISTER)
def attach_files(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """Attach files: each acceptable file is attached; for each other one the page says why not."""
    subject = _visible(request, kind, pk)
    if not may_attach(request.user, subject):
        raise PermissionDenied("recorded by the other side")
    if request.method != "POST":
        return redirect("files", kind=kind, pk=pk)
    form = AttachForm(request.POST, request.FILES)
    outcome = _attach(request, form, subject) if form.is_valid() else AttachOutcome()
    if "application/json" in request.headers.get("Accept", ""):
        return _as_json(form, outcome)
    if form.errors:
        return _show(request, kind, subject, form=form, attached=outcome.words)
    messages.success(request, outcome.words)
    return redirect("files", kind=kind, pk=pk)


attach_files.most_bytes = MOST_SENT  # type: ignore[attr-defined]  # read by middleware/bodies.py


def _visible(request: AuthenticatedRequest, kind: str, pk: int) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(subjects_for(request.user, KINDS[kind]), pk=pk)


def _attach(request: AuthenticatedRequest, form: AttachForm, subject: Subject) -> AttachOutcome:
    """Attach the submitted files; refusals become errors of the form."""
    given = form.verb_fields()
    once = form.cleaned_data["once"]
    outcome = attach_all(
        given["chosen"], subject, marking=given["marking"], once=once, by=request.user, at=timezone.now()
    )
    for name, why in outcome.refused:
        form.add_error("chosen", f"{name}: {why}")
    return outcome


def _as_json(form: AttachForm, outcome: AttachOutcome) -> JsonResponse:
    """The outcome as JSON, for the script that sends files one by one (static/js/attach.js)."""
    errors = [message for said in form.errors.values() for message in said]
    said = {"attached": outcome.attached, "errors": errors}
    return JsonResponse(said, status=422 if errors else 200)


def _show(
    request: AuthenticatedRequest, kind: str, subject: Subject, form: AttachForm | None = None, attached: str = ""
) -> HttpResponse:
    user, record = request.user, record_of(subject)
    found = files_on(subject, user)
    why_not = why_not_now(subject)
    may = may_attach(user, subject) and not why_not
    context = {
        "subject": subject,
        "record": record,
        "title": title_of(subject),
        "files": [FileLine(each, not why_not and may_change(user, each)) for each in found],
        "form": form or (AttachForm() if may else None),
        "attached": attached,
        "wrong": SOME_NOT if attached else NONE,
        "why_not": why_not,
        "who_sees": who_sees(subject, user),
        "nothing": "Attach what shows it." if may else "Whoever recorded this can attach files to it.",
        "action": reverse("attach_files", args=[kind, subject.pk]),
        "back": record.get_absolute_url(),
    }
    return render(request, "attachments/files.html", context, status=422 if form and form.errors else 200)


def visible_file(user: User, pk: int) -> Attachment:
    """A file that this user may see, withdrawn or not; raises Http404 otherwise."""
    return get_object_or_404(Attachment.on_file.visible_to(user).with_subject(), pk=pk)


@shown_or_sent
@allow(May.SEE_REGISTER)
def mark_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change a file's marking."""
    return _change(
        request, pk, MarkFileForm, mark_attachment, title="Change the marking", button="Save", message="Saved."
    )


@shown_or_sent
@allow(May.SEE_REGISTER)
def withdraw_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then withdraw a file. It stays on record."""
    words = {"title": "Withdraw the file", "button": "Withdraw", "message": "File withdrawn. It stays on record."}
    return _change(request, pk, WithdrawAttachmentForm, withdraw_attachment, **words)


def _change(
    request: AuthenticatedRequest,
    pk: int,
    form_class: Callable,
    verb: Callable,
    *,
    title: str,
    button: str,
    message: str,
) -> HttpResponse:
    found = visible_file(request.user, pk)
    if not may_change(request.user, found):
        raise PermissionDenied("attached by the other side")
    initial = {"marking": found.marking} if form_class is MarkFileForm else None
    form, to = form_class(submitted_data(request), initial=initial), files_address(found.subject)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(attachment=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=to)
    context = {"form": form, "file": found, "title": title, "button": button, "back": to}
    return done or render(request, "attachments/change.html", context, status=422 if form.errors else 200)
