"""The force's actions on the lines of a round: to be ticked, and to begin an answer with."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recommendations.domain.actions.drawing import done_since, update_words
from recommendations.domain.actions.queries import ActionLine, lines_for
from recommendations.enums.actions import ActionVoice
from recommendations.models import ActionLink, ActionRow, ForceUpdate, User
from recommendations.sections import Section


@dataclass(frozen=True)
class LineActions:
    """The actions on one recommendation: those that are open, and those that were done since the force's update."""

    open: tuple[ActionLine, ...] = ()
    done: tuple[ActionLine, ...] = ()

    @property
    def words_of_done(self) -> str:
        return update_words(self.done)


def actions_on_lines(tracked: Collection[int], user: User, today: datetime.date) -> Mapping[int, LineActions]:
    """By id of a recommendation, its actions on a London day. At most four queries; none while actions are off."""
    if not tracked or not Section.ACTIONS.is_on:
        return {}
    links = ActionLink.objects.filter(tracked__in=tracked)
    rows = ActionRow.objects.latest_of_each().visible_to(user).filter(action__in=links.values("action"))
    found: dict[int, list[ActionLine]] = defaultdict(list)
    for line in lines_for(rows.filter(action__voice=ActionVoice.FORCE), today):
        for each in line.tracked:
            found[each.pk].append(line)
    updates = ForceUpdate.objects.filter(tracked__in=found).standing().latest_of_each() if found else ()
    since = {each.tracked_id: each.recorded_at for each in updates}
    return {
        pk: LineActions(tuple(line for line in lines if line.is_open), tuple(done_since(lines, since.get(pk))))
        for pk, lines in found.items()
        if pk in tracked
    }
