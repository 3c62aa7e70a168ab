"""A meeting as agenda and minutes say it."""

import datetime
from collections.abc import Collection
from dataclasses import replace

from recommendations.domain.accountability.data import AgendaEntry, AgreedAction, ItemWords, LogLine, MeetingFacts
from recommendations.domain.accountability.log import log_lines, proof_words_with_place
from recommendations.domain.accountability.restricted import (
    RestrictedOf,
    restricted_actions,
    restricted_items,
    restricted_references,
    restricted_tracked,
)
from recommendations.domain.accountability.what_stands import item_words
from recommendations.domain.forces.in_force import body_of
from recommendations.enums.accountability import ItemKind
from recommendations.models import (
    AccountabilityMeeting,
    ActionProof,
    ActionRow,
    AgendaItem,
    CommitteeRequest,
    ItemFacts,
    RequestProof,
    User,
)
from recommendations.sections import Section

ABOUT_PATHS = (
    *("meeting", "tracked", "inspection", "grade__cycle", "commitment", "action__agreed_at__item__meeting"),
    "request__panel",
)


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
    restricted_of: RestrictedOf = restricted_tracked,
) -> MeetingFacts:
    """A meeting's agenda, or its minutes once they are confirmed, and the action log on a London day.

    Without what is restricted, that is counted. `with_minutes` shows those that are being written too, or none.
    `restricted_of` says which recommendations are: for a reader, restricted_for; for the public, all.
    """
    items = items_of(meeting)
    hidden = restricted_items(items, restricted_of)
    minuted = meeting.is_minuted if with_minutes is None else with_minutes
    words = words_of(meeting, items, user, day)
    words = _marked_now(words, meeting.force_id, restricted_of)
    actions = [row.action_id for each in items for row in each.agreed.all()] if minuted else []
    agreed = restricted_actions(actions, restricted_of)
    found = [
        _meeting_item(each, number, words[each.pk], each.pk in hidden, agreed if minuted else None)
        for each, number in zip(items, numbers_of(items), strict=True)
        if each.pk in words
    ]
    log = log_lines(meeting.force, day, _meeting_before(meeting), restricted_of)
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
        **(facts if with_restricted else _public_parts(found, log)),
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
        done=_done_at(item) if minuted else "",
        **given,
    )


def open_items(items: Collection[AgendaItem]) -> set[int]:
    """The ids of the items whose action or request is still open; no action's while they are off. Two queries."""
    actions = [each.action_id for each in items if each.action_id] if Section.ACTIONS.is_on else []
    rows = ActionRow.objects.latest_of_each().open().filter(action__in=actions)
    requests = CommitteeRequest.objects.waiting().filter(pk__in=[each.request_id for each in items if each.request_id])
    open_actions, open_requests = set(rows.values_list("action", flat=True)), set(requests.values_list("pk", flat=True))
    return {each.pk for each in items if each.action_id in open_actions or each.request_id in open_requests}


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
                AgreedAction(
                    words=action.words,
                    owner=row.owner,
                    due_on=row.due_on,
                    voice=action.get_voice_display(),
                    restricted=action.pk in hidden,
                )
            )
    return tuple(found)


def _done_at(item: AgendaItem) -> str:
    """The evidence by which the action or request of an item was closed at this meeting, or ""."""
    found: ActionProof | RequestProof | None = None
    if item.kind == ItemKind.ACTION:
        rows = ActionProof.objects.standing().filter(item=item, action=item.action_id, row__withdrawn_at=None)
        found = rows.select_related("paper", "item__meeting").first()
    elif item.kind == ItemKind.REQUEST:
        found = RequestProof.objects.standing().filter(item=item).select_related("item__meeting").first()
    return proof_words_with_place(found) if found else ""


def _marked_now(words: dict[int, ItemWords], force: int, restricted_of: RestrictedOf) -> dict[int, ItemWords]:
    """The words with each line marked that is restricted now or was then; none, to whom `restricted_of` says none."""
    if restricted_of is not restricted_tracked:
        return {pk: each.unmarked for pk, each in words.items()}
    now = restricted_references({line.reference for each in words.values() for line in each.lines}, force)
    return {pk: each.marked(now) for pk, each in words.items()}


def _public_parts(items: list[AgendaEntry], log: list[LogLine]) -> dict:
    shown = [each for each in items if not each.restricted]
    kept = [
        replace(each, words=each.words.without_restricted, actions=tuple(a for a in each.actions if not a.restricted))
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
