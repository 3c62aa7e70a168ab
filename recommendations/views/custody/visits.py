"""Custody visits: coverage of suites, days and times; one visit; recording, answering and withdrawing it."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.documents.custody.heatmap import coverage_charts
from recommendations.domain.custody import visits
from recommendations.domain.custody.queries import custody_coverage
from recommendations.forms.custody.visits import CoverageForm, VisitAnswerForm, VisitForm, WithdrawVisitForm
from recommendations.models import CustodySuite, CustodyVisit, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 25
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.RECORD_MEETINGS)
def custody(request: AuthenticatedRequest) -> HttpResponse:
    """The visits of a period: coverage by suite, weekday and time of day, and the list of visits."""
    form = CoverageForm(request.GET, by=request.user, today=localdate())
    period, suite = form.period, form.chosen
    rows = CustodyVisit.objects.visible_to(request.user).within(period.start, period.end)
    rows = (rows.filter(suite=suite) if suite else rows).select_related("suite")
    found = custody_coverage(request.user, period, suite)
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "period": period,
        "covered": found,
        "charts": coverage_charts(found.suites) if found.suites else [],
        "page": Paginator(rows.order_by("-on", "-start", "-pk"), PAGE).get_page(request.GET.get("page")),
        "query": urlencode(asked) + "&" * bool(asked),
        "is_empty": not found.suites and not asked,
    }
    return render(request, "custody/list.html", context)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def record_visit(request: AuthenticatedRequest) -> HttpResponse:
    """Record a visit that took place."""
    form = VisitForm(submitted_data(request), by=request.user, initial={"suite": request.GET.get("suite", "")})

    def act(by: User, at: datetime.datetime) -> CustodyVisit:
        return visits.record_visit(by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Visit recorded.", to=lambda made: made)
    suites = CustodySuite.objects.visible_to(request.user).exists()
    said = {"form": form, "has_suites": suites}
    return done or render(request, "custody/add.html", said, status=422 if form.is_bound else 200)


def _visible(request: AuthenticatedRequest, pk: int) -> CustodyVisit:
    found = CustodyVisit.on_file.visible_to(request.user).select_related("suite__force", "recorded_by", "withdrawn_by")
    return get_object_or_404(found, pk=pk)


@require_safe
@allow(May.RECORD_MEETINGS)
def custody_visit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One visit: when, by how many visitors, the counts, the findings, and the force's answer."""
    return render(request, "custody/visit.html", {"visit": _visible(request, pk)})


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def answer_visit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record or correct the force's answer."""
    found = _visible(request, pk)
    form = VisitAnswerForm(submitted_data(request), record=found, on=localdate())
    said = {"title": "The force’s answer", "button": "Save the answer"}
    return _do(request, found, form, visits.answer_visit, "Answer recorded.", said)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_visit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a visit that was recorded by mistake."""
    found = _visible(request, pk)
    form = WithdrawVisitForm(submitted_data(request), record=found)
    said = {"title": "Withdraw the visit", "button": "Withdraw"}
    return _do(request, found, form, visits.withdraw_visit, "Withdrawn. It stays on record.", said)


def _do(
    request: AuthenticatedRequest,
    visit: CustodyVisit,
    form: VisitAnswerForm | WithdrawVisitForm,
    verb: Callable,
    message: str,
    extra: dict,
) -> HttpResponse:
    """Call the verb with the submitted form, or show the form beside the visit."""

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(visit=visit, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=visit.get_absolute_url())
    context = {"form": form, "visit": visit} | extra
    return done or render(request, "custody/do.html", context, status=422 if form.is_bound else 200)
