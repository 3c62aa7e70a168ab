"""Importing a published response: choose the document, check what was read, save it in one transaction.
Nothing is in the database before it is saved: the document and everything typed travel in the form.
"""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.imported import (
    AlreadyHere,
    find_document,
    find_inspection,
    first_inspection,
    record_published,
)
from recommendations.exchange.documents_in.proposal import find_body, propose, source_text
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.forms.documents_in.check import LOST, ResponseCheckForm, already_here, as_pk, force_of
from recommendations.forms.documents_in.check_draft import Draft, draft_of
from recommendations.forms.documents_in.check_steps import day_of, read_deadlines_again, take_step
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.forms.documents_in.placement import Places
from recommendations.forms.documents_in.upload import ChooseForm
from recommendations.models import Force, Inspection, Response, User
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.views.documents_in.check_page import CheckPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def choose_document(request: AuthenticatedRequest) -> HttpResponse:
    """Paste or choose a response, with its force and dates; the result of reading it is shown at once."""
    today = london_day(timezone.now())
    if request.method != "POST":
        form = ChooseForm(by=request.user, on=today, initial=_waiting(request))
        return render(request, "documents_in/responses/choose.html", {"form": form})
    form = ChooseForm(request.POST, request.FILES, by=request.user, on=today)
    if form.is_valid():
        assert form.read  # the form is valid
        found = find_document(source_text(form.read.lines))
        if found is None:
            return _first_check(request, form, today)
        form.add_error(None, already_here(AlreadyHere(found)))
    return render(request, "documents_in/responses/choose.html", {"form": form})


def _waiting(request: AuthenticatedRequest) -> dict:
    """Initial values from the inspection in the query string: its date and force."""
    pk = as_pk(request.GET.get("inspection", ""))
    if pk is None:
        return {}
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    force = Force.objects.visible_to(request.user).filter(covered_by__inspection=inspection).first()
    return {"inspection": inspection.pk, "published_on": say(inspection.published_on), "force": force and force.pk}


def _first_check(request: AuthenticatedRequest, form: ChooseForm, today: datetime.date) -> HttpResponse:
    """The document as it was read, before anyone changed it."""
    given, document = form.cleaned_data, form.read
    assert document  # the form is valid
    read = form.response
    assert read  # the form is valid
    day = given["responded_on"] or today
    draft = _draft_as_read(document, read, given["force"], given["published_on"], day)
    inspection = given["inspection"] or find_inspection(read.title, given["published_on"])
    draft.facts["inspection"] = str(inspection.pk) if inspection else ""
    draft.facts["responded_on"] = say(given["responded_on"]) if given["responded_on"] else ""
    places = Places(read, draft)
    check = ResponseCheckForm(draft, document, by=request.user, on=today, places=places, bound=False)
    return _show(request, check, read, None)


def _draft_as_read(
    document: UploadedDocument,
    read: ReadResponse,
    force: Force,
    published_on: datetime.date,
    responded_on: datetime.date,
) -> Draft:
    body, _ = find_body(read.body, force, responded_on)
    proposed = propose(
        read,
        force=force,
        body=body,
        published_on=published_on,
        responded_on=responded_on,
        source_name=document.name,
        lines=document.lines,
    )
    return draft_of(proposed, force=force, inspection=None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def check_document(request: AuthenticatedRequest) -> HttpResponse:
    """Check and correct what was read; every button posts here. A line without a place prevents saving."""
    document = UploadedDocument.unpack(request.POST.get("document", ""))
    if document is None:
        return _choose_again(request) if request.method == "POST" else redirect("import_response")
    today = london_day(timezone.now())
    do = request.POST.get("do", "read")
    draft = Draft.from_post(request.POST)
    force = force_of(request.user, draft)
    if force is None:
        return _choose_again(request)
    published_on = day_of(draft.facts["published_on"]) or day_of(draft.facts["published_read"]) or today
    read = read_response(document.lines, published_on=published_on)
    as_read = _draft_as_read(document, read, force, published_on, day_of(draft.facts["responded_on"]) or today)
    places = Places(read, draft)
    notice = take_step(do, draft, places, request.POST, as_read)
    changed = read_deadlines_again(draft)
    draft.name_others()
    once = request.POST.get("once", "")
    form = ResponseCheckForm(draft, document, by=request.user, on=today, places=places, bound=True, once=once)
    form.saving, form.read_again = do == "save", changed
    return (do == "save" and _save(request, form)) or _show(request, form, read, as_read, notice)


def _choose_again(request: AuthenticatedRequest) -> HttpResponse:
    form = ChooseForm(request.POST, by=request.user, on=london_day(timezone.now()))
    form.full_clean()
    form.add_error(None, LOST)
    return render(request, "documents_in/responses/choose.html", {"form": form})


def _save(request: AuthenticatedRequest, form: ResponseCheckForm) -> HttpResponse | None:
    """Save and redirect, or None if something prevents it."""

    def record(by: User, at: datetime.datetime) -> Response:
        return record_published(published=form.published(), force=form.cleaned_data["force"], by=by, at=at)

    message = f"The response is saved: {form.saved_words}."
    return submit_form(request, form, record, message=message, to=first_inspection)


def _show(
    request: AuthenticatedRequest, form: ResponseCheckForm, read: ReadResponse, as_read: Draft | None, notice: str = ""
) -> HttpResponse:
    """Render the check page; it shows errors once a button was pressed."""
    if form.is_bound:
        form.is_valid()
    context = {"form": form, "page": CheckPage(form, read, as_read), "notice": notice}
    return render(request, "documents_in/responses/check.html", context)
