"""How a version of an action plan is prepared, published, sent back and withdrawn, once."""

from recommendations.domain.action_plans import versions
from recommendations.domain.public.releases import return_release
from tests.conftest import AT
from tests.makers.action_plans import PDF, prepared


def cases(world) -> dict:
    people = world.people
    by, approver = {"by": people["officer"], "at": AT}, {"by": people["approver"], "at": AT}
    waiting, of_b = world.plan_waiting_a, world.plan_waiting_b
    return {
        "action_plans.prepare_plan": lambda: prepared(world.force_c, **by),
        "action_plans.publish_plan": lambda: versions.publish_plan(plan=of_b, render=lambda *_, **__: PDF, **approver),
        "action_plans.publish_version": lambda: versions.publish_version(plan=of_b, pdf=PDF, number=1, **approver),
        "public.return_release": lambda: return_release(release=waiting, reason="An owner is missing.", **by),
    }
