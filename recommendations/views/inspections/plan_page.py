"""The page of a planned inspection: its announcements, day by day, and the form beside them."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.inspections.plan_queries import PlanRow, days_in_words, latest_of
from recommendations.domain.inspections.plans import ENDED
from recommendations.enums import PlanState
from recommendations.forms.inspections.plans import (
    ChangePlanForm,
    LinkPlanForm,
    WithdrawAnnouncementForm,
    WithdrawPlanForm,
)
from recommendations.forms.site.base import VerbForm
from recommendations.models import PlanAnnouncement, PlannedInspection, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.views.commitments.page import CommitmentEvent
from recommendations.views.site.requests import AuthenticatedRequest

CHANGE, LINK, WITHDRAW, WITHDRAW_ENTRY = "change", "link", "withdraw", "withdraw-entry"
TITLES = {
    CHANGE: "Record what was said since",
    LINK: "Its report was published",
    WITHDRAW: "Withdraw the plan",
    WITHDRAW_ENTRY: "Withdraw an entry",
}
BUTTONS = {CHANGE: "Save", LINK: "Save", WITHDRAW: "Withdraw", WITHDRAW_ENTRY: "Withdraw"}
ASKED = (CHANGE, LINK, WITHDRAW)  # the forms that an address can open
GONE = "This plan is withdrawn, and stays as it is."


def visible(request: AuthenticatedRequest, pk: int) -> PlannedInspection:
    """The plan, withdrawn or not."""
    plans = PlannedInspection.on_file.visible_to(request.user)
    return get_object_or_404(plans.select_related("force", "recorded_by", "withdrawn_by"), pk=pk)


def show(
    request: AuthenticatedRequest,
    plan: PlannedInspection,
    *,
    key: str = "",
    form: VerbForm | None = None,
    entry: PlanAnnouncement | None = None,
) -> HttpResponse:
    """Render the page, with a form beside it: `form` if it was submitted, otherwise a new one. `entry` is to be
    withdrawn."""
    asked = request.GET.get("form", "")
    key = key or (asked if asked in ASKED else CHANGE)
    may_edit = request.user.has_perm(May.EDIT_INSPECTIONS)
    if key != CHANGE and not may_edit:
        raise PermissionDenied(f"needs {May.EDIT_INSPECTIONS}")
    latest, today = latest_of(plan), localdate()
    why_not = _why_not(plan, latest, key, entry)
    new = None if why_not or not may_edit else form or _new_form(plan, key, request.user, today)
    context = {
        "plan": plan,
        "row": PlanRow(latest, today),
        "latest": latest,
        "is_ahead": latest.state == PlanState.AHEAD and not plan.withdrawn_at,
        "events": list(_events(plan, may_edit)),
        "key": key,
        "entry": entry,
        "panel_title": TITLES[key],
        "button": BUTTONS[key],
        "action": _action(plan, key, entry),
        "form": new,
        "why_not": why_not,
        "may_edit": may_edit,
    }
    return render(request, "inspections/plans/plan.html", context, status=422 if form is not None else 200)


def _why_not(plan: PlannedInspection, latest: PlanAnnouncement, key: str, entry: PlanAnnouncement | None) -> str:
    """Why the form cannot be used now, or "" if it can."""
    if plan.withdrawn_at:
        return GONE
    if key == WITHDRAW_ENTRY:
        assert entry
        return "This entry is withdrawn already." if entry.withdrawn_at else ""
    return ENDED.get(latest.state, "") if key in (CHANGE, LINK) else ""


def _new_form(
    plan: PlannedInspection, key: str, user: User, today: datetime.date
) -> ChangePlanForm | LinkPlanForm | WithdrawAnnouncementForm | WithdrawPlanForm:
    if key == WITHDRAW_ENTRY:
        return WithdrawAnnouncementForm()
    if key == WITHDRAW:
        return WithdrawPlanForm(plan=plan)
    return LinkPlanForm(plan=plan, by=user) if key == LINK else ChangePlanForm(record=plan, on=today)


def _action(plan: PlannedInspection, key: str, entry: PlanAnnouncement | None) -> str:
    if key == WITHDRAW_ENTRY:
        assert entry
        return reverse("withdraw_announcement", args=[plan.pk, entry.pk])
    return reverse(f"{key}_plan", args=[plan.pk])


def _events(plan: PlannedInspection, may_edit: bool) -> list[Any]:
    """The plan's announcements, newest first."""
    rows = plan.announcements.select_related("recorded_by", "withdrawn_by", "inspection").latest_first()
    may_withdraw = may_edit and not plan.withdrawn_at
    return [_event(plan, row, may_withdraw) for row in rows]


def _event(plan: PlannedInspection, row: PlanAnnouncement, may_withdraw: bool) -> CommitmentEvent:
    recorded_on, withdrawn = london_day(row.recorded_at), ""
    if row.withdrawn_at:
        withdrawn = (
            f"Withdrawn on {say(london_day(row.withdrawn_at))} {_author_words(row.withdrawn_by)}: {row.withdrawn_why}"
        )
    args = [plan.pk, row.pk]
    return CommitmentEvent(
        on=row.effective_on,
        title=_title(row),
        by=_author_words(row.recorded_by),
        lines=tuple(filter(None, (_days_sentence(row), f"Source: {row.source}"))),
        recorded_on=recorded_on if recorded_on > row.effective_on else None,
        withdrawn=withdrawn,
        withdraw_url=reverse("withdraw_announcement", args=args) if may_withdraw and not row.withdrawn_at else "",
    )


def _title(row: PlanAnnouncement) -> str:
    if row.state == PlanState.AHEAD:
        return f"Expected {row.expected}"
    return PlanState(row.state).label


def _days_sentence(row: PlanAnnouncement) -> str:
    days = days_in_words(row)
    if row.state != PlanState.AHEAD or days.casefold() == row.expected.casefold():
        return ""
    return f"That is {days}." if days else "No day is named."


def _author_words(person: User | None) -> str:
    return f"by {person.name}" if person else "by the command line"
