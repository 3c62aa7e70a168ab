"""A meeting as agenda, minutes and action log say it, and the actions that are carried forward."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Q, QuerySet

from recommendations.domain.accountability.data import AgendaEntry, AgreedAction, ItemWords, LogLine, MeetingFacts
from recommendations.domain.accountability.restricted import (
    restricted_actions,
    restricted_items,
    restricted_references,
)
from recommendations.domain.accountability.what_stands import item_words
from recommendations.domain.actions.queries import days_late
from recommendations.domain.forces.in_force import body_of
from recommendations.enums.accountability import ItemKind
from recommendations.enums.actions import OPEN_STATES, ActionState
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    ActionProof,
    ActionRow,
    AgendaItem,
    Force,
    ItemFacts,
    User,
)
from recommendations.periods import say
from recommendations.sections import Section

ABOUT_PATHS = ("meeting", "tracked", "inspection", "grade__cycle", "commitment", "action__agreed_at__item__meeting")


def open_actions(force: Force, day: datetime.date) -> list[ActionRow]:
    """How the open actions of a force's meetings stand: the late ones first, then by their day. None while actions are
    off. One query.
    """
    if not Section.ACTIONS.is_on:
        return []
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=force, action__agreed_at__isnull=False)
    rows = rows.select_related("action__agreed_at__item__meeting")
    return sorted(rows, key=lambda row: (row.due_on >= day, row.due_on, row.action_id))


class LogRow(NamedTuple):
    """How an action of the log stands, and its line."""

    row: ActionRow
    line: LogLine


def open_actions_of(force: Force, user: User) -> QuerySet[Action]:
    """The open actions of a force that a user sees, wherever they come from."""
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=force)
    return Action.objects.visible_to(user).filter(pk__in=rows.values("action")).order_by("pk")


def log_lines(force: Force, day: datetime.date, since: datetime.date | None = None) -> list[LogLine]:
    """The action log of a force's meetings on a London day: what is open, the late first, then what is done since a
    day. None while actions are off.
    """
    return [each.line for each in log_rows(force, day, since)]


def log_rows(force: Force, day: datetime.date, since: datetime.date | None = None) -> list[LogRow]:
    """As log_lines, each with the row that it says."""
    if not Section.ACTIONS.is_on:
        return []
    rows = ActionRow.objects.latest_of_each(day).filter(action__force=force, action__agreed_at__isnull=False)
    wanted = Q(state__in=OPEN_STATES) | Q(effective_on__gte=since or day)
    found = list(rows.filter(wanted).select_related("action__agreed_at__item__meeting"))
    found.sort(key=lambda row: (not row.is_open, row.due_on >= day, row.due_on, row.action_id))
    hidden = restricted_actions({row.action_id for row in found})
    proofs = proofs_of([row.pk for row in found])
    return [LogRow(row, _log_line(row, day, row.action_id in hidden, proofs.get(row.pk))) for row in found]


def _log_line(row: ActionRow, day: datetime.date, is_hidden: bool, proof: ActionProof | None) -> LogLine:
    return LogLine(
        words=row.action.words,
        owner=row.owner,
        due_on=row.due_on,
        state=row.get_state_display(),
        agreed_at=str(row.action.agreed_at.item.meeting),
        late=days_late(row, day),
        done=proof_words(proof) if proof else (row.note if row.state == ActionState.DROPPED else ""),
        restricted=is_hidden,
    )


def proofs_of(rows: Sequence[int]) -> dict[int, ActionProof]:
    """The evidence with these rows of actions (ids), by row. One query."""
    found = ActionProof.objects.standing().filter(row__in=rows).select_related("paper", "item__meeting")
    return {each.row_id: each for each in found}


def proof_words(proof: ActionProof) -> str:
    """ "A letter, 3 December 2026: It arrived with the figures.", with the meeting or the paper."""
    about = f" ({proof.item.meeting})" if proof.item else f" ({proof.paper})" if proof.paper else ""
    words = f": {proof.words}" if proof.words else ""
    return f"{proof.get_kind_display()}, {say(proof.effective_on)}{about}{words}"


def items_of(meeting: AccountabilityMeeting) -> list[AgendaItem]:
    """The items of a meeting in order, those that were carried forward last. One query."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related(*ABOUT_PATHS, "minutes", "says")
    return list(rows.prefetch_related("agreed__action__rows").order_by("carried", "position", "pk"))


def words_of(
    meeting: AccountabilityMeeting, items: list[AgendaItem], user: User, day: datetime.date
) -> dict[int, ItemWords]:
    """What each item says: as it was kept when the agenda was made ready, or before that as it is today."""
    if meeting.is_preparing:
        return item_words(items, user=user, day=day)
    return {each.pk: ItemWords.from_json(_kept_facts(each).facts) for each in items if _has_facts(each)}


def _kept_facts(item: AgendaItem) -> ItemFacts:
    return item.says


def _has_facts(item: AgendaItem) -> bool:
    return getattr(item, "says", None) is not None


