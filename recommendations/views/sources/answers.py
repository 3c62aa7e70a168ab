"""The answer to another source: who must answer and by when, its progress, extensions, a stopped clock."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.sources import answers, extensions
from recommendations.domain.sources.queries import basis_of
from recommendations.domain.sources.text import who_by_when
from recommendations.enums.sources import ExtensionAnswer
from recommendations.exchange.documents_in.sources.reading import ANSWERED
from recommendations.forms.sources.answers import (
    AboutAnswerForm,
    AnswerExtensionForm,
    AnswerStepForm,
    AskExtensionForm,
    ResumeClockForm,
    StopClockForm,
    WithdrawForm,
)
from recommendations.models import AnswerStep, Extension, Inspection, User
from recommendations.periods import say
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

HEADINGS = {
    "step": "Record what happened to the answer",
    "ask": "Record a request for more time",
    "decide": "Record the answer to the request",
    "stop": "Stop the clock",
    "resume": "Let the clock run on",
    "withdraw": "Withdraw what was recorded wrongly",
}
SAVED = "Saved."


@require_safe
@allow(May.EDIT_INSPECTIONS)
def answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The page of an answer: its dates, and forms to record what happened."""
    return _render_answer(request, page := _page(request, pk), page.forms())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def record_answer(request: AuthenticatedRequest, pk: int, act: str) -> HttpResponse:
    """Submit one of the page's forms."""
    page = _page(request, pk)
    if act not in HEADINGS:
        raise Http404
    forms = page.forms()
    if request.method == "POST" and act in forms:
        forms[act] = page.form(act, request.POST)
        to = reverse("answer", args=[pk])
        done = submit_form(request, forms[act], page.verb(act, forms[act]), message=SAVED, to=to)
        if done:
            return done
    return _render_answer(request, page, forms)


def _page(request: AuthenticatedRequest, pk: int) -> "AnswerPage":
    found = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    if not found.is_of_other_source:
        raise Http404
    return AnswerPage(found)


def _render_answer(request: AuthenticatedRequest, page: "AnswerPage", forms: dict) -> HttpResponse:
    context = {"page": page, "inspection": page.inspection, "forms": page.headed(forms), "said": page.said}
    return render(request, "sources/answer.html", context, status=422 if request.method == "POST" else 200)


class AnswerPage:
    """The page's values for an inspection, and the forms that its state allows."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection, self.today = inspection, localdate()
        self.basis = basis_of(inspection)
        self.said = who_by_when(inspection, self.basis, self.today)
        self.steps = list(inspection.answer_steps.filter(withdrawn_at__isnull=True))
        self.extensions = list(inspection.extensions.filter(withdrawn_at__isnull=True))
        self.texts = list(inspection.documents.filter(name__startswith=ANSWERED)) if self.is_from_a_death else []
        self.asked = next((each for each in self.extensions if not each.answer), None)

    @property
    def is_from_a_death(self) -> bool:
        return self.basis.about_deaths

    def forms(self) -> dict:
        """The forms that are possible now, empty."""
        return {act: self.form(act, None) for act, is_there in self._offered_actions() if is_there}

    def _offered_actions(self) -> Iterator[tuple[str, bool]]:
        runs = self.inspection.last_day is not None and not self.inspection.is_stopped
        yield "step", self.inspection.is_answered_elsewhere
        yield "decide", self.asked is not None
        yield "ask", self.basis.extendable and self.asked is None
        yield "stop", bool(self.basis.stopped_by) and runs
        yield "resume", self.inspection.is_stopped
        yield "withdraw", bool(self.rows)

    def form(self, act: str, data: QueryDict | None) -> AboutAnswerForm | WithdrawForm:
        about = {"about_deaths": self.is_from_a_death, "prefix": act}
        if act == "withdraw":
            return WithdrawForm(data, rows=self.rows, **about)
        kinds = {"step": AnswerStepForm, "ask": AskExtensionForm, "decide": AnswerExtensionForm}
        kinds |= {"stop": StopClockForm, "resume": ResumeClockForm}
        return kinds[act](data, today=self.today, **about)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What can be withdrawn: steps, and requests for more time."""
        steps = [(f"step-{each.pk}", str(each)) for each in self.steps]
        return [*steps, *((f"extension-{each.pk}", extension_words(each)) for each in self.extensions)]

    @property
    def extension_lines(self) -> list[str]:
        return [extension_words(each) for each in self.extensions]

    def headed(self, forms: dict) -> list[tuple]:
        return [(act, HEADINGS[act], form) for act, form in forms.items()]

    def verb(self, act: str, form: Any) -> Callable:
        """The form's action, to be called with by= and at=."""
        if act == "withdraw":
            return lambda by, at: self._withdraw(form, by=by, at=at)
        if act == "decide":
            extension = self.asked
            assert extension  # the form is offered only while there is one
            return lambda by, at: extensions.answer_extension(extension=extension, by=by, at=at, **form.verb_fields())
        verbs: dict[str, Callable[..., Any]] = {"step": answers.record_answer_step, "ask": extensions.ask_extension}
        verbs |= {"stop": extensions.stop_clock, "resume": extensions.resume_clock}
        return lambda by, at: verbs[act](inspection=self.inspection, by=by, at=at, **form.verb_fields())

    def _withdraw(self, form: Any, *, by: User, at: datetime.datetime) -> AnswerStep | Extension:
        kind, _, pk = form.cleaned_data["row"].partition("-")
        reason = form.cleaned_data["reason"]
        if kind == "step":
            step = next(each for each in self.steps if each.pk == int(pk))
            return answers.withdraw_answer_step(step=step, reason=reason, by=by, at=at)
        row = next(each for each in self.extensions if each.pk == int(pk))
        return extensions.withdraw_extension(extension=row, reason=reason, by=by, at=at)


def extension_words(extension: Extension) -> str:
    """ "More time asked for on 3 March 2026; granted on 5 March 2026: 1 May 2026, by the Director General"."""
    asked = f"More time asked for on {say(extension.asked_on)}"
    if not extension.answer:
        return f"{asked} of {extension.asked_of}; no answer yet"
    assert extension.answered_on  # extension_answered_on
    told = f"{asked}; {extension.get_answer_display().lower()} on {say(extension.answered_on)}"
    new = f": {say(extension.new_day)}" if extension.new_day and extension.answer == ExtensionAnswer.GRANTED else ""
    return f"{told}{new}, by {extension.answered_by}"
