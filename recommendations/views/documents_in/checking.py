"""Checking a document that is being imported: the page, the marks and words that are kept as they are made, saving.

Each button posts to the page's address. A script sends the same forms with `part` and gets only what changed.
"""

import datetime
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods

from recommendations.domain.responses.document_drafts import change_document, discard_document
from recommendations.domain.responses.followed_answers import record_followed_answer
from recommendations.domain.responses.imported import first_inspection, record_published
from recommendations.domain.responses.reports import record_report
from recommendations.domain.submission.idempotency import earlier_submission, run_once
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.forms.documents_in.answers import AnswerForm
from recommendations.forms.documents_in.check import ReadForm, ResponseCheckForm
from recommendations.forms.documents_in.marked import RESPONSE, MarkedDocument, force_for
from recommendations.forms.documents_in.reports import ReportForm
from recommendations.forms.documents_in.sources import SourceReportForm
from recommendations.forms.documents_in.steps import STALE, StepOutcome, take_step
from recommendations.models import DocumentDraft, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.documents_in.check_lines import signed
from recommendations.views.documents_in.check_page import CheckPage
from recommendations.views.documents_in.report_page import AnswerCheckPage, ReportPage, SourceReportPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

MOST_RANGES, MOST_LINES = 2_000, 100_000

type Pages = tuple[type[ReadForm], type[CheckPage]]

