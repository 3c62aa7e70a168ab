"""How a recommendation stands, for tests: worked out row by row beside the SQL, or written past the verbs."""

import datetime

from django.db.models import QuerySet

from recommendations.domain.register.rag import annotate_colours
from recommendations.enums import Position, Stage
from recommendations.enums.disputes import DisputeStep
from recommendations.models import Closure, Standing, Thresholds, TrackedRecommendation

OWN = {field.name for field in TrackedRecommendation._meta.concrete_fields}
RECORD = {"reference", "kind", "tracked_on", "directed_to_force", "deadline_kind", "deadline_on", "withdrawn", "parts"}
RECORD |= {"cause_id", "force_id", "chief_officer_lead", "opcc_lead"}  # no voice says these
RECORD |= {"id", "tracked_id", "since", "until"}
VOICES_SAY = {field.attname for field in Standing._meta.concrete_fields} - RECORD
VOICES = ("updates", "assurances", "statuses", "restrictions", "weights", "delays", "enforcements")


def write(tracked: TrackedRecommendation, **facts) -> TrackedRecommendation:
    """Write how `tracked` stands, past the verbs, for tests of what is read from it."""
    if own := {name: value for name, value in facts.items() if name in OWN}:
        QuerySet(TrackedRecommendation).filter(pk=tracked.pk).update(**own)
    Standing.objects.filter(tracked=tracked).update(**facts)
    return tracked


def standing(tracked: TrackedRecommendation) -> Standing:
    """How it stands now, read again."""
    return Standing.objects.filter(tracked=tracked).latest("since")


def on_day(day: datetime.date, rule: Thresholds) -> QuerySet:
    """How everything stands on a day, judged by a rule."""
    return annotate_colours(Standing.objects.on(day), day, rule)


def stored(tracked: TrackedRecommendation) -> dict:
    """How it stands now, as the names of `latest` have it."""
    found = standing(tracked)
    return {name: getattr(found, name) for name in VOICES_SAY}


def latest(
    tracked: TrackedRecommendation, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> dict:
    """How `tracked` stood on `as_at` (London; None: today), as known at `known_at` (UTC), from its rows one by one."""
    update, assurance, status, restriction, weight, delay, enforcement = (
        getattr(tracked, voice).standing(as_at, known_at).latest_first().first() for voice in VOICES
    )
    return {
        "position": update.position if update else "",
        "stage": update.stage if update else Stage.AWAITING_ALLOCATION,
        "last_update_on": update.effective_on if update else None,
        "forecast_on": update.forecast_on if update else None,
        "assurance": assurance.view if assurance else "",
        "assurance_on": assurance.effective_on if assurance else None,
        "revisit_on": assurance.revisit_on if assurance else None,
        "inspectorate_status": status.status if status else "",
        "inspectorate_status_on": status.effective_on if status else None,
        "restricted": bool(restriction and restriction.restricted),
        "risk": weight.risk if weight else "",
        "risk_on": weight.effective_on if weight else None,
        "themes": weight.themes if weight else "",
        "delay_cause": delay.cause if delay else "",
        "mitigated": bool(delay and delay.mitigation),
        "direction_due_on": enforcement.due_on if enforcement else None,
        **_target(tracked, as_at, known_at),
        **_closure(tracked, as_at, known_at),
        **_dispute(tracked, as_at, known_at, disputed=bool(update and update.position == Position.NOT_ACCEPTED)),
        "parts_done": tracked.parts_discharged.in_force(as_at or datetime.date.max, known_at).count(),
    }


def _dispute(tracked: TrackedRecommendation, as_at, known_at, *, disputed: bool) -> dict:
    rows = tracked.disputes.standing(as_at, known_at).filter(step=DisputeStep.DECISION).latest_first()
    last = rows.first() if disputed else None
    return {
        "dispute_decision": last.decision if last else "",
        "dispute_review_on": last.review_on if last else None,
    }


def _target(tracked: TrackedRecommendation, as_at: datetime.date | None, known_at: datetime.datetime | None) -> dict:
    days = [row.target_on for row in tracked.targets.standing(as_at, known_at).latest_first()]
    return {
        "target_on": days[0] if days else None,
        "first_target_on": days[-1] if days else None,
        "target_moves": max(len(days) - 1, 0),
    }


def _closure(tracked: TrackedRecommendation, as_at: datetime.date | None, known_at: datetime.datetime | None) -> dict:
    day = as_at or datetime.date.max
    closed = tracked.closures.in_force(day, known_at).order_by("-closed_on", "-id").first()
    pending = None if closed else tracked.closures.pending(day, known_at).order_by("-requested_at", "-id").first()
    return {
        "closed_on": closed.closed_on if closed else None,
        "outcome": closed.outcome if closed else "",
        "closure_requested_on": pending.requested_on if pending else None,
        **_look(closed, day, known_at),
    }


def _look(closed: Closure | None, day: datetime.date, known_at: datetime.datetime | None) -> dict:
    """What was said last of looking again at the closure that holds, without a slip that was turned down by then."""
    said = closed.rechecks.standing(day, known_at).latest_first() if closed else []
    decided = [row.agreed is False and row.decided_on <= day and _known(row.decided_at, known_at) for row in said]
    row = next((row for row, is_declined in zip(said, decided, strict=True) if not is_declined), None)
    return {"recheck": row.answer if row else "", "look_again_on": row.look_on if row else None}


def _known(moment: datetime.datetime, known_at: datetime.datetime | None) -> bool:
    return known_at is None or moment <= known_at
