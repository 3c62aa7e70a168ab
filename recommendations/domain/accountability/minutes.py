"""Minutes, item by item: written while they are a draft of the office, then confirmed, and never changed again.

Actions and the evidence that closes one hold from the moment they are saved. The body's view of a recommendation goes
to the register as the minutes are confirmed.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.domain.accountability.meetings import lock_meeting
from recommendations.domain.accountability.proofs import proven_row
from recommendations.domain.actions.actions import NewAction, latest_row, new_actions
from recommendations.domain.committees.proofs import NewProof, proof_of_request
from recommendations.domain.committees.requests import lock_open
from recommendations.domain.register.voices import assurance_of
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import AssuranceView
from recommendations.enums.accountability import AgendaState, ItemKind
from recommendations.models import (
    AccountabilityMeeting,
    AgendaItem,
    Assurance,
    CommitteeRequest,
    ItemAction,
    ItemMinutes,
    Recommendation,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day, say
from recommendations.sections import Section
from recommendations.trail import VerbContext, verb


@dataclass(frozen=True, kw_only=True)
class ItemNotes:
    """What was written about one item: `actions` are new ones, `proof` closes the action or request that the item is
    about.
    """

    item: AgendaItem
    asked: str = ""
    answered: str = ""
    view: str = ""
    why: str = ""
    actions: tuple[NewAction, ...] = ()
    proof: NewProof | None = None


def field_of(name: str, item: AgendaItem) -> str:
    """The field of an item's minutes in a form, which a refusal names."""
    return f"{name}_{item.pk}"


def write_minutes(
    *,
    meeting: AccountabilityMeeting,
    version: int,
    present: str,
    notes: Sequence[ItemNotes],
    by: User | None,
    at: datetime.datetime,
) -> AccountabilityMeeting:
    """Save the draft of the minutes: what changed of each item, and new actions.

    Raises Refusal before the day of the meeting, for a view of a recommendation without a reason, and as new_actions
    and proven_row do; Stale if someone else has saved since.
    """
    with verb("write_minutes", by=by, at=at, subject=meeting) as act:
        meeting = lock_meeting(meeting, "write_minutes", version)
        if meeting.on > london_day(at):
            raise Refusal(f"The meeting is on {say(meeting.on)}. Write its minutes from then on.", code="ahead")
        for each in notes:
            _write_item(act, meeting, each)
        meeting.present = present.strip()
        return act.save(meeting)


def _write_item(act: VerbContext, meeting: AccountabilityMeeting, notes: ItemNotes) -> None:
    item = notes.item
    if item.meeting_id != meeting.pk:
        raise Refusal("This item is of another meeting.", code="another-meeting")
    if notes.view and notes.view not in AssuranceView.values:
        raise Refusal("Choose the view from the list.", field_of("view", item), code="required")
    if notes.view and item.tracked_id and not notes.why.strip():
        raise Refusal("Say why: the view goes to the register with it.", field_of("why", item), code="no-reason")
    texts = {name: getattr(notes, name).strip() for name in ("asked", "answered", "view", "why")}
    row = ItemMinutes.objects.filter(item=item).first() or ItemMinutes(item=item)
    if any(getattr(row, name) != text for name, text in texts.items()):
        for name, text in texts.items():
            setattr(row, name, text)
        row.written_at, row.written_by = act.at, act.by
        act.save(row)
    if notes.actions:
        _check_on("words", item)
        made = new_actions(act, meeting.force, notes.actions, effective_on=meeting.on)
        act.add_all([ItemAction(item=item, action=action) for action in made])
    if notes.proof is not None:
        _close(act, item, notes.proof)


def _check_on(name: str, item: AgendaItem) -> None:
    if not Section.ACTIONS.is_on:
        raise Refusal("Actions are switched off.", field_of(name, item), code="off")


def _close(act: VerbContext, item: AgendaItem, proof: NewProof) -> None:
    if item.kind == ItemKind.REQUEST and item.request is not None:
        _close_request(act, item, item.request, proof)
        return
    _check_on("proof", item)
    if item.kind != ItemKind.ACTION or item.action is None:
        raise Refusal("This item is about no action.", code="no-action")
    action = lock_row(item.action)
    if not latest_row(action).is_open:
        raise Refusal("This action is done already.", field_of("proof", item), code="done-already")
    claim(action, action.version)
    proven_row(act, action, proof, item=item)
    act.save(action)


def _close_request(act: VerbContext, item: AgendaItem, request: CommitteeRequest, proof: NewProof) -> None:
    try:
        proof_of_request(act, lock_open(request, request.version), proof, item=item)
    except Refusal as refusal:
        raise Refusal(refusal.message, field_of("proof", item), code=refusal.code) from refusal


def confirm_minutes(
    *, meeting: AccountabilityMeeting, version: int, by: User | None, at: datetime.datetime
) -> AccountabilityMeeting:
    """Confirm the minutes: they never change again, and each view of a recommendation goes to the register.

    Raises Refusal if nothing is written, or a view can't be recorded; Stale if someone else has saved since.
    """
    with verb("confirm_minutes", by=by, at=at, subject=meeting) as act:
        meeting = lock_meeting(meeting, "confirm_minutes", version)
        rows = list(ItemMinutes.objects.filter(item__meeting=meeting, item__withdrawn_at=None).select_related("item"))
        if not any(row.asked or row.answered or row.view for row in rows):
            raise Refusal("Nothing is written yet. Write what was asked and answered first.", code="nothing-written")
        for row in rows:
            if row.view and row.item.tracked is not None and row.assurance_id is None:
                row.assurance = _assurance(act, meeting, row, row.item.tracked)
                act.save(row)
        meeting.state, meeting.minuted_at, meeting.minuted_by = AgendaState.MINUTED, at, by
        return act.save(meeting)


def _assurance(
    act: VerbContext, meeting: AccountabilityMeeting, row: ItemMinutes, tracked: TrackedRecommendation
) -> Assurance:
    """The body's view as a row of the register, of the day of the meeting."""
    tracked = lock_row(tracked)
    tracked.recommendation = Recommendation.on_file.select_related("inspection").get(pk=tracked.recommendation_id)
    looked_at = f"Asked at {meeting}."
    try:
        made = assurance_of(
            act, tracked, view=row.view, rationale=row.why, effective_on=meeting.on, looked_at=looked_at
        )
    except Refusal as refusal:
        raise Refusal(f"{tracked}: {refusal.message}", code=refusal.code) from refusal
    return act.save(made)
