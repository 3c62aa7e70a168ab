"""Values of one indicator: recording and withdrawing them, and where its definition changed."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from recommendations.domain.indicators import indicators as verbs
from recommendations.domain.indicators import values
from recommendations.forms.indicators.indicators import DefinitionForm, ReasonForm
from recommendations.models import DefinitionChange, Indicator, IndicatorValue, User
from recommendations.permissions import May, allow
from recommendations.views.indicators import page as pages
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submit_or_render, submitted_data

PAGE = "indicators/do.html"
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def record_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record the value of a period, or correct it."""
    found = pages.visible_indicator(request, pk)
    if request.method != "POST":
        return redirect(found)
    form = pages.value_form(request, found, data=request.POST)

    def act(by: User, at: datetime.datetime) -> IndicatorValue:
        return values.record_value(indicator=found, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="The value is recorded.", to=found)
    return done or pages.show(request, found, form)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def withdraw_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a wrong value; the one before it counts again."""
    seen = Indicator.objects.visible_to(request.user)
    rows = IndicatorValue.on_file.filter(indicator__in=seen).select_related("indicator__force")
    found, form = get_object_or_404(rows, pk=pk), ReasonForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> IndicatorValue:
        return values.withdraw_value(value=found, by=by, at=at, **form.verb_fields())

    about = f"{found.indicator.period_words(found.period)}: {found.words}, as {found.said_by} said."
    context = {"title": "Withdraw a value", "indicator": found.indicator, "button": "Withdraw", "about": about}
    message = "The value is withdrawn. It stays on record."
    return submit_or_render(request, form, act, PAGE, context, message=message, to=found.indicator)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def change_definition(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that from a day on the numbers count something else."""
    found = pages.visible_indicator(request, pk)
    form = DefinitionForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> DefinitionChange:
        return verbs.change_definition(indicator=found, by=by, at=at, **form.verb_fields())

    about = "The line of the chart breaks on that day: what stands before it is not compared with what follows."
    context = {"title": "The definition changed", "indicator": found, "button": "Save", "about": about}
    return submit_or_render(request, form, act, PAGE, context, message="The change is recorded.", to=found)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def withdraw_change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a change of definition that was wrong."""
    seen = Indicator.objects.visible_to(request.user)
    rows = DefinitionChange.on_file.filter(indicator__in=seen).select_related("indicator__force")
    found, form = get_object_or_404(rows, pk=pk), ReasonForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> DefinitionChange:
        return verbs.withdraw_change(change=found, by=by, at=at, **form.verb_fields())

    context: dict[str, Any] = {"title": "Withdraw a change of definition", "indicator": found.indicator}
    context |= {"button": "Withdraw", "about": f"{found}, from “{found.was}”."}
    message = "The change is withdrawn. Check the words of the definition."
    return submit_or_render(request, form, act, PAGE, context, message=message, to=found.indicator)