PAGES: dict[str, Pages] = {
    RESPONSE: (ResponseCheckForm, CheckPage),
    DocumentKind.HMICFRS: (ReportForm, ReportPage),
    DocumentKind.IOPC: (SourceReportForm, SourceReportPage),
    DocumentKind.CORONER: (SourceReportForm, SourceReportPage),
    DocumentKind.AUDIT: (SourceReportForm, SourceReportPage),
    DocumentKind.CORONER_RESPONSE: (AnswerForm, AnswerCheckPage),
}
ANSWER_SAVED = "The answer is saved, with the days on which it was sent and published."
SAVED_ALREADY = "This document is saved already. This page shows what was made of it."
READ_DIFFERENTLY = (
    "The program now reads this document in another way. What you marked and typed is kept where lines are the same."
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.IMPORT_RESPONSE)
def check_document(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The document and what will be saved of it; a POST is one of its buttons. Saved, it leads to what it became."""
    found = DocumentDraft.objects.visible_to(request.user).filter(pk=pk).select_related("layout__body")
    if (draft := found.first()) is None:
        saved = earlier_submission(_key(pk), by=request.user)
        if not saved or not saved.led_to:
            raise Http404
        messages.info(request, SAVED_ALREADY)
        return redirect(saved.led_to)
    if request.method == "POST":
        return _press(request, draft)
    if follows := request.GET.get("follows", ""):
        return JsonResponse(_followers(_marked(request, draft), *_ends(follows)))
    line, edit = _number(request.GET.get("line", "")), request.GET.get("edit", "")
    page = _page(request, draft, _marked(request, draft), line=line, edit=edit, opened=_opened(request.GET))
    if opened := request.GET.get("lines", ""):
        first, last = _ends(opened)
        context = {"page": page, "items": signed(page.lines.between(first, last)), "is_part": True}
        return render(request, "documents_in/check/items.html", context)
    return render(request, f"documents_in/check/{'saved' if request.GET.get('part') else 'page'}.html", _context(page))


def _followers(marked: MarkedDocument, first: int, last: int) -> dict[str, list[int]]:
    """The lines that each mark of these would take with it, by role."""
    choices = PAGES[marked.kind][1].choices_for(marked.kind)
    return {role: marked.followers(first, last or first, BlockRole(role)) for role, _, _ in choices}


def _press(request: AuthenticatedRequest, draft: DocumentDraft) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "discard":
        discard_document(draft=draft)
        messages.success(request, f"{draft} is discarded. Nothing of it was saved.")
        return redirect(PAGES[draft.kind][1].choose_name)
    return _save(request, draft) if do == "save" else _change(request, draft)


# -- marking and typing


def _change(request: AuthenticatedRequest, draft: DocumentDraft) -> HttpResponse:
    """Keep a mark or what was typed, and show what it makes."""
    outcome = StepOutcome()

    def change(newest: DocumentDraft) -> bool:
        nonlocal outcome
        before = _marked(request, newest)
        kept = before.kept
        newest.steps, newest.typed, newest.reading = kept.steps, kept.typed, kept.reading
        newest.undone = [] if kept.read_differently else newest.undone
        outcome = take_step(newest, before, request.POST.dict())
        return outcome.changed

    try:
        draft = change_document(draft=draft, at=timezone.now(), change=change)
    except DocumentDraft.DoesNotExist:
        return redirect(draft)  # saved or discarded meanwhile: its address leads to what it became
    line = outcome.line or _number(request.POST.get("line", ""))
    if request.POST.get("part"):
        return _parts(request, draft, outcome, line)
    if outcome.notice:
        messages.warning(request, outcome.notice)
    return redirect(f"{draft.get_absolute_url()}?line={line}&edit={outcome.edit}#{f'l{line}' if line else 'saved'}")


def _parts(request: AuthenticatedRequest, draft: DocumentDraft, outcome: StepOutcome, line: int) -> HttpResponse:
    """What changed, for the script: the lines and parts that differ from those that it has, and all around them."""
    shown, has = _opened(request.POST), frozenset(request.POST.get("has", "").split())
    options = {"line": line, "edit": outcome.edit, "opened": shown, "has": has}
    page = _page(request, draft, _marked(request, draft), **options)
    return render(request, "documents_in/check/parts.html", _context(page) | {"outcome": outcome})


# -- saving


def _save(request: AuthenticatedRequest, draft: DocumentDraft) -> HttpResponse:
    """Save what the marks and the typed words make, and delete the draft; or show what prevents it."""
    if request.POST.get("version", "") != str(draft.version):
        messages.warning(request, STALE)
        return redirect(draft)
    kind, page = PAGES[draft.kind]
    form = kind(_marked(request, draft), by=request.user, data=request.POST.dict())
    record, message, to = _recording(form)

    def save(by: User, at: datetime.datetime) -> Any:
        with transaction.atomic():
            done = run_once(_key(draft.pk), by=by, at=at, act=lambda: record(by, at))
            discard_document(draft=draft)
        return done

    done = submit_form(request, form, save, message=message if form.is_valid() else "", to=to)
    return done or render(request, "documents_in/check/page.html", _context(page(form, draft)), status=422)


def _key(pk: int) -> str:
    """The key of where a saved document led to. Forms send keys of their own choice, so nobody can guess this one."""
    return salted_hmac("document", str(pk), algorithm="sha256").hexdigest()


def _recording(form: ReadForm) -> tuple[Callable[[User, datetime.datetime], Any], str, Callable[[Any], Any]]:
    """What records a valid form, what is said then, and where it leads."""
    if isinstance(form, AnswerForm):
        return (
            lambda by, at: record_followed_answer(answer=form.answer(), by=by, at=at),
            ANSWER_SAVED,
            lambda found: reverse("answer", args=[found.pk]),
        )
    words = f": {form.saved_words}." if form.is_valid() else ""
    if isinstance(form, ReportForm):
        return (
            lambda by, at: record_report(report=form.new_report(), force=form.cleaned_data["force"], by=by, at=at),
            f"The report is saved{words}",
            lambda inspection: inspection.get_absolute_url(),
        )
    assert isinstance(form, ResponseCheckForm)
    return (
        lambda by, at: record_published(published=form.published(), force=form.cleaned_data["force"], by=by, at=at),
        f"The response is saved{words}",
        first_inspection,
    )


# -- the page


def _marked(request: AuthenticatedRequest, draft: DocumentDraft) -> MarkedDocument:
    force = force_for(request.user, draft.typed)
    if force is None:
        raise Http404
    return MarkedDocument.of_draft(draft, force=force, today=london_day(timezone.now()))


def _page(request: AuthenticatedRequest, draft: DocumentDraft, marked: MarkedDocument, **options: Any) -> CheckPage:
    form, page = PAGES[draft.kind]
    return page(form(marked, by=request.user), draft, **options)


def _context(page: CheckPage) -> dict[str, Any]:
    return {"page": page, "form": page.form, "read_differently": page.marked.kept.read_differently and READ_DIFFERENTLY}


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0


def _opened(data: QueryDict) -> set[int]:
    """The lines in "shown" or "open", ranges such as "1-20,45-60". No more than MOST_LINES, however they overlap."""
    pairs = (_ends(each) for each in (data.get("shown") or data.get("open", "")).split(",")[:MOST_RANGES])
    lines = (id_ for first, last in pairs for id_ in range(first, last + 1))
    return set(islice(lines, MOST_LINES))


def _ends(typed: str) -> tuple[int, int]:
    first, _, last = typed.partition("-")
    return _number(first), _number(last)
