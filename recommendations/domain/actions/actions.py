"""Actions: added, brought up to date by dated rows, withdrawn.

Nothing is overwritten: each change is a row that has everything. `effective_on` is the London day from which it is true
(today by default), `at` the moment of recording (UTC).
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommendations.domain.ownership.people import link_accounts
from recommendations.domain.writing.records import claim, day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import (
    Action,
    ActionLink,
    ActionProof,
    ActionRow,
    AgendaItem,
    Force,
    ItemAction,
    TrackedRecommendation,
    User,
)
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

OWNER = ("owner", "owner_person")  # the owner's name, and the matching account
VOICE_NEEDS = {ActionVoice.FORCE: May.LOG_FORCE_UPDATE, ActionVoice.OFFICE: May.EDIT_TRACKED}
MOST_AT_ONCE = 500
CLOSED_BY_OFFICE = (
    "The office says in the action log that it is done, and what shows it. Write what was done as a note."
)
CIRCLE = "These actions would wait for each other."


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """An action to be added. Without `tracked` it is about the force alone.

    `waits_for` is one on file; `waits_for_place` the place (from 0) of another of those that are added with it.
    """

    words: str
    owner: str
    due_on: datetime.date
    voice: str = ActionVoice.FORCE
    tracked: tuple[TrackedRecommendation, ...] = ()
    state: str = ActionState.TO_DO
    waits_for: Action | None = None
    waits_for_place: int | None = None
    waits_words: str = ""


def add_actions(
    *,
    force: Force,
    actions: Sequence[NewAction],
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
) -> list[Action]:
    """Add actions of one force, or of the office about it, each with its first row.

    Raises Refusal for missing words or owner, a recommendation of another force, an action of another force to wait
    for, actions that would wait for each other, or too many at once; NotAllowed for a voice that is not the person's.
    """
    with verb("add_actions", by=by, at=at, subject=force) as act:
        if not actions:
            raise Refusal("There is no action to add.", code="nothing")
        if len(actions) > MOST_AT_ONCE:
            raise Refusal(f"Add at most {MOST_AT_ONCE} actions at once.", code="too-many")
        found = new_actions(act, force, actions, effective_on=effective_on)
        if len(found) == 1:
            act.subject = found[0]
    return found


def new_actions(
    act: VerbContext, force: Force, actions: Iterable[NewAction], *, effective_on: datetime.date | None = None
) -> list[Action]:
    """The part of a verb that adds actions. Raises as add_actions does."""
    day = day_of(effective_on, at=act.at, not_before=None, field="effective_on")
    given = [_clean(each) for each in actions]
    for each in given:
        _check_new(act, force, each)
    _check_places([each.waits_for_place for each in given])
    found = [
        Action(voice=each.voice, force=force, words=each.words, recorded_at=act.at, recorded_by=act.by)
        for each in given
    ]
    act.add_all(found)
    act.add_all(
        [
            ActionLink(action=action, tracked=record, recorded_at=act.at)
            for action, each in zip(found, given, strict=True)
            for record in each.tracked
        ]
    )
    rows = [
        ActionRow(
            action=action,
            state=each.state,
            owner=each.owner,
            due_on=each.due_on,
            waits_for=each.waits_for if each.waits_for_place is None else found[each.waits_for_place],
            waits_words=each.waits_words,
            effective_on=day,
            recorded_at=act.at,
            recorded_by=act.by,
        )
        for action, each in zip(found, given, strict=True)
    ]
    link_owners(rows)
    act.add_all(rows)
    return found


def link_owners(rows: Iterable[ActionRow]) -> None:
    """Link each owner to the account of this name: of the office, or also of the force for what the force does."""
    by_doer: dict[Force | None, list[ActionRow]] = defaultdict(list)
    for row in rows:
        by_doer[row.action.force if row.action.voice == ActionVoice.FORCE else None].append(row)
    for force, of_it in by_doer.items():
        link_accounts(of_it, *OWNER, force=force)


def _clean(new: NewAction) -> NewAction:
    return replace(
        new,
        words=new.words.strip(),
        owner=new.owner.strip(),
        waits_words=new.waits_words.strip(),
        tracked=tuple(dict.fromkeys(new.tracked)),
    )


def _check_new(act: VerbContext, force: Force, new: NewAction) -> None:
    check_voice(act.by, new.voice)
    if not new.words:
        raise Refusal("Say what is to be done.", "words", code="required")
    _check_owner(new.owner)
    if new.state not in ActionState.values or new.state == ActionState.DROPPED:
        raise Refusal("Choose how it stands.", "state", code="required")
    if any(each.force_id != force.pk for each in new.tracked):
        raise Refusal("This recommendation is another force’s.", "tracked", code="another-force")
    if new.waits_for and new.waits_for.force_id != force.pk:
        raise Refusal("It waits for an action of another force.", "waits_for", code="another-force")


def _check_places(places: list[int | None]) -> None:
    """Raise Refusal if new actions would wait for each other, over any number of steps."""
    for start in range(len(places)):
        following, steps = places[start], 0
        while following is not None and steps <= len(places):
            if following == start:
                raise Refusal(CIRCLE, "waits_for", code="circle")
            following, steps = places[following], steps + 1


def check_voice(by: User | None, voice: str) -> None:
    """Raise NotAllowed if a person may not speak in this voice: a force for itself, the office for both."""
    if by is not None and not by.has_perm(VOICE_NEEDS[ActionVoice(voice)]):
        raise NotAllowed("An action of the office is changed by the office.", code="another-voice")


def _check_owner(owner: str) -> None:
    if not owner:
        raise Refusal("Say who does it: a name or a role.", "owner", code="required")


UNCHANGED: Any = object()


def update_action(
    *,
    action: Action,
    version: int,
    by: User | None,
    at: datetime.datetime,
    state: str = UNCHANGED,
    owner: str = UNCHANGED,
    due_on: datetime.date = UNCHANGED,
    waits_for: Action | None = UNCHANGED,
    waits_words: str = UNCHANGED,
    note: str = "",
    effective_on: datetime.date | None = None,
) -> ActionRow:
    """Add a row to an action: what is not given stays as it was. Moving the day, or dropping it, needs a note.

    Raises Refusal if nothing changes, for a circle of actions that wait for each other, or if what was agreed at a
    meeting would be done without evidence; NotAllowed for a voice that is not the person's; Stale if someone else has
    changed it since.
    """
    with verb("update_action", by=by, at=at, subject=action) as act:
        action = lock_row(action)
        claim(action, version)
        given = {"state": state, "owner": owner, "due_on": due_on, "waits_for": waits_for, "waits_words": waits_words}
        changes = {name: value for name, value in given.items() if value is not UNCHANGED}
        row = new_row(act, action, changes, note=note, effective_on=effective_on)
        act.save(action)
    return row


def new_row(
    act: VerbContext,
    action: Action,
    changes: dict[str, Any],
    *,
    note: str = "",
    effective_on: datetime.date | None = None,
    is_proven: bool = False,
) -> ActionRow:
    """The part of a verb that adds a row to a locked action, `is_proven` with evidence. Raises as update_action."""
    check_voice(act.by, action.voice)
    before = latest_row(action)
    day = day_of(effective_on, at=act.at, not_before=None, field="effective_on")
    if day < before.effective_on:
        last = say(before.effective_on)
        raise Refusal(f"Its last change is of {last}. Enter that day or a later one.", "effective_on", code="early")
    values = {name: getattr(before, name) for name in ("state", "owner", "due_on", "waits_for", "waits_words")}
    after = values | {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    note = note.strip()
    if after == values and not note:
        raise Refusal("Nothing is changed yet.", code="nothing-changed")
    _check_owner(after["owner"])
    if after["state"] not in ActionState.values:
        raise Refusal("Choose how it stands.", "state", code="required")
    if after["state"] == ActionState.DONE != before.state and not is_proven and action.needs_evidence:
        raise Refusal(f"“{action}” was agreed at a meeting. {CLOSED_BY_OFFICE}", "state", code="no-evidence")
    if after["state"] == ActionState.DROPPED and not note:
        raise Refusal("Say why it is dropped.", "note", code="no-reason")
    if after["due_on"] != before.due_on and not note:
        raise Refusal("Say why the day is another one.", "note", code="no-reason")
    check_waits(action, after["waits_for"])
    row = before.next_row(effective_on=day, note=note, recorded_at=act.at, recorded_by=act.by, **after)
    link_owners([row])
    return act.save(row)


def latest_row(action: Action) -> ActionRow:
    """How an action stands: its latest row that is not withdrawn. One query."""
    return action.rows.standing().latest_first()[:1].get()


def check_waits(action: Action, waits_for: Action | None) -> None:
    """Raise Refusal if an action would wait for itself, over any number of steps, or for another force's."""
    if waits_for is None:
        return
    if waits_for.force_id != action.force_id:
        raise Refusal("It waits for an action of another force.", "waits_for", code="another-force")
    rows = ActionRow.objects.latest_of_each().filter(action__force=action.force_id)
    waiting = dict(rows.values_list("action", "waits_for"))
    following: int | None = waits_for.pk
    seen: set[int] = set()
    while following and following not in seen:
        if following == action.pk:
            raise Refusal(CIRCLE, "waits_for", code="circle")
        seen.add(following)
        following = waiting.get(following)


