"""The action plan for fire inspections, for the office: what sets its versions apart, and their publication."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from recommendations.documents.action_plans.plan_pdf import plan_pdf
from recommendations.domain.action_plans import versions as verbs
from recommendations.domain.action_plans.compile import compile_plan
from recommendations.domain.action_plans.data import PlanFacts, gaps, statements
from recommendations.domain.force_pages.changes import statement_changes
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.site.releases import ConfirmReleaseForm, PrepareReleaseForm
from recommendations.models import ActionPlan, Force, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.releases import ReleaseKind, release_or_404, show_form, shown_or_sent
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submitted_data

PUBLISH = {
    "title": "Publish",
    "button": "Publish",
    "says": "Anyone can read it from now on, at its address.",
}


def _force(request: AuthenticatedRequest, slug: str) -> Force:
    """The force; raises Http404 if it has no action plan."""
    found = get_object_or_404(Force.objects.visible_to(request.user), slug=slug)
    if not verbs.is_kept(found, london_day(timezone.now())):
        raise Http404
    return found


def _list(force: Force, user: User, on: datetime.date) -> dict:
    """The plan as it would be today, and what it lacks."""
    facts = compile_plan(force=force, on=on)
    return {"facts": facts, "gaps": _gaps(facts, force, user)}


def _compare(before: PlanFacts | None, facts: PlanFacts, force: Force, user: User) -> dict:
    was = statements(before) if before else {}
    return {"changes": statement_changes(was, statements(facts)), "gaps": _gaps(facts, force, user)}


def _gaps(facts: PlanFacts, force: Force, user: User) -> list[tuple[str, str, str]]:
    """Return each incomplete line: its reference, the address of its record, and what it lacks. At most one query."""
    found = gaps(facts)
    lacking = TrackedRecommendation.objects.visible_to(user).filter(force=force, reference__in=dict(found))
    pages = {each.reference: each.get_absolute_url() for each in lacking.only("reference")} if found else {}
    return [(reference, pages.get(reference, ""), lacks) for reference, lacks in found]


ACTION_PLAN = ReleaseKind(
    model=ActionPlan,
    title="Action plan",
    noun="version",
    done="Published",
    decide="Publish",
    advice="Look at what would be public, then send it. An approving officer, never you, publishes it.",
    send="Send for publication",
    sent="Sent. An approving officer publishes it.",
    overview="action_plans/plan.html",
    lacking="action_plans/gaps.html",
    body="public/action_plans/body.html",
    find_force=_force,
    make_form=lambda data, *, force, on: PrepareReleaseForm(data),
    compile=lambda form, force, on: compile_plan(force=force, on=on),
    prepare=verbs.prepare_plan,
    facts_of=verbs.facts_of,
    no_longer_public=lambda facts, plan: verbs.no_longer_public(facts, plan.force),
    context_of=lambda facts: {"facts": facts},
    compare=_compare,
    context_of_list=_list,
)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def publish(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Publish what another person prepared, outside a transaction because making the PDF takes time."""
    found, form = release_or_404(request, ACTION_PLAN, pk), ConfirmReleaseForm(submitted_data(request))
    if found.state == ReleaseState.WAITING and form.is_bound and form.is_valid():
        _publish(request, found, form)
        found = release_or_404(request, ACTION_PLAN, pk)
    if found.state != ReleaseState.WAITING:
        return redirect(found)
    return show_form(request, ACTION_PLAN, found, form, PUBLISH)


def _publish(request: AuthenticatedRequest, plan: ActionPlan, form: ConfirmReleaseForm) -> None:
    try:
        made = verbs.publish_plan(plan=plan, render=plan_pdf, by=request.user, at=timezone.now())
    except RenderFailed as failed:
        form.add_error(None, f"Nothing is published. {failed.reason}")
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
    else:
        messages.success(request, f"Published: version {made.number}, with its PDF and its data.")
