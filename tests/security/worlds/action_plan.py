"""The action plan of the first force: a version that was withdrawn, one that stands, one that waits. Of the second
force one waits, of the third one stands. Releases of accountability meetings come with them."""

import datetime
import hashlib

from recommendations.digests import sha256_of
from recommendations.domain.action_plans.data import PlanFacts, PlanLine
from recommendations.domain.force_pages.data import PublicReport
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ActionPlanFacts, IssuedFile
from recommendations.trail import verb
from tests.conftest import AT, TODAY
from tests.security.worlds.accountability import build_meeting_pages

PDF = b"%PDF-1.7 of a plan"
REPORT = PublicReport(title="Fire and rescue 2026", published_on=datetime.date(2026, 3, 2))
LINES = (
    PlanLine(
        reference="FR-0001",
        label="Cause of concern 1",
        heading="Risk visits",
        text="The service should visit those at highest risk.",
        report=REPORT,
        action="Crews visit 40 homes a week.",
        owner="Area manager, prevention",
        due_on=datetime.date(2026, 12, 1),
        progress="In progress",
        progress_on=datetime.date(2026, 7, 3),
        progress_text="Crews visit 31 a week.",
    ),
    PlanLine(
        reference="FR-0002",
        label="Recommendation 2",
        heading="Night cover",
        text="The service should crew two engines at night.",
        report=REPORT,
        why_none="One engine covers the risk that the service assessed.",
    ),
)


def build_action_plans(world) -> None:
    """`world.plan_withdrawn_a`, `plan_published_a`, `plan_waiting_a`, `plan_waiting_b` and `plan_published_c`."""
    people = world.people
    decided = {"state": ReleaseState.RELEASED, "decided_at": AT, "decided_by": people["approver"]}
    gone = {"withdrawn_at": AT, "withdrawn_by": people["approver"], "withdrawn_why": "It named a person."}
    world.plan_withdrawn_a = _keep(world, world.force_a, number=1, **decided, **gone)
    world.plan_published_a = _keep(world, world.force_a, number=2, **decided)
    world.plan_waiting_a = _keep(world, world.force_a)
    world.plan_waiting_b = _keep(world, world.force_b)
    world.plan_published_c = _keep(world, world.force_c, number=1, **decided)
    build_meeting_pages(world)


def _keep(world, force, **decided) -> ActionPlan:
    """As the verbs do it, of lines that are in no register."""
    by, lines = world.people["officer"], () if force == world.force_b else LINES
    facts = PlanFacts(force=force.name, slug=force.slug, on=TODAY, lines=lines, left_out=1).to_json()
    with verb("prepare_action_plan", by=by, at=AT) as act:
        if "number" in decided:
            file = {"name": "plan.pdf", "content": PDF, "sha256": hashlib.sha256(PDF).hexdigest(), "issued_at": AT}
            decided |= {"pdf": act.save(IssuedFile(**file)), "pdf_sha256": sha256_of(facts)}
        made = ActionPlan(force=force, prepared_at=AT, prepared_by=by, **decided)
        act.subject = act.save(made)
        act.save(ActionPlanFacts(of=made, facts=facts, sha256=sha256_of(facts)))
    return made
