"""The register as a program reads it: the columns of its exports, and of one recommendation all that was said."""

import datetime
from collections.abc import Sequence
from typing import Any

from recommendations.domain.register.entries import TARGET, VoiceEntry, entries_among
from recommendations.domain.register.export.lines import lines_by_id
from recommendations.domain.register.export.updates import VOICES, entries_out, holds
from recommendations.domain.register.queries import RegisterQuery
from recommendations.enums import ClosureState
from recommendations.models import Closure, Thresholds, TrackedRecommendation, User
from recommendations.periods import london_day

ABOVE = ("recommendation_id", "inspection_id")
SPOKEN = dict(zip(VOICES, ("force", "opcc", "hmicfrs"), strict=True))


def items(query: RegisterQuery, ids: Sequence[int], user: User, rule: Thresholds, words: dict) -> list[dict[str, Any]]:
    """The recommendations of these ids, in their order, if `user` may see them: an item each, with the columns of the
    register's exports. Six queries, however many there are."""
    lines = lines_by_id(query, ids, user, rule, words)
    found = TrackedRecommendation.on_file.filter(pk__in=list(lines)).order_by()
    asked = {pk: of for pk, *of in found.values_list("pk", "recommendation_id", "recommendation__inspection_id")}
    return [{"id": pk, **dict(zip(ABOVE, asked[pk], strict=True)), **line._asdict()} for pk, line in lines.items()]


def in_full(query: RegisterQuery, pk: int, user: User, rule: Thresholds, words: dict) -> dict[str, Any] | None:
    """One recommendation with its three voices and all that was said; None where `user` sees no such thing that day."""
    found = items(query, (pk,), user, rule, words)
    if not found:
        return None
    entries = [(entry.voice, line._asdict()) for entry, line in entries_out(query, (pk,), user, words)]
    said = [line for _, line in entries]
    standing = [(voice, line) for voice, line in entries if not line["withdrawn"]]
    voices = {key: next((line for voice, line in standing if voice == of), None) for of, key in SPOKEN.items()}
    return found[0] | {"voices": voices, "history": said, **_dates(query, pk, user)}


def _dates(query: RegisterQuery, pk: int, user: User) -> dict[str, list]:
    """Every target that was set, and every closure that was asked for, newest first."""
    chosen = TrackedRecommendation.objects.visible_to(user).filter(pk=pk).order_by()
    targets = [_target(each) for each in entries_among(chosen, [TARGET]) if holds(each, query)]
    closures = Closure.objects.filter(tracked__in=chosen).select_related("requested_by", "decided_by", "reopened_by")
    return {"targets": targets, "closures": [_closure(each, query) for each in closures if _was_asked(each, query)]}


def _target(said: VoiceEntry) -> dict[str, Any]:
    return {
        "target_on": said.date,
        "set_on": said.on,
        "reason": said.text,
        "set_by": said.attributed_to,
        "recorded_by": said.recorded_by,
        "recorded_on": london_day(said.recorded_at),
        "withdrawn": said.withdrawn_at is not None,
    }


def _was_asked(closure: Closure, query: RegisterQuery) -> bool:
    return _by_then(query, closure.requested_on, closure.requested_at)


def _by_then(query: RegisterQuery, day: datetime.date | None, moment: datetime.datetime | None) -> bool:
    """Whether something happened on or before the day asked about, and was recorded by its `known_at`."""
    if day is None or moment is None:
        return False
    return day <= query.day and (query.known_at is None or moment <= query.known_at)


def _closure(closure: Closure, query: RegisterQuery) -> dict[str, Any]:
    """A closure as it stood: what was decided or reopened later is left out."""
    decided = _by_then(query, closure.decided_on, closure.decided_at)
    reopened = decided and _by_then(query, closure.reopened_on, closure.reopened_at)
    state = closure.state if reopened or closure.state != ClosureState.REOPENED else ClosureState.CLOSED
    return {
        "state": state if decided else ClosureState.REQUESTED,
        "outcome": closure.outcome,
        "requested_on": closure.requested_on,
        "requested_by": _name(closure.requested_by),
        "reason": closure.request_reason,
        "evidence": closure.evidence,
        "decided_on": closure.decided_on if decided else None,
        "decided_by": _name(closure.decided_by) if decided else "",
        "decision": closure.decision_reason if decided else "",
        "closed_on": closure.closed_on if decided else None,
        "reopened_on": closure.reopened_on if reopened else None,
        "reopened_why": closure.reopened_why if reopened else "",
    }


def _name(person: User | None) -> str:
    return person.name if person else ""
