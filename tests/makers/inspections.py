"""Planned inspections, PEEL grades and monitoring stages for tests: small makers that go through the verbs."""

import datetime

from recommendations.domain.inspections import grades, monitoring, plans
from recommendations.domain.inspections.grades import NewGrade
from recommendations.domain.inspections.plan_queries import latest_of
from recommendations.domain.people import records
from recommendations.models import PeelCycle, PlannedInspection
from tests.conftest import AT

SAID = datetime.date(2026, 9, 1)
LETTER = "HMICFRS’s letter of 1 September 2026"
SINCE = datetime.date(2025, 4, 1)
GIVEN = datetime.date(2026, 5, 3)


def make_plan(force, *, by=None, at=AT, **facts) -> PlannedInspection:
    """A PEEL assessment that is expected in the winter after the tests' day."""
    facts = {"title": "PEEL 2025–27", "kind": "peel", "expected": "winter 2026/27", "source": LETTER} | facts
    return plans.plan_inspection(force=force, by=by, at=at, **({"said_on": SAID} | facts))


def change(plan, *, by=None, at=AT, **facts) -> PlannedInspection:
    """The plan changed: what is not given stays as it is."""
    plan = PlannedInspection.objects.get(pk=plan.pk)
    said = latest_of(plan)
    before = {"title": plan.title, "kind": plan.kind, "expected": said.expected, "version": plan.version}
    return plans.change_plan(plan=plan, by=by, at=at, **(before | {"source": "A call."} | facts))


def link(plan, inspection, *, by=None, at=AT) -> PlannedInspection:
    """The plan with its report."""
    plan = PlannedInspection.objects.get(pk=plan.pk)
    return plans.link_plan(plan=plan, version=plan.version, inspection=inspection, by=by, at=at)


def make_cycle(name="PEEL 2025–27", *, since=SINCE, at=AT, **facts) -> PeelCycle:
    return records.keep(record=PeelCycle(name=name, since=since, **facts), by=None, at=at)


def grade(force, cycle, *, by=None, at=AT, effective_on=GIVEN, source="The report", inspection=None, **given):
    """The grades that are given by name: `grade(force, cycle, custody="good")`."""
    new = [NewGrade(area, each) for area, each in given.items()]
    said = {"effective_on": effective_on, "source": source, "inspection": inspection}
    return grades.record_grades(force=force, cycle=cycle, grades=new, by=by, at=at, **said)


def stage(force, key="engage", *, by=None, at=AT, effective_on=GIVEN, source="HMICFRS’s site"):
    facts = {"stage": key, "effective_on": effective_on, "source": source}
    return monitoring.record_monitoring_stage(force=force, by=by, at=at, **facts)
