"""How the rows of Standing are derived from the records: one statement in SQL, for some recommendations and all days.

A period runs from each day on which something began or ended until the next such day. For the first day of each period
the dated rows are read as for any day: each voice once, for its current row. Django would take longer to put this
statement together than a database takes to run it, at the end of every verb.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from recommendations.enums import Position, Stage
from recommendations.enums.disputes import DisputeStep
from recommendations.models.forces.transfers import Transfer
from recommendations.models.inspections.inspections import Recommendation, SubRecommendation
from recommendations.models.register.closures import Closure
from recommendations.models.register.disputes import Dispute
from recommendations.models.register.enforcements import Enforcement
from recommendations.models.register.parts import PartDischarged
from recommendations.models.register.rechecks import Recheck
from recommendations.models.register.restrictions import Restriction
from recommendations.models.register.risk import Delay, Weight
from recommendations.models.register.tracked import TrackedRecommendation
from recommendations.models.register.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate

ALWAYS, FOREVER = datetime.date.min, datetime.date.max
# The alias of each voice's current row.
VOICES: dict[str, Any] = {
    "said": ForceUpdate,
    "assured": Assurance,
    "heard": InspectorateStatus,
    "aimed": TargetDate,
    "restricted": Restriction,
    "decided": Dispute,
    "weighed": Weight,
    "delayed": Delay,
    "look": Recheck,
    "enforced": Enforcement,
}
READS = (TrackedRecommendation, SubRecommendation, Closure, PartDischarged, Transfer, *VOICES.values())


def part_count() -> Combinable:
    """The current number of parts of a row's recommendation, whatever the day."""
    parts = SubRecommendation.objects.filter(recommendation=OuterRef("recommendation")).order_by()
    return Coalesce(Subquery(parts.values("recommendation").annotate(number=Count("pk")).values("number")), Value(0))


def derivation(tracked: Collection[int], after: datetime.date = ALWAYS) -> str:
    """CTEs for a statement: `derived` are the rows of these tracked recommendations (ids), as the records are now.

    Of the periods that end after a day. Its columns are those of Standing but for the id.
    """
    ids = ", ".join(str(int(pk)) for pk in tracked)
    columns = ", ".join(f"{value} AS {name}" for name, value in COLUMNS.items())
    return f"""
        WITH days AS ({_days(ids)}),
        periods AS (
            SELECT tracked_id, day AS since,
                COALESCE(LEAD(day) OVER (PARTITION BY tracked_id ORDER BY day), '{FOREVER}') AS until
            FROM days WHERE day IS NOT NULL
        ),
        derived AS (
            SELECT {columns}
            FROM periods
            JOIN {_table(TrackedRecommendation)} line ON line.id = periods.tracked_id
            JOIN {_table(Recommendation)} asked ON asked.id = line.recommendation_id
            {" ".join(_current(alias) for alias in VOICES)}
            LEFT JOIN {_table(Closure)} closed ON closed.tracked_id = line.id AND closed.id = ({CLOSURE})
            WHERE periods.since >= line.tracked_on AND periods.until > '{after}'
        )
    """


def _table(model: Any) -> str:
    return model._meta.db_table


def _days(ids: str) -> str:
    """The distinct days on which something began or ended, including the first of each. Some are NULL."""
    lines = f"SELECT id AS tracked_id, tracked_on AS day FROM {_table(TrackedRecommendation)} WHERE id IN ({ids})"
    found = [(model, "effective_on", NOT_WITHDRAWN) for model in (*VOICES.values(), Transfer)]
    found += [(Closure, day, "") for day in ("requested_on", "decided_on", "closed_on", "reopened_on")]
    found += [(PartDischarged, day, "") for day in ("closed_on", "reopened_on")]
    found.append((Recheck, "decided_on", NOT_WITHDRAWN))
    others = (
        f"SELECT tracked_id, {day} FROM {_table(model)} WHERE tracked_id IN ({ids}){only}" for model, day, only in found
    )
    return " UNION ".join((lines, *others))


def _current(alias: str) -> str:
    """The join to a voice's current row."""
    model = VOICES[alias]
    rows = f"{_table(model)} one{OF_CLOSED if model is Recheck else ''} WHERE {ON_THE_DAY}{ONLY.get(model, '')}"
    latest = f"SELECT one.id FROM {rows} ORDER BY one.effective_on DESC, one.recorded_at DESC, one.id DESC LIMIT 1"
    return f"LEFT JOIN {_table(model)} {alias} ON {alias}.tracked_id = line.id AND {alias}.id = ({latest})"


