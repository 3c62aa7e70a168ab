"""A force's page: its monitoring stage, its PEEL grades and planned inspections; and recording the first two."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.inspections import grades, monitoring
from recommendations.forms.forces.forces import MORE_ROWS, GradesForm, MonitoringForm, WithdrawForceEntryForm
from recommendations.forms.register.query_string import AsAtForm
from recommendations.models import Force, MonitoringStage, PeelCycle, PeelGrade, User
from recommendations.permissions import May, allow
from recommendations.views.forces import page
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

THEN, MORE = "then", "more"  # the buttons' name, and the value of the one that adds rows
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _visible(request: AuthenticatedRequest, slug: str) -> Force:
    return get_object_or_404(Force.objects.visible_to(request.user), slug=slug)


@require_safe
@allow(May.SEE_INSPECTIONS)
def force(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The inspectorate's view of a force, today or as at another day."""
    found, now = _visible(request, slug), timezone.now()
    asked = AsAtForm(request.GET, now=now) if {"as_at", "known_at"} & set(request.GET) else None
    context = page.context(found, request.user, now, asked)
    return render(request, "forces/force.html", context)


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def record_grades(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Record the grades that a force was given in a cycle on one day, area by area."""
    found = _visible(request, slug)
    about: dict[str, Any] = {"force": found, "cycle": _cycle(request), "by": request.user}
    if request.method == "POST" and request.POST.get(THEN) == MORE:
        rows = len(GradesForm(request.POST, **about).numbers) + MORE_ROWS
        form = GradesForm(initial=request.POST.dict() | {"rows": rows}, **about)
    else:
        form = GradesForm(request.POST or None, **about)
        done = _record(request, form, found) if request.method == "POST" else None
        if done:
            return done
    return render(request, "forces/grades.html", {"force": found, "form": form, "cycle": about["cycle"]})


def _cycle(request: AuthenticatedRequest) -> PeelCycle | None:
    """The requested cycle, otherwise the newest one that has begun."""
    cycles = PeelCycle.objects.order_by("-since", "-pk")
    asked = (request.POST if request.method == "POST" else request.GET).get("cycle", "")
    chosen = cycles.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    return chosen or cycles.filter(since__lte=localdate()).first() or cycles.first()


def _record(request: AuthenticatedRequest, form: GradesForm, force: Force) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> list[PeelGrade]:
        return grades.record_grades(force=force, by=by, at=at, **form.verb_fields())

    return submit_form(request, form, act, message="Grades recorded.", to=f"{page.address(force)}#grades")


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def record_monitoring_stage(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Record the stage of a force from a given day."""
    found = _visible(request, slug)
    form = MonitoringForm(request.POST or None, on=localdate())

    def act(by: User, at: datetime.datetime) -> MonitoringStage:
        return monitoring.record_monitoring_stage(force=found, by=by, at=at, **form.verb_fields())

    to = f"{page.address(found)}#monitoring"
    done = submit_form(request, form, act, message="Stage recorded.", to=to) if request.method == "POST" else None
    return done or render(request, "forces/monitoring.html", {"force": found, "form": form})


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def withdraw_grade(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a grade that was wrong."""
    found = _visible(request, slug)
    rows = PeelGrade.objects.visible_to(request.user).select_related("cycle", "force")
    row = get_object_or_404(rows, force=found, pk=pk)

    def act(by: User, at: datetime.datetime, **given: Any) -> PeelGrade:
        return grades.withdraw_grade(grade=row, by=by, at=at, **given)

    return _withdraw(request, found, row, act, title="Withdraw a grade", message="Grade withdrawn.")


@shown_or_sent
@allow(May.EDIT_INSPECTIONS)
def withdraw_monitoring_stage(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a stage that was wrong."""
    found = _visible(request, slug)
    rows = MonitoringStage.objects.visible_to(request.user).select_related("force")
    row = get_object_or_404(rows, force=found, pk=pk)

    def act(by: User, at: datetime.datetime, **given: Any) -> MonitoringStage:
        return monitoring.withdraw_monitoring_stage(stage=row, by=by, at=at, **given)

    return _withdraw(request, found, row, act, title="Withdraw a stage", message="Stage withdrawn.")


def _withdraw(
    request: AuthenticatedRequest, force: Force, row: Any, act: Callable, *, title: str, message: str
) -> HttpResponse:
    """Ask for a reason, then withdraw the row."""
    if row.withdrawn_at and request.method != "POST":
        raise Http404
    form = WithdrawForceEntryForm(request.POST or None)

    def withdraw(by: User, at: datetime.datetime) -> Any:
        return act(by, at, **form.verb_fields())

    to = page.address(force)
    done = submit_form(request, form, withdraw, message=message, to=to) if request.method == "POST" else None
    return done or render(request, "forces/withdraw.html", {"force": force, "form": form, "row": row, "title": title})
