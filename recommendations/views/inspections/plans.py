"""Planned inspections: adding one, its page, and one view for each verb that its forms call."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.inspections import plans
from recommendations.forms.inspections.plans import (
    ChangePlanForm,
    LinkPlanForm,
    PlanForm,
    WithdrawAnnouncementForm,
    WithdrawPlanForm,
)
from recommendations.forms.site.base import VerbForm
from recommendations.models import Force, PlanAnnouncement, PlannedInspection, User
from recommendations.permissions import May, allow
from recommendations.views.inspections import plan_page
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def plan_inspection(request: AuthenticatedRequest) -> HttpResponse:
    """Plan an inspection of a force."""
    asked = Force.objects.visible_to(request.user).filter(slug=request.GET.get("force", "")).first()
    form = PlanForm(request.POST or None, by=request.user, on=localdate(), initial={"force": asked} if asked else {})

    def act(by: User, at: datetime.datetime) -> PlannedInspection:
        return plans.plan_inspection(by=by, at=at, **form.verb_fields())

    done = (
        submit_form(request, form, act, message="Planned.", to=lambda made: made) if request.method == "POST" else None
    )
    return done or render(request, "inspections/plans/add.html", {"form": form, "force": asked})


@require_safe
@allow(May.SEE_INSPECTIONS)
def plan(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One planned inspection with its announcements, and the form to change it."""
    return plan_page.show(request, plan_page.visible(request, pk))


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def change_plan(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Correct a plan, or add a later announcement."""
    found = plan_page.visible(request, pk)
    if request.method != "POST":
        return redirect(found)
    form = ChangePlanForm(request.POST, record=found, on=localdate())
    return _submit(request, found, plan_page.CHANGE, form, plans.change_plan, "Saved.")


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def link_plan(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Link the published report of a planned inspection."""
    found = plan_page.visible(request, pk)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}?form={plan_page.LINK}#form")
    form = LinkPlanForm(request.POST, plan=found, by=request.user)
    return _submit(request, found, plan_page.LINK, form, plans.link_plan, "Its report is linked.")


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def withdraw_plan(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a plan that was recorded by mistake."""
    found = plan_page.visible(request, pk)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}?form={plan_page.WITHDRAW}#form")
    form = WithdrawPlanForm(request.POST, plan=found)
    return _submit(request, found, plan_page.WITHDRAW, form, plans.withdraw_plan, "Plan withdrawn.")


def _submit(
    request: AuthenticatedRequest,
    plan: PlannedInspection,
    key: str,
    form: VerbForm,
    verb: Callable,
    message: str,
) -> HttpResponse:
    """Call the verb with the submitted form, or show the page again with that form and its errors."""

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(plan=plan, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message=message, to=plan.get_absolute_url())
    return done or plan_page.show(request, plan, key=key, form=form)


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def withdraw_announcement(request: AuthenticatedRequest, pk: int, row: int) -> HttpResponse:
    """Ask for a reason beside the plan, then withdraw the entry."""
    found = plan_page.visible(request, pk)
    entry = get_object_or_404(found.announcements.select_related("plan", "inspection"), pk=row)
    if request.method != "POST":
        return plan_page.show(request, found, key=plan_page.WITHDRAW_ENTRY, entry=entry)
    form = WithdrawAnnouncementForm(request.POST)

    def act(by: User, at: datetime.datetime) -> PlanAnnouncement:
        return plans.withdraw_announcement(announcement=entry, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Entry withdrawn.", to=found.get_absolute_url())
    return done or plan_page.show(request, found, key=plan_page.WITHDRAW_ENTRY, form=form, entry=entry)