def meeting_facts(
    meeting: AccountabilityMeeting,
    *,
    user: User,
    day: datetime.date,
    with_restricted: bool,
    with_minutes: bool | None = None,
) -> MeetingFacts:
    """A meeting's agenda, or its minutes once they are confirmed, and the action log on a London day.

    Without what is restricted, that is counted. `with_minutes` shows those that are being written too, or none.
    """
    items = items_of(meeting)
    hidden = restricted_items(items)
    minuted = meeting.is_minuted if with_minutes is None else with_minutes
    words = words_of(meeting, items, user, day)
    agreed = restricted_actions([row.action_id for each in items for row in each.agreed.all()] if minuted else [])
    found = [
        _meeting_item(each, number, words[each.pk], each.pk in hidden, agreed if minuted else None)
        for each, number in zip(items, numbers_of(items), strict=True)
        if each.pk in words
    ]
    log = log_lines(meeting.force, day, _meeting_before(meeting))
    body = body_of(meeting.force, meeting.on)
    facts = {"items": tuple(found), "log": tuple(log)}
    return MeetingFacts(
        force=meeting.force.details_on(meeting.on).name,
        slug=meeting.force.slug,
        body=body.name if body else "",
        title=meeting.title,
        on=meeting.on,
        as_at=day,
        time=meeting.time_words,
        place=meeting.place,
        in_public=meeting.in_public,
        present=meeting.present if minuted else "",
        minuted=minuted,
        **(facts if with_restricted else _public_parts(found, log, meeting.force_id)),
    )


def numbers_of(items: list[AgendaItem]) -> list[str]:
    """The number of each item in order: 1, 2; A1, A2 for actions that were carried forward."""
    own = [each for each in items if not each.carried]
    return [*map(str, range(1, len(own) + 1)), *(f"A{each}" for each in range(1, len(items) - len(own) + 1))]


def _meeting_before(meeting: AccountabilityMeeting) -> datetime.date:
    """The day of the force's meeting before this one, or its own."""
    earlier = AccountabilityMeeting.objects.filter(force=meeting.force_id, on__lt=meeting.on).order_by("-on")
    return earlier.values_list("on", flat=True).first() or meeting.on


def _meeting_item(
    item: AgendaItem, number: str, words: ItemWords, is_hidden: bool, hidden_actions: set[int] | None
) -> AgendaEntry:
    """An item; with its minutes unless `hidden_actions` (ids of restricted ones) is None."""
    minuted = hidden_actions is not None
    minutes = getattr(item, "minutes", None) if minuted else None
    given = {name: getattr(minutes, name) for name in ("asked", "answered", "why")} if minutes else {}
    if minutes is not None:
        given["view"] = minutes.get_view_display() if minutes.view else ""
    return AgendaEntry(
        number=number,
        words=words,
        restricted=is_hidden,
        actions=agreed_actions(item, hidden_actions) if hidden_actions is not None else (),
        done=_done_at(item) if minuted and item.kind == ItemKind.ACTION else "",
        **given,
    )


def open_items(items: Collection[AgendaItem]) -> set[int]:
    """The ids of the items whose action is still open; none while actions are off. One query."""
    if not Section.ACTIONS.is_on:
        return set()
    actions = [each.action_id for each in items if each.kind == ItemKind.ACTION]
    still = set(ActionRow.objects.latest_of_each().open().filter(action__in=actions).values_list("action", flat=True))
    return {each.pk for each in items if each.action_id in still}


def agreed_actions(item: AgendaItem, hidden: Collection[int] = ()) -> tuple[AgreedAction, ...]:
    """The actions agreed at an item, as they were agreed: by their first rows. `hidden` are restricted ones (ids).

    No query after items_of.
    """
    found = []
    for each in sorted(item.agreed.all(), key=lambda each: each.pk):
        action = each.action
        if action.withdrawn_at is None:
            row = min(action.rows.all(), key=lambda row: row.pk)
            found.append(
                AgreedAction(words=action.words, owner=row.owner, due_on=row.due_on, voice=action.get_voice_display())
            )
    return tuple(found)


def _done_at(item: AgendaItem) -> str:
    """The evidence by which the action of an item was closed at this meeting, or ""."""
    found = ActionProof.objects.standing().filter(item=item, action=item.action_id, row__withdrawn_at=None).first()
    return proof_words(found) if found else ""


def _public_parts(items: list[AgendaEntry], log: list[LogLine], force: int) -> dict:
    shown = [each for each in items if not each.restricted]
    now = restricted_references({line.reference for each in shown for line in each.words.lines}, force)
    kept = [
        replace(each, words=each.words.without(now), actions=tuple(a for a in each.actions if not a.restricted))
        for each in shown
    ]
    number = sum(len(each.words.lines) for each in shown) - sum(len(each.words.lines) for each in kept)
    public_log = [each for each in log if not each.restricted]
    gone = {each.words for each in log if each.restricted}
    gone |= {action.words for each in shown for action in each.actions if action.restricted}
    return {
        "items": tuple(kept),
        "log": tuple(public_log),
        "left_out": len(items) - len(shown),
        "lines_left_out": number,
        "actions_left_out": len(gone),
    }
