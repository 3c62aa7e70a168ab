"""Update rounds as the force sees them: drafts that are autosaved, and their release to the office."""

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from recommendations.domain.people.open_things import successor_of
from recommendations.domain.rounds import drafts, force_rows, rounds
from recommendations.domain.rounds.drafts import Saved, SaveOutcome, content, mark
from recommendations.domain.rounds.force_rows import WorkLine
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.rounds.answers import LineForm, ReleaseForm, answer_of, is_unchanged, lines_sent, why_not
from recommendations.forms.rounds.new_action import RoundActionForm
from recommendations.models import RoundAnswer, RoundDraft, UpdateRound, User
from recommendations.permissions import May, allow
from recommendations.views.rounds.force_page import ForceRoundPage
from recommendations.views.rounds.line_actions import add_new_action, answers_with_actions, new_action_forms
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


def show(
    request: AuthenticatedRequest,
    round: UpdateRound,
    *,
    forms: dict[int, LineForm] | None = None,
    new_actions: dict[int, RoundActionForm] | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Render the round's page for a user of the force. `forms` are submitted lines to show again, `new_actions` what
    was typed for actions on them and is not added.
    """
    page = ForceRoundPage(round, request.GET, request.user, moment=timezone.now(), forms=forms, new_actions=new_actions)
    asker = successor_of(round.keeper or round.asked_by)
    context = {
        "round": round,
        "page": page,
        "office": force_rows.office_of(round, localdate()),
        "asker": asker,
        "ended": rounds.ended_notice(round),
        "refusal": refusal,
    }
    return render(request, "rounds/force/page.html", context)


def _visible(request: AuthenticatedRequest, pk: int) -> UpdateRound:
    visible = UpdateRound.objects.visible_to(request.user).select_related("force", "asked_by", "keeper")
    return get_object_or_404(visible, pk=pk)


@require_POST
@allow(May.ANSWER_ROUND)
def save_drafts(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Save the submitted lines (the script sends only the changed one), then redirect to the page that the button
    names."""
    round = _visible(request, pk)
    by_script = request.headers.get("Accept") == "application/json"
    forms, refusal = _sent_forms(request, round, by_script)
    typed = [form.typed() for form in forms.values() if form.fits]
    try:
        if refusal:
            raise refusal
        saved = drafts.save_drafts(round=round, typed=typed, by=request.user, at=timezone.now())
        shared = {} if by_script else _share(request, round, forms, saved)
    except Refusal as refused:
        if by_script:
            return JsonResponse({"refused": refused.message}, status=409)
        typed_actions = new_action_forms(request, [form.line for form in forms.values()])
        return show(request, round, forms=forms, new_actions=typed_actions, refusal=refused.message)
    _compare_with_saved(forms, saved)
    if by_script:
        return _answer(forms, saved)
    return _response_after_saving(request, round, forms, saved, shared)


def _sent_forms(
    request: AuthenticatedRequest, round: UpdateRound, by_script: bool
) -> tuple[dict[int, LineForm], Refusal | None]:
    """The forms of the lines that were sent, with what their ticked actions say; and why those were refused, if so."""
    work = force_rows.work_lines(force_rows.lines_with_shelf(round).filter(pk__in=lines_sent(request.POST)))
    sent: QueryDict = request.POST
    refusal = None
    try:
        if not by_script:
            sent = answers_with_actions(request, [each.line for each in work])
    except Refusal as refused:
        refusal = refused
    forms = {each.line.pk: LineForm(each.line, sent) for each in work}
    for form in forms.values():
        form.full_clean()
    return forms, refusal


def _share(request: AuthenticatedRequest, round: UpdateRound, forms: dict, saved: dict) -> dict:
    """Copy the answers that apply to other lines too."""
    lines = [
        pk
        for pk, each in saved.items()
        if each.kept in (SaveOutcome.SAVED, SaveOutcome.SAME) and forms[pk].values["also"]
    ]
    return drafts.share_drafts(round=round, lines=lines, by=request.user, at=timezone.now()) if lines else {}


def _compare_with_saved(forms: dict, saved: dict) -> None:
    """Set on each form what someone else saved meanwhile, and whether it came too late."""
    for pk, each in saved.items():
        form = forms[pk]
        form.theirs = each.draft if each.kept == SaveOutcome.THEIRS else None
        form.too_late = each.kept == SaveOutcome.SETTLED
        form.set_against(content(form.theirs) if form.theirs else form.values)


def _answer(forms: dict, saved: dict) -> JsonResponse:
    """The JSON answer for the script: for each line the outcome, the time, its new version mark, and its errors."""
    page = {}
    for pk, form in forms.items():
        kept = saved.get(pk)
        page[pk] = {
            "kept": kept.kept if kept else "too_long",
            "shown": form["shown"].value() if kept else "",
            "problems": {name: messages[0] for name, messages in form.errors.items()},
            "theirs": _theirs(form.theirs) if kept and form.theirs else None,
        }
    return JsonResponse({"at": timezone.localtime().strftime("%H:%M"), "lines": page})


def _theirs(draft: RoundDraft) -> dict[str, str]:
    who = draft.saved_by.name if draft.saved_by else ""
    return {"who": who, "at": timezone.localtime(draft.saved_at).strftime("%H:%M"), "text": draft.done or "No change"}


def _response_after_saving(
    request: AuthenticatedRequest,
    round: UpdateRound,
    forms: dict[int, LineForm],
    saved: dict[int, Saved],
    shared: dict[int, Any],
) -> HttpResponse:
    """Add the new actions; show the page again with what could not be saved; otherwise a message and a redirect to the
    button's target."""
    for pk, each in shared.items():
        if each.copied:
            messages.success(request, f"The answer to {forms[pk].line.tracked} was copied to {', '.join(each.copied)}.")
        for words in each.refused:
            messages.warning(request, f"{forms[pk].line.tracked}: {words}")
    new_actions = new_action_forms(request, [form.line for form in forms.values()])
    added = [pk for pk, form in new_actions.items() if add_new_action(request, form)]
    wrong_actions = {pk: form for pk, form in new_actions.items() if pk not in added}
    lost = {pk: form for pk, form in forms.items() if pk not in saved or form.theirs or form.too_late}
    if lost or wrong_actions:
        others = force_rows.work_lines(force_rows.lines_with_shelf(round).filter(pk__in=forms.keys() - lost.keys()))
        shown = lost | {work.line.pk: _form_of(work) for work in others}
        return show(request, round, forms=shown, new_actions=wrong_actions)
    then = request.POST.get("then", "")
    if then == "release":
        return redirect("release_answers", pk=round.pk)
    messages.success(request, f"Drafts saved. They stay inside {round.force}.{_look(forms)}")
    page = ForceRoundPage(round, request.GET, request.user, moment=timezone.now())
    number = then.removeprefix("page-") if then.startswith("page-") else request.GET.get("page", "")
    place = f"#line-{added[-1]}" if added else ""
    return redirect(f"{round.get_absolute_url()}?{page.query(page=number)}{place}")


def _form_of(work: WorkLine) -> LineForm:
    return LineForm.from_draft(work.line, work.draft)


def _look(forms: dict) -> str:
    wrong = sum(bool(form.errors) for form in forms.values())
    return f" {wrong} of them {'needs' if wrong == 1 else 'need'} a check before release." if wrong else ""


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ANSWER_ROUND)
def release_answers(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the drafts that are ready once more, then release them to the office, all of them or none."""
    round = _visible(request, pk)
    office = force_rows.office_of(round, localdate())
    form = ReleaseForm(submitted_data(request), unchanged=_unchanged_lines(round))
    if request.method != "POST":
        return _show_release(request, round, office, form)
    act = partial(_release, round, form)
    count = len(form.drafts()) if form.is_valid() else 0
    message = f"{count} {'answer' if count == 1 else 'answers'} went to {office}."
    done = submit_form(request, form, act, message=message, to=round.get_absolute_url())
    return done or _show_release(request, round, office, form)


def _release(round: UpdateRound, form: ReleaseForm, *, by: User, at: datetime.datetime) -> list[RoundAnswer]:
    shown, reasons = form.drafts(), form.reasons()
    return drafts.release_ready(round=round, shown=shown, reasons=reasons, read=answer_of, by=by, at=at)


def _ready(round: UpdateRound) -> list[WorkLine]:
    lines = force_rows.lines_with_shelf(round)
    return force_rows.work_lines(force_rows.filter_by_shelf(lines, force_rows.READY)) if round.is_open else []


def _unchanged_lines(round: UpdateRound) -> list[int]:
    """The lines that are ready for release but repeat the answer that was returned with a question."""
    return [work.line.pk for work in _ready(round) if is_unchanged(work, content(work.draft))]


def _show_release(request: AuthenticatedRequest, round: UpdateRound, office: str, form: ReleaseForm) -> HttpResponse:
    """Render the lines to be released, apart from them those with errors, and the counts of those that stay."""
    ready = _ready(round)
    wrong = {work.line.pk: why_not(work.line, content(work.draft)) for work in ready}
    going = [work for work in ready if not wrong[work.line.pk]]
    shown = ReleaseForm.pack({work.line.pk: mark(content(work.draft)) for work in going})
    context = {
        "round": round,
        "office": office,
        "form": form.showing(shown),
        "ended": rounds.ended_notice(round),
        "going": [(work, form.why(work.line.pk)) for work in going],
        "wrong": [(work, wrong[work.line.pk]) for work in ready if wrong[work.line.pk]],
        "counts": force_rows.counts(force_rows.lines_with_shelf(round)),
    }
    return render(request, "rounds/force/release.html", context)
