"""Actions as lists, papers and files show them: a row in words on a London day, in a fixed number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from django.db.models import F

from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import Action, ActionLink, ActionRow, TrackedRecommendation, User
from recommendations.models.actions import ActionRowQuerySet
from recommendations.periods import say, say_days, say_times


@dataclass(frozen=True)
class ActionLine:
    """An action on a London day: its latest row, with what the row alone does not know.

    `tracked` are the recommendations that it is of, `since` the day since which it has stood as it does, `moves` how
    often its day was moved, `held_by` the latest row of the action that it waits for.
    """

    row: ActionRow
    today: datetime.date
    since: datetime.date
    tracked: tuple[TrackedRecommendation, ...] = ()
    moves: int = 0
    held_by: ActionRow | None = None

    @property
    def action(self) -> Action:
        return self.row.action

    @property
    def words(self) -> str:
        return self.action.words

    @property
    def owner(self) -> str:
        return self.row.owner

    @property
    def due_on(self) -> datetime.date:
        return self.row.due_on

    @property
    def state(self) -> str:
        """ "Under way"."""
        return self.row.get_state_display()

    @property
    def is_open(self) -> bool:
        return self.row.is_open

    @property
    def days_late(self) -> int:
        """How many days past its day it is; 0 if it is not, or if nothing is left to do."""
        return days_late(self.row, self.today)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def late(self) -> str:
        """ "12 days late", or ""."""
        return say_late(self.row, self.today)

    @property
    def stands(self) -> str:
        """ "Under way, 12 days late"."""
        return ", ".join(filter(None, (self.state, self.late)))

    @property
    def moved_words(self) -> str:
        """ "moved twice", or ""."""
        return f"moved {say_times(self.moves)}" if self.moves else ""

    @property
    def by_when(self) -> str:
        """ "1 December 2026, moved twice"."""
        return ", ".join(filter(None, (say(self.due_on), self.moved_words)))

    @property
    def waits(self) -> str:
        """ "waits for “Train staff”, 12 days late; waits for: the contract": what holds it up; "" if nothing does."""
        return say_waits(self.row, self.held_by, self.today, may_name=not self.row.waits_elsewhere)

    @property
    def can_be_ticked(self) -> bool:
        """Whether it is done by being ticked: it is open, and needs no evidence."""
        return self.is_open and not self.action.needs_evidence

    @property
    def is_held_up_late(self) -> bool:
        """Whether it waits for an action that is late itself."""
        return self.is_open and self.held_by is not None and days_late(self.held_by, self.today) > 0

    @property
    def references(self) -> str:
        """ "WP/2026/1, WP/2026/4": the recommendations that it is of; "" if it is about the force alone."""
        return ", ".join(each.reference for each in self.tracked)


def days_late(row: ActionRow, today: datetime.date) -> int:
    """How many days past its day an open action is; 0 if it is not late or no longer open."""
    return max((today - row.due_on).days, 0) if row.is_open else 0


def say_late(row: ActionRow, today: datetime.date) -> str:
    """ "12 days late", or ""."""
    days = days_late(row, today)
    return f"{say_days(days)} late" if days else ""


def say_waits(row: ActionRow, held_by: ActionRow | None, today: datetime.date, *, may_name: bool = True) -> str:
    """What holds an open action up, in words, "" if nothing does. Without `may_name` the other action has no words."""
    if not row.is_open:
        return ""
    found = []
    if held_by is not None and held_by.state != ActionState.DONE:
        name = f"“{held_by.action.words.rstrip('.')}”" if may_name else "another action"
        late = "dropped" if held_by.state == ActionState.DROPPED else say_late(held_by, today)
        found.append(", ".join(filter(None, (f"waits for {name}", late))))
    if row.waits_words:
        found.append(f"waits for: {row.waits_words}")
    return "; ".join(found)


def lines_for(
    rows: ActionRowQuerySet, today: datetime.date, known_at: datetime.datetime | None = None
) -> list[ActionLine]:
    """Lines for rows of `latest_of_each`, in their order, on a London day (`known_at`: as known at a moment).

    Three queries; one if there are no rows.
    """
    found = list(rows.select_related("action__force", "action__agreed_at", "waits_for"))
    if not found:
        return []
    actions = {row.action_id for row in found}
    waited_for = {row.waits_for_id for row in found if row.waits_for_id}
    tracked = tracked_of(actions)
    standing = ActionRow.objects.standing(today, known_at).filter(action__in=actions | waited_for)
    past: dict[int, list[ActionRow]] = defaultdict(list)
    for each in standing.select_related("action").order_by("effective_on", "recorded_at", "pk"):
        past[each.action_id].append(each)
    return [
        ActionLine(
            row=row,
            today=today,
            since=state_since(past[row.action_id]),
            tracked=tuple(tracked[row.action_id]),
            moves=moves_in(past[row.action_id]),
            held_by=past[row.waits_for_id][-1] if row.waits_for_id and past[row.waits_for_id] else None,
        )
        for row in found
    ]


def tracked_of(actions: Iterable[int]) -> dict[int, list[TrackedRecommendation]]:
    """Action id → the recommendations that it is of, by reference; an empty list for any other. One query.

    Of several, one that went to another force without the action is left out.
    """
    links = ActionLink.objects.filter(action__in=actions, tracked__withdrawn_at=None, tracked__force=F("action__force"))
    found: dict[int, list[TrackedRecommendation]] = defaultdict(list)
    for link in links.select_related("tracked").order_by("tracked__reference", "pk"):
        found[link.action_id].append(link.tracked)
    return found


def moves_in(rows: Iterable[ActionRow]) -> int:
    """How often the day changes in the rows of one action, oldest first."""
    return sum(one.due_on != other.due_on for one, other in pairwise(rows))


def state_since(rows: Sequence[ActionRow]) -> datetime.date:
    """The day since which an action has stood as its last row says. The rows are of one action, oldest first."""
    last = list(takewhile(lambda row: row.state == rows[-1].state, reversed(rows)))
    return last[-1].effective_on


def lines_on(tracked: TrackedRecommendation, user: User, today: datetime.date) -> list[ActionLine]:
    """The actions on a recommendation that a user sees, soonest first. Three queries; one if there are none."""
    seen = Action.objects.visible_to(user).filter(links__tracked=tracked)
    return lines_for(ActionRow.objects.latest_of_each().filter(action__in=seen), today)


def line_of(action: Action, user: User, today: datetime.date) -> ActionLine:
    """An action that a user sees, as it stands on a London day. Three queries."""
    (line,) = lines_for(ActionRow.objects.latest_of_each().visible_to(user).filter(action=action), today)
    return line


def held_up_by(action: Action, user: User, today: datetime.date) -> list[ActionLine]:
    """The open actions that wait for this one, by their day. Three queries; one if there are none."""
    rows = ActionRow.objects.latest_of_each().visible_to(user).open().filter(waits_for=action)
    return lines_for(rows, today)


def any_to_tick(lines: Iterable[ActionLine], ticks_office: bool) -> bool:
    """Whether one of these can be said to be done by someone of the force, or of the office (`ticks_office`)."""
    return any(line.can_be_ticked and (ticks_office or line.action.voice == ActionVoice.FORCE) for line in lines)


def in_ones_voice(user: User) -> ActionRowQuerySet:
    """The latest row of each action that a user has to see to: a lead their force’s own, the office all. Lazy."""
    rows = ActionRow.objects.latest_of_each().visible_to(user)
    return rows.filter(action__voice=ActionVoice.FORCE) if user.force_id else rows
