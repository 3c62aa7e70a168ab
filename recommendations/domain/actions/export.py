"""The actions on exported recommendations: a sheet of the register's workbook."""

from collections import defaultdict, namedtuple
from collections.abc import Collection, Iterator, Sequence
from itertools import batched

from django.db.models import Q

from recommendations.domain.actions.queries import ActionLine, lines_for
from recommendations.domain.register.export.lines import one_kind_of_line
from recommendations.domain.register.export.sheets import ACTION_FIELDS
from recommendations.domain.register.queries import RegisterQuery, visible_standings
from recommendations.domain.register.restrictions import marking_for
from recommendations.enums.actions import ActionVoice
from recommendations.models import Action, ActionLink, ActionRow, User
from recommendations.periods import london_day
from recommendations.sections import Section

AT_ONCE = 250  # recommendations whose actions are in memory together


class ActionExportLine(namedtuple("ActionExportLine", [field.key for field in ACTION_FIELDS])):  # type: ignore[misc]  # rows of a table
    """An action on one recommendation, a value for each of ACTION_FIELDS."""

    __slots__ = ()


def actions_out(query: RegisterQuery, ids: Sequence[int], user: User) -> Iterator[ActionExportLine]:
    """The actions on these ids, as far as `user` may see both: in the order of ids, soonest first.

    One of several recommendations has a line for each. For a past day they are as they stood, as recorded by
    `known_at`. Lazy; five queries for each AT_ONCE ids.
    """
    for some in batched(ids, AT_ONCE):
        rows = visible_standings(query, user, some).order_by()
        references = dict(rows.values_list("tracked_id", "tracked__reference"))
        of: dict[int, list[int]] = defaultdict(list)
        for tracked, action in ActionLink.objects.filter(tracked__in=references).values_list("tracked", "action"):
            of[tracked].append(action)
        seen = Action.on_file.visible_to(user).filter(pk__in={pk for each in of.values() for pk in each})
        latest = ActionRow.objects.latest_of_each(query.day, query.known_at).filter(action__in=seen)
        lines = {line.action.pk: line for line in lines_for(latest, query.day, query.known_at)}
        for tracked in some:
            found = sorted((lines[pk] for pk in of[tracked] if pk in lines), key=lambda line: line.due_on)
            yield from (_line(references[tracked], line) for line in found)


def marking_with_actions(user: User, tracked: Collection[int]) -> str:
    """The marking of a file that holds these recommendations with their actions. Two queries.

    An action’s words can be of a restricted recommendation too, and so can those of the action that it waits for.
    """
    if not Section.ACTIONS.is_on or not user.has_perm("restrict"):
        return marking_for(user, tracked)
    actions = ActionLink.objects.filter(tracked__in=tracked).order_by().values("action")
    rows = ActionRow.objects.latest_of_each().open().filter(action__in=actions, waits_for__isnull=False)
    words = Q(action__in=actions) | Q(action__in=rows.order_by().values("waits_for"))
    also = ActionLink.objects.filter(words).order_by().values_list("tracked", flat=True)
    return marking_for(user, {*tracked, *also})


def _line(reference: str, line: ActionLine) -> ActionExportLine:
    action, row = line.action, line.row
    return ActionExportLine._make(
        (
            reference,
            one_kind_of_line(action.words),
            ActionVoice(action.voice).label,
            row.owner,
            row.due_on,
            line.state,
            line.since,
            line.days_late,
            line.moves,
            line.waits,
            one_kind_of_line(row.note),
            london_day(row.recorded_at),
        )
    )
