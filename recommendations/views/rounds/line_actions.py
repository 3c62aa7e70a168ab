"""Actions on a round's lines: those ticked are recorded as done, and put into the answer of their lines; new ones are
added.
"""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.actions.actions import add_actions, tick_actions
from recommendations.domain.rounds.actions import actions_on_lines
from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent, Refusal
from recommendations.forms.rounds.new_action import RoundActionForm
from recommendations.models import Action, RoundLine
from recommendations.sections import Section
from recommendations.views.site.requests import AuthenticatedRequest

DRAW = "draw-"  # and the id of a line: what was done since the last update goes into its answer


def answers_with_actions(request: AuthenticatedRequest, lines: list[RoundLine]) -> QueryDict:
    """Record the ticked actions as done; return what was sent, with what they and the button say in the answers.

    Raises Refusal for an action that cannot be ticked.
    """
    ticked = [int(each) for each in request.POST.getlist("tick") if each.isdecimal()]
    drawn = request.POST.get("then", "").removeprefix(DRAW)
    if not ticked and not request.POST.get("then", "").startswith(DRAW):
        return request.POST
    if actions := list(Action.objects.visible_to(request.user).filter(pk__in=ticked[:500])):
        tick_actions(actions=actions, by=request.user, at=timezone.now())
    sent = request.POST.copy()
    found = actions_on_lines([line.tracked_id for line in lines], request.user, localdate())
    for line in lines:
        done = found[line.tracked_id].done if line.tracked_id in found else ()
        if str(line.pk) == drawn or any(each.action.pk in ticked for each in done):
            name = f"l{line.pk}-done"
            sent[name] = _with_words(sent.get(name, ""), found[line.tracked_id].words_of_done if done else "")
    return sent


def _with_words(typed: str, words: str) -> str:
    """What was typed, and below it each line of these words that is not in it."""
    new = [line for line in words.splitlines() if line not in typed]
    return "\n".join(filter(None, [typed.rstrip(), *new]))


def new_action_forms(request: AuthenticatedRequest, lines: Iterable[RoundLine]) -> dict[int, RoundActionForm]:
    """The submitted forms for a new action that say anything, by line."""
    if not Section.ACTIONS.is_on:
        return {}
    found = {line.pk: RoundActionForm(request.POST, line=line) for line in lines}
    return {pk: form for pk, form in found.items() if form.is_filled}


def add_new_action(request: AuthenticatedRequest, form: RoundActionForm) -> bool:
    """Add the action of a form, once; whether there was nothing wrong with it. What was wrong is said by the form."""
    if not form.is_valid():
        return False
    at, user, action = timezone.now(), request.user, form.new_action
    try:
        run_once(
            form.cleaned_data["once"],
            by=user,
            at=at,
            act=lambda: add_actions(force=form.line.tracked.force, actions=[action], by=user, at=at),
        )
    except AlreadySent:
        return True
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
