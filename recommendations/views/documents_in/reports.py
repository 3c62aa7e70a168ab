"""Importing a report, or the answer to a coroner's: choose the document, check what was read, save it.
As with a published response, nothing is in the database before it is saved: everything travels in the form.
"""

import datetime
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.followed_answers import record_followed_answer
from recommendations.domain.responses.reports import ReportHere, find_report, record_report
from recommendations.exchange.documents_in.proposal import propose_report, source_text
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.documents import read_document
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.proposal import propose_source
from recommendations.forms.documents_in.answers import AnswerForm, AnswerPlaces, draft_of_answer
from recommendations.forms.documents_in.check import LOST, ReadForm, force_of
from recommendations.forms.documents_in.check_draft import Draft, draft_of_report
from recommendations.forms.documents_in.check_steps import day_of, read_deadlines_again, take_step
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.forms.documents_in.placement import Places, ReportPlaces
from recommendations.forms.documents_in.reports import ChooseReportForm, ReportForm, report_here
from recommendations.forms.documents_in.sources import SourceReportForm
from recommendations.models import Force, Inspection, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.documents_in.report_page import AnswerCheckPage, ReportPage, SourceReportPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

ANSWER = DocumentKind.CORONER_RESPONSE.value
ANSWER_SAVED = "The answer is saved, with the days on which it was sent and published."
FORMS = dict.fromkeys(("iopc", "coroner", "audit"), SourceReportForm) | {ANSWER: AnswerForm}
PAGES = {
    ReportForm: (ReportPage, "documents_in/reports/check.html"),
    SourceReportForm: (SourceReportPage, "documents_in/reports/check.html"),
    AnswerForm: (AnswerCheckPage, "documents_in/reports/check_answer.html"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def choose_report(request: AuthenticatedRequest) -> HttpResponse:
    """Choose or paste a report, with its force and date; the result of reading it is shown at once."""
    today = london_day(timezone.now())
    if request.method != "POST":
        return render(
            request, "documents_in/reports/choose.html", {"form": ChooseReportForm(by=request.user, on=today)}
        )
    form = ChooseReportForm(request.POST, request.FILES, by=request.user, on=today)
    if form.is_valid():
        assert form.read  # the form is valid
        assert form.report
        published_on = form.cleaned_data["published_on"]
        known = None if form.is_answer else find_report(source_text(form.read.lines), form.report.title, published_on)
        if known is None:
            return _first_check(request, form, today)
        form.add_error(None, report_here(ReportHere(known)))
    return render(request, "documents_in/reports/choose.html", {"form": form})


def _first_check(request: AuthenticatedRequest, form: ChooseReportForm, today: datetime.date) -> HttpResponse:
    """The report as it was read, before anyone changed it."""
    given, document, read = form.cleaned_data, form.read, form.report
    assert document  # the form is valid
    assert read
    draft = _draft_as_read(read, document, given["force"], given["published_on"])
    places = _places_for(draft)(read, draft)
    check = _form_for(draft)(draft, document, by=request.user, on=today, places=places, bound=False)
    return _show(request, check, read, None)


def _draft_as_read(read: ReadResponse, document: UploadedDocument, force: Force, published_on: datetime.date) -> Draft:
    if document.kind == DocumentKind.CORONER_RESPONSE:
        return draft_of_answer(read, force, published_on)
    propose = propose_source if read.source.source else propose_report
    proposed = propose(read, force=force, published_on=published_on, source_name=document.name, lines=document.lines)
    return draft_of_report(proposed, force=force)


def _kind_of(draft: Draft) -> DocumentKind:
    """The kind of document that the form says it is."""
    source = draft.facts["source"]
    return DocumentKind(source) if source in FORMS else DocumentKind.HMICFRS


def _form_for(draft: Draft) -> type[ReadForm]:
    return FORMS.get(draft.facts["source"], ReportForm)


def _places_for(draft: Draft) -> type[Places]:
    return AnswerPlaces if draft.facts["source"] == ANSWER else ReportPlaces


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def check_report(request: AuthenticatedRequest) -> HttpResponse:
    """Check and correct what was read; every button posts here. A line without a place prevents saving."""
    document = UploadedDocument.unpack(request.POST.get("document", ""))
    if document is None:
        return _choose_again(request) if request.method == "POST" else redirect("import_report")
    draft = Draft.from_post(request.POST)
    force = force_of(request.user, draft)
    if force is None:
        return _choose_again(request)
    today, do = london_day(timezone.now()), request.POST.get("do", "read")
    published_on = day_of(draft.facts["published_on"]) or day_of(draft.facts["published_read"]) or today
    kind = _kind_of(draft)
    document = replace(document, kind=kind)
    read = read_document(kind, document.lines, published_on)
    as_read = _draft_as_read(read, document, force, published_on)
    places = _places_for(draft)(read, draft)
    notice = take_step(do, draft, places, request.POST, as_read)
    changed = read_deadlines_again(draft)
    once = request.POST.get("once", "")
    form = _form_for(draft)(draft, document, by=request.user, on=today, places=places, bound=True, once=once)
    form.saving, form.read_again = do == "save", changed
    return (do == "save" and _save(request, form)) or _show(request, form, read, as_read, notice)


def _choose_again(request: AuthenticatedRequest) -> HttpResponse:
    form = ChooseReportForm(request.POST, by=request.user, on=london_day(timezone.now()))
    form.full_clean()
    form.add_error(None, LOST)
    return render(request, "documents_in/reports/choose.html", {"form": form})


def _save(request: AuthenticatedRequest, form: ReadForm) -> HttpResponse | None:
    """Save and redirect, or None if something prevents it."""
    if isinstance(form, AnswerForm):
        return _save_answer(request, form)

    assert isinstance(form, ReportForm)

    def record(by: User, at: datetime.datetime) -> Inspection:
        return record_report(report=form.new_report(), force=form.cleaned_data["force"], by=by, at=at)

    def to(inspection: Inspection) -> str:
        return inspection.get_absolute_url()

    message = f"The report is saved: {form.saved_words}." if form.is_valid() else ""
    return submit_form(request, form, record, message=message, to=to)


def _save_answer(request: AuthenticatedRequest, form: AnswerForm) -> HttpResponse | None:
    def record(by: User, at: datetime.datetime) -> Inspection:
        return record_followed_answer(answer=form.answer(), by=by, at=at)

    return submit_form(request, form, record, message=ANSWER_SAVED, to=lambda found: reverse("answer", args=[found.pk]))


def _show(
    request: AuthenticatedRequest, form: ReadForm, read: ReadResponse, as_read: Draft | None, notice: str = ""
) -> HttpResponse:
    """Render the check page; it shows errors once a button was pressed."""
    if form.is_bound:
        form.is_valid()
    page, template = PAGES[type(form)]
    context = {"form": form, "page": page(form, read, as_read), "notice": notice}
    return render(request, template, context)