def tick_actions(
    *,
    actions: Collection[Action],
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    effective_on: datetime.date | None = None,
) -> list[ActionRow]:
    """Say of several actions that they are done. Those that are done already are left alone.

    Raises Refusal if one was agreed at a meeting; NotAllowed for a voice that is not the person's.
    """
    with verb("tick_actions", by=by, at=at) as act:
        rows = done_rows(act, actions, note=note, effective_on=effective_on)
        if not rows:
            raise Refusal("These actions are done already.", code="nothing-changed")
    return rows


def done_rows(
    act: VerbContext, actions: Collection[Action], *, note: str = "", effective_on: datetime.date | None = None
) -> list[ActionRow]:
    """The part of a verb that says that actions are done."""
    rows = []
    for each in sorted(actions, key=lambda each: each.pk):
        action = lock_row(each)
        if not latest_row(action).is_open:
            continue
        claim(action, action.version)
        rows.append(new_row(act, action, {"state": ActionState.DONE}, note=note, effective_on=effective_on))
        act.save(action)
    return rows


def withdraw_row(*, row: ActionRow, reason: str, by: User | None, at: datetime.datetime) -> ActionRow:
    """Withdraw a wrong row, with a reason; the row before it counts again. The first one goes only with its action.

    Raises Refusal if the action would again wait for one that it may not wait for, or the minutes of a meeting say that
    the row was shown; NotAllowed for a voice or evidence that is not the person's.
    """
    with verb("withdraw_action_row", by=by, at=at, reason=reason, subject=row.action) as act:
        action = lock_row(row.action)
        claim(action, action.version)
        check_voice(by, action.voice)
        if not action.rows.standing().exclude(pk=row.pk).exists():
            raise Refusal("This is all that is said of the action. Withdraw the action.", code="the-only-row")
        if proof := ActionProof.objects.standing().filter(row=row).select_related("item__meeting").first():
            _check_agreed(by, proof.item, "Add an entry that says how it stands now.")
        mark_withdrawn(act, lock_row(row), needs="Say why this is withdrawn.")
        try:
            check_waits(action, latest_row(action).waits_for)
        except Refusal as refusal:
            message = f"The entry before this one can’t count again. {refusal.message} Add a new entry instead."
            raise Refusal(message, code=refusal.code) from refusal
        act.save(action)
    return row


