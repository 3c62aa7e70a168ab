"""The life of an accountability meeting: planned, its agenda made ready, minuted (minutes.py), or withdrawn.

When its agenda is made ready, the open actions of earlier meetings and the open requests of committees are put on it,
and what each item says is kept.
"""

import datetime
from typing import Any

from recommendations.digests import sha256_of
from recommendations.domain.accountability.log import open_points
from recommendations.domain.accountability.queries import ABOUT_PATHS
from recommendations.domain.accountability.what_stands import item_words
from recommendations.domain.writing.records import claim, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import PanelKind
from recommendations.enums.accountability import AgendaState, ItemKind
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    AgendaItem,
    CommitteeRequest,
    Force,
    ItemFacts,
    User,
)
from recommendations.models.accountability import LONGEST_TITLE
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# (state, verb) → (next state, who may)
TRANSITIONS = {
    ("preparing", "change_accountability"): ("preparing", May.RECORD_MEETINGS),
    ("preparing", "change_agenda"): ("preparing", May.RECORD_MEETINGS),
    ("preparing", "make_agenda_ready"): ("ready", May.RECORD_MEETINGS),
    ("preparing", "withdraw_accountability"): ("withdrawn", May.RECORD_MEETINGS),
    ("ready", "change_accountability"): ("ready", May.RECORD_MEETINGS),
    ("ready", "write_minutes"): ("ready", May.RECORD_MEETINGS),
    ("ready", "confirm_minutes"): ("minuted", May.RECORD_MEETINGS),
    ("ready", "withdraw_accountability"): ("withdrawn", May.RECORD_MEETINGS),
    ("minuted", "withdraw_accountability"): ("withdrawn", May.RECORD_MEETINGS),
}
WHY_NOT = {
    AgendaState.PREPARING: "The agenda is still in preparation. Make it ready first.",
    AgendaState.READY: "The agenda is ready. It stays as it is.",
    AgendaState.MINUTED: "The minutes are confirmed. They stay as they are.",
}
FACTS = ("title", "on", "time_words", "place", "in_public")


def plan_accountability(
    *,
    force: Force,
    title: str,
    on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    time_words: str = "",
    place: str = "",
    in_public: bool = False,
) -> AccountabilityMeeting:
    """Plan a meeting with a force's chief officer. Raises Refusal without a title, or for a force that has ended."""
    with verb("plan_accountability", by=by, at=at) as act:
        meeting = AccountabilityMeeting(force=force, recorded_at=at, recorded_by=by)
        _fill(meeting, title=title, on=on, time_words=time_words, place=place, in_public=in_public)
        if force.until and on > force.until:
            raise Refusal(f"{force.name} ends on {say(force.until)}. Choose an earlier day.", "on", code="force-ended")
        act.subject = act.save(meeting)
    return meeting


def _fill(meeting: AccountabilityMeeting, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    if not meeting.title:
        raise Refusal("Enter a title.", "title", code="required")
    if len(meeting.title) > LONGEST_TITLE:
        raise Refusal(f"The title is too long: {LONGEST_TITLE} characters fit.", "title", code="too-long")


def change_accountability(
    *, meeting: AccountabilityMeeting, version: int, by: User | None, at: datetime.datetime, **facts: Any
) -> AccountabilityMeeting:
    """Change title, day, time, place, or whether it is in public, until it is minuted. Raises Refusal, and Stale."""
    with verb("change_accountability", by=by, at=at, subject=meeting) as act:
        meeting = lock_meeting(meeting, "change_accountability", version)
        _fill(meeting, **{name: facts[name] for name in FACTS if name in facts})
        return act.save(meeting)


def make_agenda_ready(
    *, meeting: AccountabilityMeeting, version: int, by: User, at: datetime.datetime
) -> AccountabilityMeeting:
    """Put what is open on the agenda, the late first, and keep what each item says today.

    From then on the force sees the agenda, and it never changes. Raises Refusal for an agenda without an item, and
    Stale.
    """
    with verb("make_agenda_ready", by=by, at=at, subject=meeting) as act:
        meeting = lock_meeting(meeting, "make_agenda_ready", version)
        items = list(meeting.items.filter(withdrawn_at=None).order_by("position", "pk"))
        carried = _carry(act, meeting, items)
        if not items and not carried:
            raise Refusal("There is nothing on the agenda yet. Add an item first.", code="no-items")
        _keep_words(act, [*items, *carried], by, london_day(at))
        meeting.state, meeting.ready_at, meeting.ready_by = AgendaState.READY, at, by
        return act.save(meeting)


def _carry(act: VerbContext, meeting: AccountabilityMeeting, items: list[AgendaItem]) -> list[AgendaItem]:
    listed = {(each.kind, each.action_id or each.request_id) for each in items}
    carried: list[AgendaItem] = []
    for each in open_points(meeting.force, london_day(act.at)):
        facts = _facts_carried(each.record)
        if (facts["kind"], each.record.pk) not in listed:
            carried.append(AgendaItem(meeting=meeting, position=len(carried) + 1, carried=True, **facts))
    act.add_all(carried)
    return carried


def _facts_carried(record: Action | CommitteeRequest) -> dict[str, Any]:
    """The columns of an item that carries it. A request is restricted unless a police and crime panel made it, which
    meets in public (Local Government Act 1972, Part VA, as SI 2012/2734 applies it).
    """
    if isinstance(record, Action):
        return {"kind": ItemKind.ACTION, "action": record}
    restricted = record.panel.kind != PanelKind.POLICE_AND_CRIME
    return {"kind": ItemKind.REQUEST, "request": record, "restricted": restricted}


def _keep_words(act: VerbContext, items: list[AgendaItem], user: User, day: datetime.date) -> None:
    found = AgendaItem.objects.filter(pk__in=[each.pk for each in items])
    words = item_words(found.select_related(*ABOUT_PATHS), user=user, day=day)
    for each in items:
        facts = words[each.pk].to_json()
        act.save(ItemFacts(of=each, facts=facts, sha256=sha256_of(facts)))


def withdraw_accountability(
    *, meeting: AccountabilityMeeting, version: int, reason: str, by: User | None, at: datetime.datetime
) -> AccountabilityMeeting:
    """Withdraw a meeting that was called off or entered by mistake. Its actions stay as they are.

    Raises Refusal without a reason or while something of it is public or waits for that, and Stale.
    """
    with verb("withdraw_accountability", by=by, at=at, reason=reason, subject=meeting) as act:
        meeting = lock_meeting(meeting, "withdraw_accountability", version)
        if meeting.releases.exclude(state="returned").filter(withdrawn_at=None).exists():
            raise Refusal(
                "Something of it is public, or waits to be. Withdraw that, or send it back, first.", code="public"
            )
        return mark_withdrawn(act, meeting, needs="Say why the meeting is withdrawn.")


def lock_meeting(meeting: AccountabilityMeeting, doing: str, version: int | None = None) -> AccountabilityMeeting:
    """The meeting, locked, if its state allows this verb; with `version` it is claimed. Raises Refusal, and Stale."""
    found = AccountabilityMeeting.on_file.select_for_update(of=("self",)).select_related("force").get(pk=meeting.pk)
    if found.withdrawn_at:
        raise Refusal("This meeting is withdrawn. It stays as it is.", code="withdrawn")
    if (found.state, doing) not in TRANSITIONS:
        raise Refusal(WHY_NOT[AgendaState(found.state)], code=f"is-{found.state}")
    claim(found, found.version if version is None else version)
    return found
