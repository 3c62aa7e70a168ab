"""Indicators: the list by force, one with its chart and file, adding, changing and withdrawing one."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.indicators.csv import as_csv
from recommendations.domain.indicators import indicators as verbs
from recommendations.domain.indicators.attendance import attendance_by_force
from recommendations.domain.indicators.queries import shown_indicators, worse_since_closed
from recommendations.forms.indicators.indicators import DetailsForm, WithdrawIndicatorForm
from recommendations.models import Force, Indicator, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.indicators import page as pages
from recommendations.views.indicators.list import forces_of_list
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_or_render, submitted_data

CSV = "text/csv; charset=utf-8"
WORSE = "worse"
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_REGISTER)
def indicators(request: AuthenticatedRequest) -> HttpResponse:
    """The indicators of each force; ?show=worse: those that became worse after something was closed."""
    is_worse, day = request.GET.get("show") == WORSE, localdate()
    chosen = worse_since_closed(request.user) if is_worse else Indicator.objects.visible_to(request.user)
    rows = shown_indicators(chosen.order_by("force__name", "name"), request.user, day)
    attendance = [] if is_worse else attendance_by_force(request.user, day)
    context = {
        "forces": forces_of_list(request.user, rows, attendance),
        "is_worse": is_worse,
        "may_edit": request.user.has_perm(May.EDIT_TRACKED),
    }
    return render(request, "indicators/list.html", context)


@require_safe
@allow(May.SEE_REGISTER)
def indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One indicator: chart, values, definition, what it is of, and the form for the next value."""
    return pages.show(request, pages.visible_indicator(request, pk))


@require_safe
@allow(May.SEE_REGISTER)
def attendance_indicator(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Attendance at a force's Channel panels by month, as counted from its meetings."""
    found = {force.slug: (force, facts) for force, facts in attendance_by_force(request.user, localdate())}
    if slug not in found:
        raise Http404
    force, facts = found[slug]
    context = {"force": force, "chart": pages.IndicatorChart(facts)}
    return render(request, "indicators/attendance.html", context)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def add_indicator(request: AuthenticatedRequest) -> HttpResponse:
    """Add an indicator: of a force, or of the recommendation that the address names."""
    about = _asked_recommendation(request)
    force = about.force if about else _asked_force(request)
    initial = {"tracked": about.reference} if about else {}
    form = DetailsForm(submitted_data(request), by=request.user, force=force, initial=initial)

    def act(by: User, at: datetime.datetime) -> Indicator:
        return verbs.add_indicator(by=by, at=at, **form.verb_fields())

    context = {"title": "Add an indicator", "of_force": force, "back": reverse("indicators"), "button": "Add it"}
    message = "The indicator is added. Enter its first value."
    return submit_or_render(request, form, act, "indicators/edit.html", context, message=message, to=lambda made: made)


def _asked_recommendation(request: AuthenticatedRequest) -> TrackedRecommendation | None:
    asked = request.GET.get("recommendation", "")
    visible = TrackedRecommendation.objects.visible_to(request.user).select_related("force")
    return get_object_or_404(visible, reference=asked) if asked else None


def _asked_force(request: AuthenticatedRequest) -> Force | None:
    """The force that the address names, or the only one that there is."""
    visible, asked = Force.objects.visible_to(request.user), request.GET.get("force", "")
    if asked:
        return get_object_or_404(visible, slug=asked)
    few = list(visible.order_by("name")[:2])
    return few[0] if len(few) == 1 else None


@shown_or_sent
@allow(May.EDIT_TRACKED)
def edit_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change what is said of an indicator, or what it is of."""
    found = pages.visible_indicator(request, pk)
    form = DetailsForm(submitted_data(request), by=request.user, record=found)

    def act(by: User, at: datetime.datetime) -> Indicator:
        return verbs.edit_indicator(indicator=found, by=by, at=at, **form.verb_fields())

    context: dict[str, Any] = {"title": "Change an indicator", "indicator": found, "of_force": found.force}
    context |= {"back": found.get_absolute_url(), "button": "Save"}
    return submit_or_render(request, form, act, "indicators/edit.html", context, message="Saved.", to=found)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def withdraw_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw an indicator that was added by mistake, or that nobody follows any more."""
    found = pages.visible_indicator(request, pk, or_withdrawn=request.method == "POST")
    form = WithdrawIndicatorForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> Indicator:
        return verbs.withdraw_indicator(indicator=found, by=by, at=at, **form.verb_fields())

    context = {"title": "Withdraw this indicator", "indicator": found, "button": "Withdraw", "about": ""}
    context["about"] = "It leaves all lists, charts and new papers. Its values stay on file."
    to, message = reverse("indicators"), f"“{found}” is withdrawn."
    return submit_or_render(request, form, act, "indicators/do.html", context, message=message, to=to)


@require_safe
@allow(May.SEE_REGISTER)
def indicator_csv(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Download the series as CSV, as it counts today."""
    found, at = pages.visible_indicator(request, pk), timezone.now()
    name = f"{slugify(found.name) or 'indicator'}.csv"
    if request.method == "HEAD":
        return file_answer(name, CSV)
    chosen = Indicator.objects.visible_to(request.user).filter(pk=pk)
    (row,) = shown_indicators(chosen, request.user, localdate())
    trail.record(by=request.user, at=at, verb="export_indicator", subject=found)
    return file_answer(name, CSV, as_csv(row.facts))
