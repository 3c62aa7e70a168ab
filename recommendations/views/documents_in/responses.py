"""Importing a published response: choose the document; it is read and kept while it is checked."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.document_drafts import keep_document
from recommendations.domain.responses.imported import AlreadyHere, find_document
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.remembering import likeliest_layout
from recommendations.exchange.documents_in.proposal import source_text
from recommendations.forms.documents_in.check import already_here
from recommendations.forms.documents_in.marked import RESPONSE, as_pk
from recommendations.forms.documents_in.upload import ChooseForm
from recommendations.models import DocumentDraft, Force, Inspection, User
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

MOST_LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def choose_document(request: AuthenticatedRequest) -> HttpResponse:
    """Paste or choose a response, with its force and dates; it is read at once, and kept while it is checked."""
    today = london_day(timezone.now())
    if request.method == "POST":
        form = ChooseForm(request.POST, request.FILES, by=request.user, on=today)
    else:
        form = ChooseForm(by=request.user, on=today, initial=_waiting(request))
    if form.is_bound and form.is_valid():
        assert form.read  # the form is valid
        found = find_document(source_text(form.read.lines))
        if found is None:
            return redirect(_keep(request, form))
        form.add_error(None, already_here(AlreadyHere(found)))
    return render(request, "documents_in/responses/choose.html", {"form": form, "drafts": drafts_of(request.user)})


def drafts_of(user: User) -> QuerySet[DocumentDraft]:
    """The documents that a user is still checking, without their lines."""
    return DocumentDraft.objects.visible_to(user).defer("lines", "reading")[:MOST_LISTED]


def _waiting(request: AuthenticatedRequest) -> dict:
    """Initial values from the inspection in the query string: its date and force."""
    pk = as_pk(request.GET.get("inspection", ""))
    if pk is None:
        return {}
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    force = Force.objects.visible_to(request.user).filter(covered_by__inspection=inspection).first()
    return {"inspection": inspection.pk, "published_on": say(inspection.published_on), "force": force and force.pk}


def _keep(request: AuthenticatedRequest, form: ChooseForm) -> DocumentDraft:
    """Keep the document, with what was typed: days that were not typed are read in it."""
    document, given = form.read, form.cleaned_data
    assert document  # the form is valid
    days = {"published_on": form.typed_day, "responded_on": given["responded_on"]}
    typed = {"force": str(given["force"].pk)} | {name: say(day) for name, day in days.items() if day}
    if given["inspection"]:
        typed["inspection"] = str(given["inspection"].pk)
    assert form.response  # the form is valid
    return keep_document(
        by=request.user,
        at=timezone.now(),
        kind=RESPONSE,
        name=document.name,
        lines=document.rows,
        typed=typed,
        layout=likeliest_layout(RESPONSE, blocks_of(form.response)),
    )
