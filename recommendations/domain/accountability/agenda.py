"""The items of an agenda that is in preparation: added, changed, moved up or down, removed."""

import datetime
from dataclasses import dataclass
from typing import Any

from recommendations.domain.accountability.meetings import lock_meeting
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Rag
from recommendations.enums.accountability import ABOUT, ItemKind
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    AgendaItem,
    Commitment,
    CommitteeRequest,
    Inspection,
    PeelGrade,
    TrackedRecommendation,
    User,
)
from recommendations.trail import VerbContext, verb

REMOVED = "Removed from the agenda while it was prepared."
MOST_ITEMS = 60
UP, DOWN = "up", "down"
MISSING = {
    ItemKind.RECOMMENDATION: "Enter the reference of the recommendation.",
    ItemKind.REPORT: "Choose the report.",
    ItemKind.GRADE: "Choose the grade.",
    ItemKind.COMMITMENT: "Choose the commitment.",
    ItemKind.ACTION: "Choose the action.",
    ItemKind.REQUEST: "Choose the request.",
}


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """What an item is about: of `tracked` to `request` the one that its kind names."""

    kind: str
    heading: str = ""
    question: str = ""
    restricted: bool = False
    colours: tuple[str, ...] = ()
    late_only: bool = False
    tracked: TrackedRecommendation | None = None
    inspection: Inspection | None = None
    grade: PeelGrade | None = None
    commitment: Commitment | None = None
    action: Action | None = None
    request: CommitteeRequest | None = None


def add_agenda_item(
    *, meeting: AccountabilityMeeting, item: NewItem, by: User | None, at: datetime.datetime
) -> AgendaItem:
    """Add an item at the end of an agenda in preparation.

    Raises Refusal if what it is about is missing, of another force, or on the agenda already, and for too many items.
    """
    with verb("add_agenda_item", by=by, at=at, subject=meeting) as act:
        meeting = _lock(act, meeting)
        others = meeting.items.filter(withdrawn_at=None)
        if (number := others.count()) >= MOST_ITEMS:
            raise Refusal(f"An agenda has {MOST_ITEMS} items at most.", code="too-many")
        return act.save(_filled(AgendaItem(meeting=meeting, position=number + 1), item))


def change_agenda_item(*, item: AgendaItem, to: NewItem, by: User | None, at: datetime.datetime) -> AgendaItem:
    """Change an item of an agenda in preparation. Raises as add_agenda_item does."""
    with verb("change_agenda_item", by=by, at=at, subject=item.meeting) as act:
        meeting = _lock(act, item.meeting)
        found = _lock_item(item)
        found.meeting = meeting
        return act.save(_filled(found, to))


def _filled(item: AgendaItem, to: NewItem) -> AgendaItem:
    if to.kind not in ItemKind.values:
        raise Refusal("Choose what the item is about.", "kind", code="required")
    item.kind, item.restricted = to.kind, to.restricted
    item.heading, item.question = to.heading.strip(), to.question.strip()
    is_part = to.kind == ItemKind.REGISTER
    item.colours = " ".join(each for each in Rag.values if is_part and each in to.colours)
    item.late_only = is_part and to.late_only
    for name in ABOUT:
        setattr(item, name, getattr(to, name) if name == to.kind else None)
    if to.kind == ItemKind.WORDS and not item.heading:
        raise Refusal("Enter a heading.", "heading", code="required")
    if item.kind in ABOUT:
        _check_about(item)
    return item


def _check_about(item: AgendaItem) -> None:
    about: Any = item.about
    if about is None:
        raise Refusal(MISSING[ItemKind(item.kind)], item.kind, code="required")
    force = item.meeting.force_id
    is_ours = True
    if item.kind == ItemKind.REPORT:
        is_ours = about.covers.filter(force=force).exists()
    elif item.kind == ItemKind.REQUEST:
        is_ours = about.force_id in (None, force)
    elif item.kind != ItemKind.COMMITMENT:
        is_ours = about.force_id == force
    if not is_ours:
        raise Refusal("This is of another force. Choose one of this meeting’s force.", item.kind, code="another-force")
    same = item.meeting.items.filter(withdrawn_at=None, **{item.kind: about}).exclude(pk=item.pk)
    if same.exists():
        raise Refusal("This is on the agenda already.", item.kind, code="on-it-already")


def move_agenda_item(*, item: AgendaItem, where: str, by: User | None, at: datetime.datetime) -> AgendaItem:
    """Move an item one place up or down. At the end of the list nothing is changed: raises Refusal."""
    with verb("move_agenda_item", by=by, at=at, subject=item.meeting) as act:
        meeting = _lock(act, item.meeting)
        rows = list(meeting.items.select_for_update().filter(withdrawn_at=None).order_by("position", "pk"))
        place = next((place for place, each in enumerate(rows) if each.pk == item.pk), None)
        if place is None:
            raise Refusal("This item was removed from the agenda.", code="withdrawn")
        to = place + {UP: -1, DOWN: 1}.get(where, 0)
        if to == place or not 0 <= to < len(rows):
            raise Refusal("It can’t be moved further.", code="nothing-changed")
        rows[place], rows[to] = rows[to], rows[place]
        for number, each in enumerate(rows, 1):
            if each.position != number:
                each.position = number
                act.save(each)
        return next(each for each in rows if each.pk == item.pk)


def remove_agenda_item(*, item: AgendaItem, by: User | None, at: datetime.datetime) -> AgendaItem:
    """Remove an item from an agenda in preparation. It stays on file."""
    with verb("remove_agenda_item", by=by, at=at, subject=item.meeting) as act:
        _lock(act, item.meeting)
        found = _lock_item(item)
        found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = at, by, REMOVED
        return act.save(found)


def _lock(act: VerbContext, meeting: AccountabilityMeeting) -> AccountabilityMeeting:
    """The meeting, locked, with its next version: whoever makes the agenda ready has seen this change."""
    found = lock_meeting(meeting, "change_agenda")
    return act.save(found)


def _lock_item(item: AgendaItem) -> AgendaItem:
    found = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").filter(pk=item.pk).first()
    if found is None:
        raise Refusal("This item was removed from the agenda.", code="withdrawn")
    return found
