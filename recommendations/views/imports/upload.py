"""Importing the office's spreadsheet: choose it, map its columns, check each row, and import all in one transaction.
Until then what was read is a draft that only the person who chose the file can see.
"""

import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.demo import workbook as demo
from recommendations.domain.imports import imports
from recommendations.domain.imports.drafts import discard_draft, find_draft, has_draft, keep_answers, keep_draft
from recommendations.domain.imports.lines import context
from recommendations.domain.writing.refusals import Refusal
from recommendations.exchange.imports.guesses import first_answers
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.readers.workbook import Workbook
from recommendations.forms.imports.mapping import AnswersForm
from recommendations.forms.imports.upload import BringInForm, ChooseSheetForm
from recommendations.models import Force, SheetDraft, SheetImport, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.imports.example import known_in_register
from recommendations.views.imports.mapping_page import ColumnsPage
from recommendations.views.imports.preview_page import Preview, corrected_answers, preview
from recommendations.views.imports.progress import progress_of, teller
from recommendations.views.register.exports import FORMS, file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

RECENT = 5
READ_AGAIN, NO_COLOURS, BRING_IN = "read", "no-colours", "bring-in"
NO_COLUMNS, NO_DAYS, AFRESH = "no-columns", "no-days:", "afresh"  # after the colon: a field
CHOSEN = "Your choices are saved. Check what the rows would do, then bring them in."
CHANGED = "The register changed after you opened the page. Check again, then bring it in."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.BRING_IN_REGISTER)
def bring_in(request: AuthenticatedRequest) -> HttpResponse:
    """Choose the file, and the force if the whole file is about one."""
    if request.method != "POST":
        return _choose(request, ChooseSheetForm(by=request.user))
    form = ChooseSheetForm(request.POST, request.FILES, by=request.user)
    if not form.is_valid():
        return _choose(request, form)
    forces = Force.objects.visible_to(request.user)
    assert form.workbook  # the form is valid
    at = timezone.now()
    answers = first_answers(form.workbook, form.cleaned_data["force"], forces, london_day(at))
    read = {"name": form.cleaned_data["document"].name, "sha256": form.sha256}
    read |= {"table": form.workbook.as_json(), "answers": answers.as_json()}
    draft = keep_draft(by=request.user, at=at, **read)
    return redirect("sheet_columns", token=draft.token)


def _choose(request: AuthenticatedRequest, form: ChooseSheetForm) -> HttpResponse:
    recent = SheetImport.objects.all()[:RECENT]
    return render(request, "imports/choose.html", {"form": form, "recent": recent, "demo": settings.DEMO})