def _check_agreed(by: User | None, item: AgendaItem | None, instead: str) -> None:
    """Raise Refusal if confirmed minutes have what happened at an item, NotAllowed if a force would withdraw it."""
    if item is not None and item.meeting.is_minuted:
        raise Refusal(f"The minutes of {item.meeting} have it, and never change. {instead}", code="is-minuted")
    if by is not None and by.force_id:
        raise NotAllowed("Only the office withdraws what was agreed or shown at a meeting.", code="another-voice")


def withdraw_actions(
    *, actions: Collection[Action], reason: str, by: User | None, at: datetime.datetime
) -> list[Action]:
    """Withdraw actions that were added by mistake, with a reason, as if they had never been added.

    Raises Refusal if one of others waits for one of them, or confirmed minutes have it; NotAllowed for a voice that is
    not the person's, and for a force if it was agreed at a meeting.
    """
    with verb("withdraw_actions", by=by, at=at, reason=reason) as act:
        held_up = ActionRow.objects.latest_of_each().open().filter(waits_for__in=actions).exclude(action__in=actions)
        if (waiting := held_up.select_related("action").first()) is not None:
            raise Refusal(f"“{waiting.action.words}” waits for it.", code="waited-for")
        found = []
        for each in sorted(actions, key=lambda each: each.pk):
            action = lock_row(each)
            check_voice(by, action.voice)
            if agreed := ItemAction.objects.filter(action=action).select_related("item__meeting").first():
                _check_agreed(by, agreed.item, "Say that it is dropped, and why.")
            claim(action, action.version)
            found.append(mark_withdrawn(act, action, needs="Say why this is withdrawn."))
        if len(found) == 1:
            act.subject = found[0]
    return found
