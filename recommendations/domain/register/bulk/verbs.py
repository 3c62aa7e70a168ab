"""Many recommendations changed at once: one verb, one trail entry, a history row for each, or nothing at all.

A verb takes the rows that were shown, each with its version. Under their locks it holds them against what is there;
where one changed meanwhile it raises Meanwhile, where one can't be changed a Refusal, and nothing is saved.
"""

import datetime
from typing import Any

from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.register.bulk.changes import BulkChange, LeadsChange, RequestedClosure, TargetChange
from recommendations.domain.register.bulk.entries import AssuranceChange, StatusChange, UpdateChange
from recommendations.domain.risk.delays import NO_DELAY, DelayReason, new_delays
from recommendations.domain.writing.records import raise_versions
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Closure, TargetDate, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.trail import Act, verb

type EntryChange = UpdateChange | AssuranceChange | StatusChange

MOST = 2_000  # rows that are changed at once


class Meanwhile(Refusal):
    """Some of the rows are not as they were shown. `changed` are their ids."""

    def __init__(self, changed: set[int]) -> None:
        super().__init__(
            "Someone else changed some of these after you opened the page. Nothing has been changed. Check them again."
        )
        self.changed = changed


def give_leads_to_many(
    *, versions: dict[int, int], leads: dict[str, str], by: User | None, at: datetime.datetime, reason: str = ""
) -> list[TrackedRecommendation]:
    """Change the leads that `leads` names (fields of the record); an empty text takes a lead away.

    `versions` are the rows as they were shown, id → version. Raises Refusal where a row can't be changed
    (LeadsChange.why_not), and Meanwhile where one changed.
    """
    change = LeadsChange(leads)
    with verb("give_leads_to_many", by=by, at=at, reason=reason.strip()) as act:
        rows = _claimed(act, versions, change)
        for tracked in rows:
            for name, lead in change.given.items():
                setattr(tracked, name, lead)
        link_accounts(rows, *LEAD)
        act.save_all(rows)
    return rows


def set_target_of_many(
    *,
    versions: dict[int, int],
    target_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    set_by: str = "",
    delay: DelayReason = NO_DELAY,
) -> list[TrackedRecommendation]:
    """Set the first target, or move the one that is there, from today on. Moving any needs the reason.

    `delay` is why those are late that move past the deadline of their source: one without a cause so far needs it.

    Raises Refusal where a row can't take this target (TargetChange.why_not), and Meanwhile where one changed.
    """
    change = TargetChange(target_on, reason.strip(), delay)
    with verb("set_target_of_many", by=by, at=at, reason=change.reason) as act:
        rows = _claimed(act, versions, change)
        facts = {"effective_on": london_day(at), "recorded_at": at, "recorded_by": by, "target_on": target_on}
        words = {"reason": change.reason, "set_by": set_by.strip()}
        act.add_all([TargetDate(tracked=tracked, **facts, **words) for tracked in rows])
        if delay:
            act.add_all(new_delays(act, change.moved_past_deadline(rows), delay, said_by=set_by))
    return rows


def request_closure_of_many(
    *,
    versions: dict[int, int],
    outcome: str,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    evidence: str = "",
) -> list[TrackedRecommendation]:
    """Request the closure of each today; another person decides them one by one.

    Raises Refusal where one is closed or waits for a decision already, and Meanwhile where one changed.
    """
    change = RequestedClosure(outcome, reason.strip())
    with verb("request_closure_of_many", by=by, at=at, reason=change.reason) as act:
        rows = _claimed(act, versions, change)
        today = london_day(at)
        facts = {"requested_on": today, "requested_at": at, "requested_by": by, "outcome": outcome}
        words = {"request_reason": change.reason, "evidence": evidence.strip()}
        act.add_all([Closure(tracked=tracked, **facts, **words) for tracked in rows])
    return rows


def log_update_for_many(
    *,
    versions: dict[int, int],
    done: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    said_by: str = "",
    stage: str = "",
) -> list[TrackedRecommendation]:
    """Add what the force says was done to each; with `stage`, move each into it.

    Raises Refusal where one can't be changed (UpdateChange.why_not, or as log_force_update does), Meanwhile where one
    changed.
    """
    day = effective_on or london_day(at)
    change = UpdateChange(done.strip(), day, said_by.strip(), stage, moves=bool(stage))
    return _record("log_update_for_many", versions, change, by=by, at=at)


def record_assurance_of_many(
    *,
    versions: dict[int, int],
    view: str,
    rationale: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    looked_at: str = "",
    revisit_on: datetime.date | None = None,
) -> list[TrackedRecommendation]:
    """Add the office's own judgement to each, with one reason. Raises as record_assurance does, and Meanwhile."""
    day = effective_on or london_day(at)
    change = AssuranceChange(view, rationale.strip(), day, looked_at.strip(), revisit_on)
    return _record("record_assurance_of_many", versions, change, by=by, at=at)


def record_status_of_many(
    *,
    versions: dict[int, int],
    status: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    source: str = "",
) -> list[TrackedRecommendation]:
    """Add what the inspectorate said last to each. Raises as record_inspectorate_status does, and Meanwhile."""
    change = StatusChange(status, effective_on or london_day(at), source.strip())
    return _record("record_status_of_many", versions, change, by=by, at=at)


def _record(
    name: str, versions: dict[int, int], change: EntryChange, *, by: User | None, at: datetime.datetime
) -> list[TrackedRecommendation]:
    with verb(name, by=by, at=at) as act:
        rows = _claimed(act, versions, change)
        made: list[Any] = [*change.rows(act, rows)]
        act.add_all(made)
    return rows


def _claimed(act: Act, versions: dict[int, int], change: BulkChange) -> list[TrackedRecommendation]:
    """The rows, locked, each with its next version: all of them as they were shown, and all can be changed."""
    if not versions:
        raise Refusal("None of these can be changed.")
    if len(versions) > MOST:
        raise Refusal(f"{len(versions):,} are too many: {MOST:,} can be changed at once.")
    locked = TrackedRecommendation.objects.select_for_update(of=("self",)).filter(pk__in=versions)
    rows = list(locked.select_related("recommendation__inspection").with_standing().order_by("pk"))
    changed = set(versions) - {tracked.pk for tracked in rows if tracked.version == versions[tracked.pk]}
    if changed:
        raise Meanwhile(changed)
    for tracked in rows:
        if change.why_not(tracked):
            raise Refusal(f"{tracked}: {change.why_not(tracked)}")
    change.check(rows)
    raise_versions(act, rows)
    return rows
