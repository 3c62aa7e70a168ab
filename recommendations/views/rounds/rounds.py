"""Update rounds as the office sees them: the list, asking a force, one round with its answers, and closing it."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.rounds import rounds as verbs
from recommendations.domain.rounds.progress import figures_of
from recommendations.forms.rounds.rounds import CloseForm, ReturnForm, RoundAnswerForm
from recommendations.models import RoundAnswer, UpdateRound, User
from recommendations.permissions import May, allow
from recommendations.views.rounds import answers as round_answers
from recommendations.views.rounds import ask
from recommendations.views.rounds import page as pages
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _round(request: AuthenticatedRequest, pk: int) -> UpdateRound:
    visible = UpdateRound.objects.visible_to(request.user).select_related("force", "asked_by", "closed_by", "keeper")
    return get_object_or_404(visible, pk=pk)


@require_safe
@allow(May.SEE_ROUNDS)
def rounds(request: AuthenticatedRequest) -> HttpResponse:
    """The rounds that this user may see: open ones by last day, then closed ones, newest first."""
    found = UpdateRound.objects.visible_to(request.user).select_related("force")
    in_order = found.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")
    page = Paginator(in_order, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": pages.round_rows(page.object_list, request.user, localdate()),
        "may_ask": request.user.has_perm(May.ASK_FOR_UPDATES),
    }
    return render(request, "rounds/list.html", context)


@shown_or_sent
@allow(May.ASK_FOR_UPDATES)
def add_round(request: AuthenticatedRequest) -> HttpResponse:
    """Choose what to ask a force, and by when. Other pages can submit the ids to ask about."""
    asking = ask.read_ask_page(request, on=localdate())
    if asking.sent:
        done = submit_form(request, asking.form, asking.act, message=asking.message, to=asking.to)
        if done:
            return done
    return render(request, "rounds/ask.html", asking.context, status=422 if asking.form.errors else 200)


@require_safe
@allow(May.SEE_ROUNDS)
def round_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A round, as the force's page or as the office's."""
    found = _round(request, pk)
    if request.user.force_id:
        return round_answers.show(request, found)
    return pages.show(request, found)


@shown_or_sent
@allow(May.ASK_FOR_UPDATES)
def close_round(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, showing what has no answer, then close the round."""
    found = _round(request, pk)
    form = CloseForm(request.POST or None, round=found)
    if request.method == "POST":

        def act(by: User, at: datetime.datetime) -> UpdateRound:
            return verbs.close_round(round=found, by=by, at=at, **form.verb_fields())

        done = submit_form(request, form, act, message=f"{found.name} is closed.", to=found.get_absolute_url())
        if done:
            return done
    elif not found.is_open:
        return redirect(found)
    context = {"round": found, "figures": figures_of([found])[found.pk], "form": form}
    return render(request, "rounds/close.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.ASK_FOR_UPDATES)
def accept_answer(request: AuthenticatedRequest, pk: int, answer: int) -> HttpResponse:
    """Accept an answer as a force update, with one button, and stay on the page at the next answer."""
    given = _answer(request, pk, answer)
    act = partial(verbs.accept_answer, answer=given)
    return _decide(request, given, RoundAnswerForm, act, "{} has a new force update.")


@shown_or_sent
@allow(May.ASK_FOR_UPDATES)
def return_answer(request: AuthenticatedRequest, pk: int, answer: int) -> HttpResponse:
    """Return an answer to the force, with a question."""
    given = _answer(request, pk, answer)
    act = partial(verbs.return_answer, answer=given)
    return _decide(request, given, ReturnForm, act, "{} is returned to the force with your question.")


def _answer(request: AuthenticatedRequest, pk: int, answer: int) -> RoundAnswer:
    answers = RoundAnswer.objects.filter(line__round=_round(request, pk))
    return get_object_or_404(answers.select_related("line__round__force", "line__tracked"), pk=answer)


def _decide(
    request: AuthenticatedRequest, answer: RoundAnswer, form_class: Callable, act: Callable[..., Any], message: str
) -> HttpResponse:
    """Call the verb; show the form again only if its question is invalid, otherwise give the reason as a message."""
    found, place = answer.line.round, pages.RoundPageQuery.of(request.GET)
    if request.method != "POST":
        return redirect(found)
    form = form_class(request.POST, answer=answer.pk)

    def decide(by: User, at: datetime.datetime) -> Any:
        return act(by=by, at=at, **form.verb_fields())

    def to(_: Any) -> str:
        return pages.next_address(found, answer.line, place)

    done = submit_form(request, form, decide, message=message.format(answer.line.tracked), to=to)
    if done:
        return done
    if form.has_error("question"):
        return pages.show(request, found, wrong=form)
    for refusal in form.non_field_errors():
        messages.error(request, refusal)
    return redirect(place.address(found))
