"""The action plan for fire inspections, for the office: its current content, its versions, and the two-person
decision.
"""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.digests import sha256_of
from recommendations.documents.action_plans.plan_pdf import plan_pdf
from recommendations.domain.action_plans import versions as verbs
from recommendations.domain.action_plans.compile import compile_plan
from recommendations.domain.action_plans.data import PlanFacts, gaps, statements
from recommendations.domain.force_pages.changes import compared
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.action_plans.versions import PrepareVersionForm
from recommendations.forms.site.releases import ConfirmReleaseForm
from recommendations.models import ActionPlan, Force, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.releases import (
    list_of,
    may_release,
    release_or_404,
    send_back,
    show_form,
    shown_or_sent,
    standing,
    withdraw,
)
from recommendations.views.submission.submit import submit_form, submitted_data

CRUMBS = "action_plans/crumbs.html"
PUBLISH = {
    "title": "Publish",
    "button": "Publish",
    "says": "Anyone can read it from now on, at its address.",
    "crumbs": CRUMBS,
}


def _force(request, slug: str) -> Force:
    """The force; raises Http404 if it has no action plan."""
    found = get_object_or_404(Force.objects.visible_to(request.user), slug=slug)
    if not verbs.is_kept(found, london_day(timezone.now())):
        raise Http404
    return found


def _plan(request, pk: int) -> ActionPlan:
    return release_or_404(request, ActionPlan, pk)


@require_safe
@allow(May.DRAFT_PAPER)
def action_plan(request, slug: str):
    """The published version, the one that waits, earlier ones, and what the plan lacks today."""
    force, today = _force(request, slug), london_day(timezone.now())
    listed = list_of(request.user, ActionPlan, force)
    stands = standing(listed["released"])
    gone = verbs.no_longer_public(verbs.facts_of(stands), force) if stands else []
    facts = compile_plan(force=force, on=today)
    context = {"force": force, "gone": gone, "facts": facts, "gaps": _gaps(facts, force, request.user)} | listed
    return render(request, "action_plans/plan.html", context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def prepare(request, slug: str):
    """Preview what would be public and what changes, then send it to an approving officer."""
    force, today = _force(request, slug), london_day(timezone.now())
    form = PrepareVersionForm(submitted_data(request))

    def act(by, at):
        return verbs.prepare_plan(force=force, by=by, at=at, **form.verb_fields())

    message = "Sent. An approving officer publishes it."
    if done := request.method == "POST" and submit_form(request, form, act, message=message, to=lambda made: made):
        return done
    facts = compile_plan(force=force, on=today)
    context = {"force": force, "form": form, "seen": sha256_of(facts.to_json())} | _shown(facts, force, request.user)
    return render(request, "action_plans/prepare.html", context, status=422 if form.errors else 200)


def _shown(facts: PlanFacts, force: Force, user: User) -> dict:
    """The content of the plan, what it lacks, and how it differs from the published version."""
    stands = standing(verbs.last_published(force))
    was = statements(verbs.facts_of(stands)) if stands else {}
    changes = compared(was, statements(facts))
    return {"facts": facts, "before": stands, "changes": changes, "gaps": _gaps(facts, force, user)}


def _gaps(facts: PlanFacts, force: Force, user: User) -> list[tuple[str, str, str]]:
    """Return each incomplete line: its reference, the address of its record, and what it lacks. At most one query."""
    found = gaps(facts)
    lacking = TrackedRecommendation.objects.visible_to(user).filter(force=force, reference__in=dict(found))
    pages = {each.reference: each.get_absolute_url() for each in lacking.only("reference")} if found else {}
    return [(reference, pages.get(reference, ""), lacks) for reference, lacks in found]


@require_safe
@allow(May.DRAFT_PAPER)
def version(request, pk: int):
    """One version as it was prepared; while it waits, also what it would change."""
    found = _plan(request, pk)
    facts, may_withdraw = verbs.facts_of(found), request.user.has_perm(May.FINALISE_PAPER)
    context = {"plan": found, "force": found.force, "facts": facts, "may_withdraw": may_withdraw}
    if found.state == ReleaseState.WAITING:
        context |= _shown(facts, found.force, request.user) | {"gone": verbs.no_longer_public(facts, found.force)}
        context["may_publish"] = may_release(request.user, found)
    return render(request, "action_plans/version.html", context)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def publish(request, pk: int):
    """Publish what another person prepared, outside a transaction because making the PDF takes time."""
    found, form = _plan(request, pk), ConfirmReleaseForm(submitted_data(request))
    if found.state == ReleaseState.WAITING and form.is_bound and form.is_valid():
        _publish(request, found, form)
        found = _plan(request, pk)
    if found.state != ReleaseState.WAITING:
        return redirect(found)
    return show_form(request, found, form, PUBLISH)


def _publish(request, found: ActionPlan, form: ConfirmReleaseForm) -> None:
    try:
        made = verbs.publish_plan(plan=found, render=plan_pdf, by=request.user, at=timezone.now())
    except RenderFailed as failed:
        form.add_error(None, f"Nothing is published. {failed.reason}")
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
    else:
        messages.success(request, f"Published: version {made.number}, with its PDF and its data.")


@shown_or_sent
@allow(May.DRAFT_PAPER)
def return_plan(request, pk: int):
    """Send back a prepared version, or take back your own."""
    found = _plan(request, pk)
    return send_back(request, found, partial(verbs.return_plan, plan=found), CRUMBS)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def withdraw_plan(request, pk: int):
    """Withdraw a published version."""
    found = _plan(request, pk)
    return withdraw(request, found, partial(verbs.withdraw_plan, plan=found), CRUMBS)
