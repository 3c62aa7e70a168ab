"""An update round as a spreadsheet: exported, uploaded, checked row by row, saved as drafts or released answers."""

import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.rounds.sheet_export import as_sheet
from recommendations.domain.rounds import rounds, sheets
from recommendations.domain.rounds.force_rows import office_of
from recommendations.domain.rounds.sheets import BOTH, NEW, SheetPlan, fingerprint
from recommendations.domain.writing.refusals import Refusal
from recommendations.exchange.readers.workbook import Workbook
from recommendations.exchange.rounds.sheet_import import read_round_sheet
from recommendations.forms.rounds.answers import answer_of
from recommendations.forms.rounds.sheets import ChooseRoundSheetForm, RoundSheetForm, sheet_problems
from recommendations.models import RoundAnswer, SheetDraft, UpdateRound, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.rounds.sheet_page import RoundSheetPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _visible(request: AuthenticatedRequest, pk: int) -> UpdateRound:
    return get_object_or_404(UpdateRound.objects.visible_to(request.user).select_related("force"), pk=pk)


def _is_forces(request: AuthenticatedRequest) -> bool:
    """Whether the user belongs to the force; only then are drafts visible."""
    return bool(request.user.force_id)


@require_safe
@allow(May.SEE_ROUNDS)
def round_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Download the round as a spreadsheet to fill in. Users of the force find their drafts in it."""
    round, at = _visible(request, pk), timezone.now()
    name = f"updates-{slugify(f'{round.force.short_name} {round.name}')}.xlsx"
    answer = HttpResponse(content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    if request.method == "HEAD":
        return answer
    lines = sheets.lines_out(round, with_drafts=_is_forces(request))
    answer.content = as_sheet(round, lines, office=office_of(round, london_day(at)), at=at)
    trail.record(by=request.user, at=at, verb="export_round", subject=round)
    return answer


@shown_or_sent
@allow(May.SEE_ROUNDS)
def bring_in_round_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Upload the completed spreadsheet; the next page shows what was read."""
    round = _visible(request, pk)
    if ended := rounds.ended_notice(round):
        messages.warning(request, f"{ended.title} {ended.text}")
        return redirect(round)
    if request.method != "POST":
        return _choose(request, round, ChooseRoundSheetForm(round=round, by=request.user))
    form = ChooseRoundSheetForm(request.POST, request.FILES, round=round, by=request.user)
    if not form.is_valid():
        return _choose(request, round, form)
    assert form.workbook  # the form is valid
    name, table = form.cleaned_data["document"].name, form.workbook.as_json()
    kept = {"name": name, "sha256": form.sha256, "table": table}
    draft = sheets.keep_sheet(round=round, by=request.user, at=timezone.now(), **kept)
    return redirect("check_round_sheet", pk=round.pk, token=draft.token)


def _choose(request: AuthenticatedRequest, round: UpdateRound, form: ChooseRoundSheetForm) -> HttpResponse:
    context = {"round": round, "form": form, "office": office_of(round, localdate()), "is_forces": _is_forces(request)}
    return render(request, "rounds/sheet_choose.html", context)


@shown_or_sent
@allow(May.SEE_ROUNDS)
def check_round_sheet(request: AuthenticatedRequest, pk: int, token: str) -> HttpResponse:
    """Preview what each row would do, then do it: drafts for the force, answers for the office."""
    round = _visible(request, pk)
    draft = sheets.find_sheet(round=round, token=token, by=request.user, at=timezone.now())
    if draft is None:
        raise Http404
    plan = _plan(request, round, draft)
    lines = [row.line.pk for row in plan.doing(BOTH) if row.line]
    form = RoundSheetForm(request.POST or None, lines=lines)
    if request.method == "POST":
        act = partial(_bring_in, request, round, draft, form)
        done = submit_form(
            request, form, act, message=_message(request, round, plan, form), to=round.get_absolute_url()
        )
        if done:
            return done
        plan = _plan(request, round, draft)
    page = RoundSheetPage(round, plan, request.GET, is_forces=_is_forces(request))
    context = {"round": round, "draft": draft, "page": page, "form": form.showing(fingerprint(plan))}
    context["ended"] = rounds.ended_notice(round)
    return render(request, "rounds/sheet_check.html", context)


def _plan(request: AuthenticatedRequest, round: UpdateRound, draft: SheetDraft) -> SheetPlan:
    rows = read_round_sheet(Workbook.from_json(draft.table))
    return sheets.plan_of(round, rows, with_drafts=_is_forces(request), check=sheet_problems)


def _bring_in(
    request: AuthenticatedRequest,
    round: UpdateRound,
    draft: SheetDraft,
    form: RoundSheetForm,
    *,
    by: User,
    at: datetime.datetime,
) -> int | list[RoundAnswer]:
    """Do what was shown. Raises Refusal if the plan has changed since."""
    plan = _plan(request, round, draft)
    if fingerprint(plan) != form.cleaned_data["plan"]:
        raise Refusal("Something changed after you opened the page. Check again, then bring it in.")
    if _is_forces(request):
        return sheets.bring_in_drafts(round=round, plan=plan, use=set(form.cleaned_data["use"]), by=by, at=at)
    answers = [answer_of(row.line, row.values) for row in plan.doing(NEW) if row.line]
    return rounds.release_answers(round=round, answers=answers, by=by, at=at, source=draft.name)


def _message(request: AuthenticatedRequest, round: UpdateRound, plan: SheetPlan, form: RoundSheetForm) -> str:
    count = len(plan.doing(NEW)) + (len(form.cleaned_data["use"]) if form.is_valid() else 0)
    words = f"{count} {'answer' if count == 1 else 'answers'} came in from the sheet"
    if _is_forces(request):
        return f"{words} as drafts. They stay inside {round.force} until you release them."
    return f"{words}. Someone looks at each, and accepts or returns it."
