"""Planned inspections, grades and stages of each force: every word of the second one carries the canary."""

import datetime

from recommendations.domain.inspections import grades, inspections, monitoring, plans
from recommendations.domain.inspections.plan_queries import latest_of
from recommendations.models import PlannedInspection
from tests.conftest import AT
from tests.makers.inspections import GIVEN, change, grade, make_cycle, make_plan, stage

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def build_cycle(world) -> None:
    world.cycle = make_cycle()


def build_ahead(world, letter: str, say) -> None:
    """A plan that was moved, with a withdrawn entry; one that is withdrawn; grades and stages, some withdrawn."""
    force, by = getattr(world, f"force_{letter}"), {"by": world.people["officer"], "at": AT + HOUR}
    plan = make_plan(force, title=say("PEEL next"), source=say("A letter."), **by)
    change(plan, expected=say("early 2099"), source=say("A call."), reason=say("No inspectors."), **by)
    change(plan, expected=say("late 2099"), source=say("A rumour."), **by)
    wrong = latest_of(plan)
    plans.withdraw_announcement(announcement=wrong, reason=say("No more than a rumour."), **by)
    gone = make_plan(force, title=say("Custody next"), kind="custody", source=say("A talk."), **by)
    plans.withdraw_plan(plan=gone, version=gone.version, reason=say("Another force."), **by)
    setattr(world, f"plan_{letter}", PlannedInspection.objects.get(pk=plan.pk))
    setattr(world, f"gone_plan_{letter}", gone)
    setattr(world, f"announcement_{letter}", latest_of(plan))
    _grade(world, letter, say, by)
    _stage(world, letter, say, by)
    facts = {"title": say("PEEL at last"), "short_name": say("Cus"), "kind": "peel", "published_on": AT.date()}
    came = inspections.add_inspection(forces=[force], **facts, **by)
    setattr(world, f"came_{letter}", came)


def _grade(world, letter: str, say, by: dict) -> None:
    force = getattr(world, f"force_{letter}")
    about = {"source": say("The report."), "inspection": None}
    given, wrong = grade(force, world.cycle, **{say("Crime data"): "good", say("Custody"): "adequate"}, **about, **by)
    grades.withdraw_grade(grade=wrong, reason=say("Another force’s."), **by)
    setattr(world, f"grade_{letter}", given)
    setattr(world, f"gone_grade_{letter}", wrong)


def _stage(world, letter: str, say, by: dict) -> None:
    force = getattr(world, f"force_{letter}")
    now = stage(force, "engage", source=say("HMICFRS’s site."), **by)
    wrong = stage(force, "scan", effective_on=GIVEN + DAY, source=say("The news."), **by)
    monitoring.withdraw_monitoring_stage(stage=wrong, reason=say("Not so."), **by)
    setattr(world, f"stage_{letter}", now)
    setattr(world, f"gone_stage_{letter}", wrong)