@require_safe
@allow(May.BRING_IN_REGISTER)
def example_sheet(request: AuthenticatedRequest) -> HttpResponse:
    """The demonstration office's own workbook, as if saved today. Http404 outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    kind, _ = FORMS["xlsx"]
    if request.method == "HEAD":
        return file_answer(demo.FILE_NAME, kind)
    content = demo.example(london_day(timezone.now()), known_in_register(request.user))
    return file_answer(demo.FILE_NAME, kind, content)


@shown_or_sent
@allow(May.BRING_IN_REGISTER)
def sheet_columns(request: AuthenticatedRequest, token: str) -> HttpResponse:
    """Say what each column and word means. Answers are saved even while some are missing."""
    draft = _draft(request, token)
    if draft is None:
        return _lost(request)
    pressed, here = request.POST.get("do", ""), reverse("sheet_columns", args=[token])
    if request.method == "POST" and pressed == AFRESH:
        _read_afresh(request, draft)
        return redirect(here)
    form = _answers_form(request, draft)
    if request.method == "POST":
        is_complete = _keep_answers(draft, form, pressed)
        if pressed == NO_COLUMNS:
            return redirect(here)
        if pressed in (READ_AGAIN, NO_COLOURS) or pressed.startswith(NO_DAYS):
            return redirect(f"{here}#words")
        if is_complete:
            return redirect("check_sheet", token=token)
    return render(request, "imports/columns.html", {"form": form, "page": ColumnsPage(form, draft)})


def _answers_form(request: AuthenticatedRequest, draft: SheetDraft) -> AnswersForm:
    workbook, answers = Workbook.from_json(draft.table), Answers.from_json(draft.answers)
    words, forces = context(london_day(timezone.now())), Force.objects.visible_to(request.user)
    return AnswersForm(workbook, answers, words, forces=forces, data=request.POST or None)


def _read_afresh(request: AuthenticatedRequest, draft: SheetDraft) -> None:
    """Guess everything again but whose the sheets are, as if no register like it had been read before."""
    workbook, forces = Workbook.from_json(draft.table), Force.objects.visible_to(request.user)
    answers = first_answers(workbook, None, forces, london_day(timezone.now()), is_afresh=True)
    answers.forces |= Answers.from_json(draft.answers).forces
    keep_answers(draft=draft, answers=answers.as_json())


def _keep_answers(draft: SheetDraft, form: AnswersForm, pressed: str) -> bool:
    """Save the answers, valid or not, with what the button that was pressed answers; return whether all are valid."""
    is_complete = form.is_valid()
    if pressed == NO_COLOURS:
        form.leave_colours()
    elif pressed == NO_COLUMNS:
        form.leave_columns()
    elif pressed.startswith(NO_DAYS):
        form.leave_days(pressed.removeprefix(NO_DAYS))
    keep_answers(draft=draft, answers=form.answers.as_json())
    return is_complete


@shown_or_sent
@allow(May.BRING_IN_REGISTER)
def check_sheet(request: AuthenticatedRequest, token: str) -> HttpResponse:
    """What each row would do. Every button posts here: correct, undo a correction, import all rows."""
    draft = _draft(request, token)
    if draft is None:
        return _lost(request)
    page, form = _preview(request, draft), BringInForm(request.POST or None)
    if request.method == "POST":
        done = _bring_in(request, page, form) if _brings_in(request, page) else _correct(request, page)
        if done:
            return done
        page = _preview(request, draft)
    return render(request, "imports/check.html", {"form": form.showing(page.plan.fingerprint), "page": page})


def _preview(request: AuthenticatedRequest, draft: SheetDraft) -> Preview:
    return preview(draft, on=london_day(timezone.now()), show=request.GET)


def _brings_in(request: AuthenticatedRequest, page: Preview) -> bool:
    """Whether to import now. Choices that the rows do not show yet are saved and shown first."""
    if request.POST.get("do") != BRING_IN:
        return False
    if page.has_new_choices(request.POST):
        messages.info(request, CHOSEN)
        return False
    return True


def _correct(request: AuthenticatedRequest, page: Preview) -> HttpResponse:
    keep_answers(draft=page.draft, answers=corrected_answers(page, request.POST).as_json())
    return redirect("check_sheet", token=page.draft.token)


def _bring_in(request: AuthenticatedRequest, page: Preview, form: BringInForm) -> HttpResponse | None:
    """Import and redirect, or None if something prevents it. If the register changed meanwhile, it is shown again
    first."""

    def act(by: User, at: datetime.datetime) -> SheetImport:
        if form.cleaned_data["fingerprint"] != page.plan.fingerprint:
            raise Refusal(CHANGED)
        done = imports.bring_in(plan=page.plan, by=by, at=at, progress=teller(page.draft.token))
        if page.plan.is_about_deaths:
            discard_draft(draft=page.draft)
        return done

    message = f"Brought in from {page.plan.source.name}: {page.act}."
    return submit_form(request, form, act, message=message, to=SheetImport.get_absolute_url)


@require_safe
@allow(May.BRING_IN_REGISTER)
def sheet_progress(request: AuthenticatedRequest, token: str) -> HttpResponse:
    """The progress of a spreadsheet import as JSON, for the page that waits for it."""
    found = has_draft(token=token, by=request.user, at=timezone.now())
    return JsonResponse(progress_of(token)) if found else JsonResponse({}, status=404)


def _draft(request: AuthenticatedRequest, token: str) -> SheetDraft | None:
    return find_draft(token=token, by=request.user, at=timezone.now())


def _lost(request: AuthenticatedRequest) -> HttpResponse:
    return render(request, "imports/lost.html", status=404)
