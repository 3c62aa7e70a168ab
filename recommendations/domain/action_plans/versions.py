"""The versions of an action plan: prepared by one person, published or sent back by another.

The prepared facts are stored, and exactly those are published, with a PDF made from them.
"""

import datetime
from collections.abc import Callable

from recommendations.domain.action_plans.compile import compile_plan
from recommendations.domain.action_plans.data import PlanFacts
from recommendations.domain.public.releases import (
    decide_with_pdf,
    keep,
    lines_gone,
    lock_for,
    lock_to_release,
    next_number,
    refuse_own,
    reports_gone,
)
from recommendations.domain.sources.queries import has_action_plans
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ActionPlan, ActionPlanFacts, Force, User
from recommendations.periods import london_day
from recommendations.trail import verb

OVERTAKEN = "Another version was published while the PDF was made. Publish it again."
# (facts, number=, at=) → the bytes of the PDF. Raises RenderFailed.
RenderPlan = Callable[..., bytes]


def is_kept(force: Force, on: datetime.date) -> bool:
    """Whether this force can have an action plan: the office follows fire inspections, or there was a plan earlier."""
    return has_action_plans(on) or ActionPlan.on_file.filter(force=force).exists()


def prepare_plan(*, force: Force, seen: str, by: User | None, at: datetime.datetime) -> ActionPlan:
    """Store a new version for an approving officer to decide. `seen` is the SHA-256 of the facts that were checked.

    Raises Refusal if another version is waiting, or the facts have changed since they were checked.
    """
    with verb("prepare_action_plan", by=by, at=at) as act:
        lock_for(ActionPlan, force)
        facts = compile_plan(force=force, on=london_day(at)).to_json()
        return keep(act, ActionPlan(force=force, prepared_at=at, prepared_by=by), ActionPlanFacts, facts, seen)


def publish_plan(*, plan: ActionPlan, render: RenderPlan, by: User | None, at: datetime.datetime) -> ActionPlan:
    """Make the PDF of a prepared version, outside any transaction, and publish it. Raises as `publish_version` does."""
    refuse_own(plan, by)
    facts, number = _publishable(plan), next_number(plan)
    pdf = render(facts, number=number, at=at)
    return publish_version(plan=plan, pdf=pdf, number=number, by=by, at=at)


def publish_version(*, plan: ActionPlan, pdf: bytes, number: int, by: User | None, at: datetime.datetime) -> ActionPlan:
    """Publish a prepared version under the next number, which its PDF shows.

    Raises NotAllowed if this person prepared it, Refusal if it is not waiting, part of it may no longer be public, or
    another version was published while its PDF was made.
    """
    with verb("publish_action_plan", by=by, at=at, subject=plan) as act:
        plan = lock_to_release(plan, by)
        _publishable(plan)
        name = f"{plan.force.slug}-action-plan-version-{number}.pdf"
        return decide_with_pdf(act, plan, number=number, pdf=pdf, name=name, overtaken=OVERTAKEN)


def _publishable(plan: ActionPlan) -> PlanFacts:
    """Return the version's facts. Raises Refusal if part of them may no longer be public."""
    facts = facts_of(plan)
    if gone := no_longer_public(facts, plan.force):
        raise Refusal(f"{gone[0]} Send this version back and prepare it again.", code="not-public")
    return facts


def no_longer_public(facts: PlanFacts, force: Force) -> list[str]:
    """Return a sentence for each part that is now restricted, withdrawn or about another force. Two queries."""
    titles = {line.report.title for line in facts.lines}
    return [*lines_gone([line.reference for line in facts.lines], force), *reports_gone(titles, force)]


def facts_of(plan: ActionPlan) -> PlanFacts:
    """Return the facts of a version, as prepared. One query."""
    return PlanFacts.from_json(ActionPlanFacts.objects.get(of=plan).facts)
