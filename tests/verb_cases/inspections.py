"""How each verb about planned inspections, PEEL grades and monitoring stages is done once."""

import datetime

from recommendations.domain.inspections import grades, monitoring, plans
from recommendations.domain.inspections.grades import NewGrade
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    force, plan = world.force_a, world.plan_a
    about = {"plan": plan, "version": plan.version}
    facts = {"title": "Custody next", "kind": "custody", "expected": "May 2027", "source": "A letter."}
    new = [NewGrade("Crime data", "adequate"), NewGrade("Vetting", "good")]
    given = {"cycle": world.cycle, "grades": new, "source": "The report.", "effective_on": AT.date()}
    return {
        "inspections.plan_inspection": lambda: plans.plan_inspection(force=force, **facts, **by),
        "inspections.change_plan": lambda: plans.change_plan(**about, **facts, **by),
        "inspections.link_plan": lambda: plans.link_plan(**about, inspection=world.came_a, **by),
        "inspections.withdraw_announcement": lambda: plans.withdraw_announcement(
            announcement=world.announcement_a, reason="Wrong.", **by
        ),
        "inspections.withdraw_plan": lambda: plans.withdraw_plan(**about, reason="Wrong.", **by),
        "inspections.record_grades": lambda: grades.record_grades(force=force, **given, **by),
        "inspections.withdraw_grade": lambda: grades.withdraw_grade(grade=world.grade_a, reason="Wrong.", **by),
        "inspections.record_monitoring_stage": lambda: monitoring.record_monitoring_stage(
            force=force, stage="scan", source="A letter.", **by
        ),
        "inspections.withdraw_monitoring_stage": lambda: monitoring.withdraw_monitoring_stage(
            stage=world.stage_a, reason="Wrong.", **by
        ),
    }
