"""Panels: the list, one with its members, meetings and attendance, and planning its meetings."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.documents.panels.attendance_chart import attendance_chart
from recommendations.domain.panels.meetings import plan_meetings as plan
from recommendations.domain.panels.panels import show_panel as show
from recommendations.domain.panels.panels import withdraw_member as withdraw
from recommendations.domain.panels.queries import MISSED, SILENT, filter_panel_rows, panel_rows
from recommendations.enums import MeetingState
from recommendations.forms.panels.meetings import PlanMeetingsForm, ShowPanelForm, WithdrawMemberForm
from recommendations.models import BankHoliday, Meeting, Panel, PanelMember, User
from recommendations.periods import say
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data
from recommendations.working_days import not_a_working_day

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
NARROWED = {
    MISSED: "Panels where the force was not at the last two meetings or more",
    SILENT: "Panels with no meeting recorded for longer than they are expected to meet",
}
PAGE = 24  # meetings before today, and cancelled ones


def _visible(request: AuthenticatedRequest) -> QuerySet[Panel]:
    return Panel.objects.visible_to(request.user).select_related("force", "replaced_by")


@require_safe
@allow(May.SEE_PANELS)
def panels(request: AuthenticatedRequest) -> HttpResponse:
    """The panels that this user may see, running and ended; the home page links to filtered lists."""
    show = request.GET.get("show", "")
    rows = filter_panel_rows(panel_rows(list(_visible(request).order_by("kind", "name")), localdate()), show)
    context = {
        "narrowed_to": NARROWED.get(show, ""),
        "running": [row for row in rows if not row.has_ended],
        "ended": [row for row in rows if row.has_ended],
        "may_write": request.user.has_perm(May.RECORD_MEETINGS),
    }
    return render(request, "panels/list.html", context)


@require_safe
@allow(May.SEE_PANELS)
def panel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One panel: its facts, its members, its meetings, and the force's attendance."""
    found, today = get_object_or_404(_visible(request), pk=pk), localdate()
    (row,) = panel_rows([found], today)
    meetings = Meeting.objects.visible_to(request.user).filter(panel=found)
    members = PanelMember.objects.visible_to(request.user).filter(panel=found).order_by("body", "name", "since")
    answers = {each.pk: each.answer for each in row.meetings}
    past = meetings.exclude(state=MeetingState.PLANNED, on__gte=today).order_by("-on", "-pk")
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.answer = answers[each.pk] if found.force_id or each.state != MeetingState.HELD else "Held"
        each.answer = "Attendance not recorded" if each.state == MeetingState.PLANNED else each.answer
    context = {
        "row": row,
        "panel": found,
        "members": [each for each in members if each.since <= today and not (each.until and each.until < today)],
        "others": [each for each in members if each.since > today or (each.until and each.until < today)],
        "ahead": list(meetings.ahead(today)),
        "page": page,
        "charts": [attendance_chart(row.meetings, today)] if found.force_id else [],
        "may_write": request.user.has_perm(May.RECORD_MEETINGS),
        "may_show": request.user.has_perm(May.FINALISE_PAPER),
    }
    return render(request, "panels/panel.html", context)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def show_panel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Mark a panel as public, or undo that."""
    found = get_object_or_404(_visible(request), pk=pk)
    form = ShowPanelForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> Panel:
        return show(panel=found, public=not found.public, by=by, at=at, **form.verb_fields())

    to, message = reverse("panel", args=[found.pk]), "No longer public." if found.public else "Marked as public."
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=to)
    context = {"form": form, "panel": found}
    return done or render(request, "panels/show.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.ADMINISTER)
def withdraw_member(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a member who was added by mistake."""
    visible = PanelMember.on_file.visible_to(request.user).select_related("panel")
    found, form = get_object_or_404(visible, pk=pk), WithdrawMemberForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> PanelMember:
        return withdraw(member=found, by=by, at=at, **form.verb_fields())

    to = reverse("admin:recommendations_panelmember_changelist")
    done = request.method == "POST" and submit_form(request, form, act, message="Withdrawn. It stays on record.", to=to)
    context = {"form": form, "member": found, "recorded": found.attendance.count()}
    return done or render(request, "panels/withdraw_member.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def plan_meetings(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Plan one meeting of a panel, or a series; warns of dates that are not working days."""
    found = get_object_or_404(_visible(request), pk=pk)
    form = PlanMeetingsForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> list[Meeting]:
        return plan(panel=found, by=by, at=at, **form.verb_fields())

    def done_to(made: Any) -> str:
        proclaimed = BankHoliday.objects.by_day()
        closed = [f"{say(each.on)} ({why})" for each in made if (why := not_a_working_day(each.on, proclaimed))]
        if closed:
            messages.warning(request, f"Not a working day: {', '.join(closed)}. Move it if that is wrong.")
        return reverse("panel", args=[found.pk])

    done = request.method == "POST" and submit_form(request, form, act, message="Planned.", to=done_to)
    context = {"form": form, "panel": found}
    return done or render(request, "panels/plan.html", context, status=422 if form.errors else 200)