NOT_WITHDRAWN = " AND withdrawn_at IS NULL"
ON_THE_DAY = "one.tracked_id = line.id AND one.effective_on <= periods.since AND one.withdrawn_at IS NULL"
IN_FORCE = "{0}.closed_on <= periods.since AND ({0}.reopened_on IS NULL OR {0}.reopened_on > periods.since)"
OF_CLOSED = f" JOIN {_table(Closure)} shut ON shut.id = one.closure_id AND {IN_FORCE.format('shut')}"
ONLY = {
    Dispute: f" AND one.step = '{DisputeStep.DECISION}'",
    # A slip that somebody else did not agree with no longer counts from that day on.
    Recheck: " AND NOT COALESCE(one.agreed = FALSE AND one.decided_on <= periods.since, FALSE)",
}
CLOSURE = (
    f"SELECT one.id FROM {_table(Closure)} one WHERE one.tracked_id = line.id AND {IN_FORCE.format('one')} "
    "ORDER BY one.closed_on DESC, one.id DESC LIMIT 1"
)
PENDING = (
    f"SELECT one.requested_on FROM {_table(Closure)} one WHERE one.tracked_id = line.id "
    "AND one.requested_on <= periods.since AND (one.decided_on IS NULL OR one.decided_on > periods.since) "
    "ORDER BY one.requested_at DESC, one.id DESC LIMIT 1"
)
TARGETS = f"FROM {_table(TargetDate)} one WHERE {ON_THE_DAY}"
FIRST_TARGET = f"SELECT one.target_on {TARGETS} ORDER BY one.effective_on, one.recorded_at, one.id LIMIT 1"
# To whom it came last, else whose it was before its first transfer, also where that was withdrawn.
CAME_TO = (
    f"SELECT one.to_force_id FROM {_table(Transfer)} one WHERE {ON_THE_DAY} "
    "ORDER BY one.effective_on DESC, one.recorded_at DESC, one.id DESC LIMIT 1"
)
BEGAN_WITH = (
    f"SELECT one.from_force_id FROM {_table(Transfer)} one WHERE one.tracked_id = line.id "
    "ORDER BY one.recorded_at, one.id LIMIT 1"
)
FORCE = f"CASE WHEN line.came_on IS NULL THEN line.force_id ELSE COALESCE(({CAME_TO}), ({BEGAN_WITH})) END"
PARTS = f"SELECT COUNT(*) FROM {_table(SubRecommendation)} one WHERE one.recommendation_id = line.recommendation_id"
PARTS_DONE = (
    f"SELECT COUNT(DISTINCT one.part_id) FROM {_table(PartDischarged)} one "
    f"WHERE one.tracked_id = line.id AND {IN_FORCE.format('one')}"
)
NOT_ACCEPTED = f"said.position = '{Position.NOT_ACCEPTED}'"
# What each column of Standing says on the first day of a period.
COLUMNS = {
    "tracked_id": "line.id",
    "force_of_day_id": FORCE,
    "since": "periods.since",
    "until": "periods.until",
    "withdrawn": "line.withdrawn_at IS NOT NULL",
    "reference": "line.reference",
    "chief_officer_lead": "line.chief_officer_lead",
    "opcc_lead": "line.opcc_lead",
    "tracked_on": "line.tracked_on",
    "kind": "asked.kind",
    "cause_id": "asked.cause_id",
    "directed_to_force": "line.directed_to_force",
    "deadline_kind": "line.deadline_kind",
    "deadline_on": "line.deadline_on",
    "direction_due_on": "enforced.due_on",
    "position": "COALESCE(said.position, '')",
    "stage": f"COALESCE(said.stage, '{Stage.AWAITING_ALLOCATION}')",
    "last_update_on": "said.effective_on",
    "forecast_on": "said.forecast_on",
    "first_target_on": f"({FIRST_TARGET})",
    "target_on": "aimed.target_on",
    "target_moves": f"CASE WHEN aimed.id IS NULL THEN 0 ELSE (SELECT COUNT(*) - 1 {TARGETS}) END",
    "assurance": "COALESCE(assured.view, '')",
    "assurance_on": "assured.effective_on",
    "revisit_on": "assured.revisit_on",
    "inspectorate_status": "COALESCE(heard.status, '')",
    "inspectorate_status_on": "heard.effective_on",
    "closure_requested_on": f"CASE WHEN closed.id IS NULL THEN ({PENDING}) END",
    "closed_on": "closed.closed_on",
    "outcome": "COALESCE(closed.outcome, '')",
    "recheck": "COALESCE(look.answer, '')",
    "look_again_on": "look.look_on",
    "restricted": "COALESCE(restricted.restricted, FALSE)",
    "parts": f"({PARTS})",
    "parts_done": f"({PARTS_DONE})",
    "dispute_decision": f"CASE WHEN {NOT_ACCEPTED} THEN COALESCE(decided.decision, '') ELSE '' END",
    "dispute_review_on": f"CASE WHEN {NOT_ACCEPTED} THEN decided.review_on END",
    "risk": "COALESCE(weighed.risk, '')",
    "risk_on": "weighed.effective_on",
    "themes": "COALESCE(weighed.themes, '')",
    "delay_cause": "COALESCE(delayed.cause, '')",
    "mitigated": "COALESCE(delayed.mitigation, '') > ''",
}
