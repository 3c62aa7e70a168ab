"""Importing a report, or the answer to a coroner's: choose the document; it is read and kept while it is checked."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.document_drafts import keep_document
from recommendations.domain.responses.reports import ReportHere, find_report
from recommendations.exchange.documents_in.proposal import source_text
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.forms.documents_in.reports import ChooseReportForm, report_here
from recommendations.models import DocumentDraft
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.views.documents_in.responses import drafts_of
from recommendations.views.site.requests import AuthenticatedRequest


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def choose_report(request: AuthenticatedRequest) -> HttpResponse:
    """Choose or paste a report, with its force and date; it is read at once, and kept while it is checked."""
    today = london_day(timezone.now())
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ChooseReportForm(*sent, by=request.user, on=today)
    if form.is_bound and form.is_valid():
        assert form.read  # the form is valid
        assert form.report
        published_on = form.cleaned_data["published_on"]
        known = None if form.is_answer else find_report(source_text(form.read.lines), form.report.title, published_on)
        if known is None:
            return redirect(_keep(request, form))
        form.add_error(None, report_here(ReportHere(known)))
    return render(request, "documents_in/reports/choose.html", {"form": form, "drafts": drafts_of(request.user)})


def _keep(request: AuthenticatedRequest, form: ChooseReportForm) -> DocumentDraft:
    """Keep the document. The day is the one that was typed: that in the document is read with it."""
    document, kind = form.read, form.report_kind
    assert document  # the form is valid
    assert kind
    typed = {"force": str(form.cleaned_data["force"].pk)}
    if form.typed_day:
        typed["responded_on" if kind == DocumentKind.CORONER_RESPONSE else "published_on"] = say(form.typed_day)
    return keep_document(
        by=request.user,
        at=timezone.now(),
        kind=kind.value,
        name=document.name,
        lines=document.rows,
        typed=typed,
        layout=form.layout,
    )
