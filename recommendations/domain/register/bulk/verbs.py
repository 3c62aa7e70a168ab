"""Bulk verbs: many recommendations changed by one verb with one trail entry and a history row each, or none at all.

A verb takes the rows as they were shown, each with its version, locks them and compares. It raises Meanwhile if one
has changed since, Refusal if one can't be changed, and then saves nothing.
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
from recommendations.trail import VerbContext, verb

type EntryChange = UpdateChange | AssuranceChange | StatusChange

MOST = 2_000  # rows changed by one verb


class Meanwhile(Refusal):
    """Raised if some rows changed after they were shown. `changed` has their ids."""

    def __init__(self, changed: set[int]) -> None:
        super().__init__(
            "Someone else changed some of these after you opened the page. Nothing has been changed. Check them again.",
            code="changed-meanwhile",
        )
        self.changed = changed


def give_leads_to_many(
    *, versions: dict[int, int], leads: dict[str, str], by: User | None, at: datetime.datetime, reason: str = ""
) -> list[TrackedRecommendation]:
    """Change the leads named in `leads` (fields of the record); an empty text removes a lead.

    `versions` are the rows as they were shown, id → version. Raises Refusal if a row can't be changed
    (LeadsChange.why_not), Meanwhile if one changed since.
    """
    change = LeadsChange(leads)
    with verb("give_leads_to_many", by=by, at=at, reason=reason.strip()) as act:
        rows = _claim_rows(act, versions, change)
        for tracked in rows:
            for name, lead in change.new_leads.items():
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
    """Set the first target, or move the existing one, from today on. Moving any needs the reason.

    `delay` is why rows are late whose target moves past their source's deadline: required if one has no cause yet.
    Raises Refusal if a row can't take this target (TargetChange.why_not), Meanwhile if one changed since.
    """
    change = TargetChange(target_on, reason.strip(), delay)
    with verb("set_target_of_many", by=by, at=at, reason=change.reason) as act:
        rows = _claim_rows(act, versions, change)
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

    Raises Refusal if one is closed or already waits for a decision, Meanwhile if one changed since.
    """
    change = RequestedClosure(outcome, reason.strip())
    with verb("request_closure_of_many", by=by, at=at, reason=change.reason) as act:
        rows = _claim_rows(act, versions, change)
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
    """Log the same force update for each; with `stage`, move each into that stage.

    Raises Refusal if one can't be changed (UpdateChange.why_not, or as log_force_update does), Meanwhile if one
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
    """Record the same assurance, with one reason, for each. Raises as record_assurance does, and Meanwhile."""
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
    """Record the same inspectorate status for each. Raises as record_inspectorate_status does, and Meanwhile."""
    change = StatusChange(status, effective_on or london_day(at), source.strip())
    return _record("record_status_of_many", versions, change, by=by, at=at)


def _record(
    name: str, versions: dict[int, int], change: EntryChange, *, by: User | None, at: datetime.datetime
) -> list[TrackedRecommendation]:
    with verb(name, by=by, at=at) as act:
        rows = _claim_rows(act, versions, change)
        made: list[Any] = [*change.rows(act, rows)]
        act.add_all(made)
    return rows


def _claim_rows(act: VerbContext, versions: dict[int, int], change: BulkChange) -> list[TrackedRecommendation]:
    """Lock the rows and advance their versions. Raises Meanwhile or Refusal unless all are unchanged and changeable."""
    if not versions:
        raise Refusal("None of these can be changed.", code="none-changeable")
    if len(versions) > MOST:
        raise Refusal(f"{len(versions):,} are too many: {MOST:,} can be changed at once.", code="too-many")
    locked = TrackedRecommendation.objects.select_for_update(of=("self",)).filter(pk__in=versions)
    rows = list(locked.select_related("recommendation__inspection").with_standing().order_by("pk"))
    changed = set(versions) - {tracked.pk for tracked in rows if tracked.version == versions[tracked.pk]}
    if changed:
        raise Meanwhile(changed)
    for tracked in rows:
        if change.why_not(tracked):
            raise Refusal(f"{tracked}: {change.why_not(tracked)}", code="cannot-be-changed")
    change.check(rows)
    raise_versions(act, rows)
    return rows
