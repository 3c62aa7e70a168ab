"""The monitoring stage of a force: recording it, withdrawing a wrong one, and querying it as at any day.

Rows are added and never overwritten. `effective_on` is the London day from which a force is in a stage; `at` is the
moment of recording (UTC).
"""

import datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lag, RowNumber

from recommendations.domain.writing.records import day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Monitoring
from recommendations.models import Force, MonitoringStage, User
from recommendations.models.base import DatedQuerySet
from recommendations.periods import say
from recommendations.trail import verb


def record_monitoring_stage(
    *,
    force: Force,
    stage: str,
    source: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
) -> MonitoringStage:
    """Record the stage that a force is in from a day on (today by default).

    Raises Refusal for an unknown stage, no source, a day in the future, or the stage already in force on that day.
    """
    with verb("record_monitoring_stage", by=by, at=at, subject=force) as act:
        force = lock_row(force)
        if stage not in Monitoring.values:
            raise Refusal("Choose the stage.", "stage", code="required")
        if not source.strip():
            raise Refusal("Say where this was read or heard.", "source", code="required")
        day = day_of(effective_on, at=at, not_before=None, field="effective_on")
        now = stages_of(MonitoringStage.objects.filter(force=force), day).first()
        if now and now.stage == stage:
            since = f"{force.short_name} is in this stage since {say(now.effective_on)}."
            raise Refusal(f"{since} Choose the other one, or another day.", "stage", code="same-stage")
        row = MonitoringStage(force=force, stage=stage, source=source.strip(), effective_on=day)
        row.recorded_at, row.recorded_by = at, by
        act.save(row)
    return row


def withdraw_monitoring_stage(
    *, stage: MonitoringStage, reason: str, by: User | None, at: datetime.datetime
) -> MonitoringStage:
    """Withdraw a wrong stage, with a reason. It stays on record, and the one before it is in force again."""
    with verb("withdraw_monitoring_stage", by=by, at=at, reason=reason, subject=stage.force) as act:
        stage = lock_row(stage)
        mark_withdrawn(act, stage, needs="Say why this stage is withdrawn.", twice="This stage is withdrawn already.")
    return stage


def stages_of(
    stages: DatedQuerySet, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> QuerySet:
    """The stages of forces up to `as_at` (London), as known by `known_at` (UTC), latest first for each force.

    None means today and now. Pass `MonitoringStage.objects.visible_to(user)`, or those of a force. `until` is the day
    on which the next one began, None for the one in force. Of two rows on the same day the later one counts.
    """
    on_a_day = Window(
        RowNumber(),
        partition_by=[F("force"), F("effective_on")],
        order_by=[F("recorded_at").desc(), F("id").desc()],
    )
    spoken = stages.standing(as_at, known_at).annotate(place=on_a_day).filter(place=1).order_by()
    rows: DatedQuerySet = MonitoringStage.objects.filter(pk__in=spoken.values("pk"))
    until = Window(Lag("effective_on"), partition_by=[F("force")], order_by=[F("effective_on").desc()])
    return rows.annotate(until=until).select_related("force").order_by("force__name", "force_id", "-effective_on")
