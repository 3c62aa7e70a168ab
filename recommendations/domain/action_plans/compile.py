"""Compile an action plan from the register as it is today, when a version is prepared.

Nothing is entered twice: the owner is the lead, the day is the force's target, the progress its latest update, and the
reason for no action the force's reason for not accepting. Nothing restricted, withdrawn or of another force is
included.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from recommendations.domain.action_plans.data import PlanFacts, PlanLine
from recommendations.domain.force_pages.compile import report_of
from recommendations.domain.forces.in_force import body_of
from recommendations.enums import Position, Vocabulary
from recommendations.enums.disputes import DisputeStep
from recommendations.enums.sources import Answerer
from recommendations.models import Dispute, Force, ForceUpdate, Label, Standing
from recommendations.models.base import DatedQuerySet

OF_OTHERS = "It is not directed to this service."


@dataclass(frozen=True)
class LatestWords:
    """The latest text about each tracked recommendation, by id, and why it is not accepted; `stages` are labels."""

    done: dict[int, str]
    refused: dict[int, str]
    reasons: dict[int, str]
    stages: dict[str, str]

    def why_none(self, row: Standing) -> str:
        """Return why there is no action: the reason in a dispute, or else in the update that does not accept it."""
        if not row.directed_to_force:
            return OF_OTHERS
        if row.position != Position.NOT_ACCEPTED:
            return ""
        return self.reasons.get(row.tracked_id) or self.refused.get(row.tracked_id, "")


def plan_standings(force: Force) -> QuerySet[Standing]:
    """Return the current standings of a service's fire inspection recommendations, with closed and restricted ones."""
    of_fire = {"inspection__answerer": Answerer.FIRE_AUTHORITY, "inspection__withdrawn_at__isnull": True}
    wanted = {f"tracked__recommendation__{name}": value for name, value in of_fire.items()}
    rows = Standing.objects.now().filter(force=force, tracked__recommendation__withdrawn_at__isnull=True, **wanted)
    return rows.select_related("tracked__recommendation__inspection")


def compile_plan(*, force: Force, on: datetime.date) -> PlanFacts:
    """Return the facts of a service's plan on a London day, as known now. The number of queries is constant."""
    body = body_of(force, on)
    rows = sorted(plan_standings(force), key=_latest_report_first)
    shown = [row for row in rows if not row.restricted]
    said = _latest_words([row.tracked_id for row in shown])
    return PlanFacts(
        force=force.name,
        slug=force.slug,
        on=on,
        body=body.name if body else "",
        lines=tuple(_line(row, said) for row in shown),
        left_out=len(rows) - len(shown),
    )


def _latest_report_first(row: Standing) -> tuple[int, int, str]:
    inspection = row.tracked.recommendation.inspection
    return (-inspection.published_on.toordinal(), inspection.pk, row.reference)


def _latest_words(tracked: list[int]) -> LatestWords:
    updates = ForceUpdate.objects.filter(tracked__in=tracked)
    reasons = Dispute.objects.filter(tracked__in=tracked, step=DisputeStep.REASON)
    return LatestWords(
        done=_latest(updates, "done"),
        refused=_latest(updates.filter(position=Position.NOT_ACCEPTED), "done"),
        reasons=_latest(reasons, "text"),
        stages=Label.objects.words()[Vocabulary.STAGE],
    )


def _latest(rows: DatedQuerySet, column: str) -> dict[int, str]:
    """Return a column's value in the latest of these dated rows, by tracked recommendation. One query."""
    return dict(rows.standing().latest_of_each().values_list("tracked", column))


def _line(row: Standing, latest_words: LatestWords) -> PlanLine:
    tracked, asked, why_none = row.tracked, row.tracked.recommendation, latest_words.why_none(row)
    done = latest_words.done.get(row.tracked_id, "")
    action = "" if why_none else tracked.planned_action or done
    return PlanLine(
        reference=row.reference,
        label=str(asked),
        heading=asked.heading,
        text=asked.text,
        report=report_of(asked.inspection),
        action=action,
        why_none=why_none,
        owner=tracked.business_lead or tracked.chief_officer_lead,
        due_on=row.target_on or row.deadline_on,
        progress=latest_words.stages.get(row.stage, row.stage) if row.last_update_on else "",
        progress_on=row.last_update_on,
        progress_text=done if done not in (action, why_none) else "",
        closed_on=row.closed_on,
    )
