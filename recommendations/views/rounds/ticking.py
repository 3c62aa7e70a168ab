"""Ticked actions of a round's lines: recorded as done, and put into the answer of their lines."""

from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.actions.actions import tick_actions
from recommendations.domain.rounds.actions import actions_on_lines
from recommendations.models import Action, RoundLine
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
