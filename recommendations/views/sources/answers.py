"""The reply to another source: its four steps, and by themselves its extensions and a stopped clock."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.sources import answers, extensions
from recommendations.enums.sources import AnswerStepKind
from recommendations.forms.sources.answers import (
    AboutAnswerForm,
    AnswerStepForm,
    ChangeStepForm,
    ExtensionDecisionForm,
    ExtensionForm,
    ResumeClockForm,
    StopClockForm,
    WithdrawForm,
)
from recommendations.models import Extension, Inspection, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.sources.reply import ReplyPage
from recommendations.views.submission.submit import submit_form, submitted_data

HEADINGS = {
    "extension": "Record a request for more time",
    "decision": "Record the decision on the extension",
    "stop": "Stop the clock",
    "resume": "Let the clock run again",
    "withdraw": "Withdraw an extension recorded by mistake",
}
THEN, WITHDRAW = "then", "withdraw"
SAVED = "Saved."


@require_safe
@allow(May.EDIT_INSPECTIONS)
def answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The page of a reply: its four steps, the next one open."""
    page = _page(request, pk)
    form = _step_form(request, page, page.next_step) if page.next_step else None
    return _render_steps(request, page, page.next_step, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def record_answer(request: AuthenticatedRequest, pk: int, act: str) -> HttpResponse:
    """Record or change a step, or one of the forms about the last day."""
    page = _page(request, pk)
    if act in AnswerStepKind.values and page.inspection.is_answered_elsewhere:
        return _record_step(request, page, AnswerStepKind(act))
    if act in HEADINGS:
        return _record_last_day(request, page, act)
    raise Http404


def _page(request: AuthenticatedRequest, pk: int) -> ReplyPage:
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    if not inspection.is_of_other_source:
        raise Http404
    return ReplyPage(inspection, request.user, localdate())


def _record_step(request: AuthenticatedRequest, page: ReplyPage, step: AnswerStepKind) -> HttpResponse:
    form = _step_form(request, page, step)

    def act(by: User, at: datetime.datetime) -> Any:
        row, facts = page.row_of(step), form.verb_fields()
        if row is None:
            return answers.record_answer_step(inspection=page.inspection, step=step, by=by, at=at, **facts)
        if request.POST.get(THEN) == WITHDRAW:
            return answers.withdraw_answer_step(step=row, reason=facts["reason"], by=by, at=at)
        return answers.correct_answer_step(step=row, by=by, at=at, **facts)

    done = request.method == "POST" and submit_form(request, form, act, message=SAVED, to=page.url)
    return done or _render_steps(request, page, step, form)


def _step_form(request: AuthenticatedRequest, page: ReplyPage, step: AnswerStepKind) -> AnswerStepForm:
    data, deaths = submitted_data(request), page.basis.about_deaths
    if row := page.row_of(step):
        return ChangeStepForm(data, row=row, today=page.today, about_deaths=deaths)
    return AnswerStepForm(data, step=step, today=page.today, about_deaths=deaths)


def _render_steps(
    request: AuthenticatedRequest, page: ReplyPage, step: AnswerStepKind | None, form: AnswerStepForm | None
) -> HttpResponse:
    context = {"page": page, "inspection": page.inspection, "steps": page.steps(step), "form": form}
    return render(request, "sources/answer.html", context, status=422 if request.method == "POST" else 200)


def _record_last_day(request: AuthenticatedRequest, page: ReplyPage, act: str) -> HttpResponse:
    """One of the forms about the last day, on a page of its own."""
    if act == "decision" and page.pending_extension is None:
        return redirect(page.url)
    form = _last_day_form(request, page, act)
    done = request.method == "POST" and submit_form(
        request, form, _last_day_verb(page, act, form), message=SAVED, to=page.url
    )
    context = {"page": page, "inspection": page.inspection, "form": form, "heading": HEADINGS[act], "act": act}
    return done or render(request, "sources/last_day.html", context, status=422 if request.method == "POST" else 200)


def _last_day_form(request: AuthenticatedRequest, page: ReplyPage, act: str) -> AboutAnswerForm:
    data, about = submitted_data(request), {"about_deaths": page.basis.about_deaths}
    if act == "withdraw":
        return WithdrawForm(data, rows=page.extension_choices, **about)
    kinds = {
        "extension": ExtensionForm,
        "decision": ExtensionDecisionForm,
        "stop": StopClockForm,
        "resume": ResumeClockForm,
    }
    return kinds[act](data, today=page.today, **about)


def _last_day_verb(page: ReplyPage, act: str, form: AboutAnswerForm) -> Callable[..., Any]:
    """The form's action, to be called with by= and at=."""
    if act == "decision":
        asked = page.pending_extension
        assert asked  # _record_last_day
        return lambda by, at: extensions.answer_extension(extension=asked, by=by, at=at, **form.verb_fields())
    if act == "withdraw":
        return lambda by, at: _withdraw(page, form, by=by, at=at)
    verbs: dict[str, Callable[..., Any]] = {"extension": extensions.ask_extension}
    verbs |= {"stop": extensions.stop_clock, "resume": extensions.resume_clock}
    return lambda by, at: verbs[act](inspection=page.inspection, by=by, at=at, **form.verb_fields())


def _withdraw(page: ReplyPage, form: AboutAnswerForm, *, by: User, at: datetime.datetime) -> Extension:
    row = next(each for each in page.extensions if str(each.pk) == form.cleaned_data["row"])
    return extensions.withdraw_extension(extension=row, reason=form.cleaned_data["reason"], by=by, at=at)
