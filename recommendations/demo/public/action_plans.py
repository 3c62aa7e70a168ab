"""The fire service's action plan: a published version, and a later one waiting for an approving officer."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.office import FIRE
from recommendations.digests import sha256_of
from recommendations.documents.action_plans.plan_pdf import plan_pdf
from recommendations.domain.action_plans.compile import compile_plan
from recommendations.domain.action_plans.versions import prepare_plan, publish_plan
from recommendations.models import ActionPlan
from recommendations.periods import london_day


def happenings(office) -> Iterator[tuple[int, tuple, Callable, bool]]:
    """Yield each event: day counted from today, order in the day, function to call at a moment, whether alone."""
    yield -61, (0,), partial(_prepare, office), False
    yield -60, (0,), partial(_publish, office), True
    yield -1, (0,), partial(_prepare, office), False


def _prepare(office, at: datetime.datetime) -> None:
    force = office.forces[FIRE]
    seen = sha256_of(compile_plan(force=force, on=london_day(at)).to_json())
    prepare_plan(force=force, seen=seen, by=office.people["officer"], at=at)


def _publish(office, at: datetime.datetime) -> None:
    plan = ActionPlan.objects.get(force=office.forces[FIRE])
    publish_plan(plan=plan, render=plan_pdf, by=office.people["approver"], at=at)
