"""The actions on a paper's recommendations: open at the period's end, or done or dropped in the period."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from recommendations.domain.accountability.restricted import restricted_actions
from recommendations.domain.actions.queries import ActionLine, lines_for, say_waits
from recommendations.domain.papers.data.lines import PaperAction
from recommendations.domain.papers.membership import PaperScope
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import ActionLink, ActionRow
from recommendations.periods import Period


def actions_of(
    tracked: Collection[int], scope: PaperScope, period: Period, known_at: datetime.datetime
) -> Mapping[int, tuple[PaperAction, ...]]:
    """Tracked recommendation id → its actions, open ones first, each soonest first. One query if there are none.

    An open paper leaves out an action that is also of a restricted recommendation, or was agreed at a restricted item
    of a meeting, and names no such action as what another waits for.
    """
    known = ActionLink.objects.filter(tracked__in=tracked, recorded_at__lte=known_at)
    links = list(known.values_list("action", "tracked"))
    if not links:
        return {}
    rows = ActionRow.objects.latest_of_each(period.end, known_at).filter(action__in={action for action, _ in links})
    lines = {line.action.pk: line for line in lines_for(rows, period.end, known_at)}
    named = [*lines, *(line.row.waits_for_id for line in lines.values() if line.row.waits_for_id)]
    hidden = set() if scope.closed else restricted_actions(named, scope.restricted_of)
    found: dict[int, list[ActionLine]] = defaultdict(list)
    for action, pk in links:
        line = lines.get(action)
        if line and action not in hidden and (line.is_open or line.since in period):
            found[pk].append(line)
    return {
        pk: tuple(_paper_action(line, line.row.waits_for_id not in hidden) for line in sorted(each, key=_order))
        for pk, each in found.items()
    }


def _order(line: ActionLine) -> tuple[bool, datetime.date, int]:
    return not line.is_open, line.due_on if line.is_open else line.since, line.action.pk


def _paper_action(line: ActionLine, may_name: bool) -> PaperAction:
    """The action as frozen values; `may_name`: the paper may say which action it waits for."""
    return PaperAction(
        words=line.words,
        owner=line.owner,
        of_office=line.action.voice == ActionVoice.OFFICE,
        due_on=line.due_on,
        state=line.state,
        is_open=line.is_open,
        since=line.since,
        days_late=line.days_late,
        times_moved=line.moves,
        waits=say_waits(line.row, line.held_by, line.today, may_name=may_name),
        why=line.row.note if line.row.state == ActionState.DROPPED else "",
    )
