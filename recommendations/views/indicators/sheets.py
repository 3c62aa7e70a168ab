"""Many values at once: pasted from a sheet or from a file, shown before they are saved, and undone as one."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.indicators import values
from recommendations.domain.indicators.values import may_enter
from recommendations.domain.submission.idempotency import earlier_submission
from recommendations.forms.indicators.indicators import ReasonForm
from recommendations.forms.indicators.values import SheetForm
from recommendations.models import Force, Indicator, IndicatorSheet, IndicatorValue, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import (
    redirect_with_error,
    submit_form,
    submit_or_render,
    submitted_data,
)

LATEST = 5  # sheets that the page offers to undo
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def indicator_sheet(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Read a sheet and show what it would change; save it once nothing is wrong and it was shown."""
    force = get_object_or_404(Force.objects.visible_to(request.user), slug=slug)
    mine = [
        each for each in Indicator.objects.visible_to(request.user).filter(force=force) if may_enter(request.user, each)
    ]
    form = SheetForm(
        submitted_data(request), request.FILES or None, force=force, indicators=mine, by=request.user, today=localdate()
    )
    if done := _save(request, form):
        return done
    context = {"form": form, "force": force, "indicators": mine, "sheets": _latest_sheets(request, force)}
    is_wrong = bool(form.errors or (form.sheet and form.sheet.wrong))
    return render(request, "indicators/sheet.html", context, status=422 if is_wrong else 200)


def _save(request: AuthenticatedRequest, form: SheetForm) -> HttpResponse | None:
    """Save what was shown, if that is asked. What is on record already may have been sent twice: the verb is asked."""
    if request.method != "POST" or not form.is_valid() or "save" not in request.POST:
        return None
    if not (form.was_shown and form.changes and form.sheet and not form.sheet.wrong):
        return None

    def act(by: User, at: datetime.datetime) -> IndicatorSheet:
        return values.record_sheet(by=by, at=at, **form.verb_fields())

    number = form.changes.to_save
    message = "1 value is recorded." if number == 1 else f"{number:,} values are recorded."
    return submit_form(request, form, act, message=message, to=reverse("indicators"))


def _latest_sheets(request: AuthenticatedRequest, force: Force) -> list[IndicatorSheet]:
    """The latest sheets of a force that this person may undo: the office all, a lead their own force's."""
    found = IndicatorSheet.objects.filter(force=force).select_related("recorded_by")
    rows = found if request.user.has_perm(May.EDIT_TRACKED) else found.filter(recorded_by__force=request.user.force_id)
    return list(rows.order_by("-recorded_at", "-pk")[:LATEST])


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def undo_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw all values of a sheet, with a reason. Once it is undone there is nothing to offer."""
    visible = IndicatorValue.on_file.filter(indicator__in=Indicator.objects.visible_to(request.user))
    sheets = IndicatorSheet.on_file.filter(pk__in=visible.values("sheet")).select_related("force")
    found = get_object_or_404(sheets, pk=pk)
    to = reverse("indicator_sheet", args=[found.force.slug])
    if found.withdrawn_at and not earlier_submission(request.POST.get("once", ""), by=request.user):
        return redirect_with_error(request, to, values.UNDONE)
    form = ReasonForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> IndicatorSheet:
        return values.undo_sheet(sheet=found, by=by, at=at, **form.verb_fields())

    number = found.values.count()
    context: dict[str, Any] = {"title": "Undo a sheet", "force": found.force, "button": "Undo all of it"}
    context["about"] = (
        f"“{found}”: {number:,} value{'s' if number != 1 else ''}. What counted before them counts again."
    )
    message = "The sheet is undone. Its values stay on record."
    return submit_or_render(request, form, act, "indicators/do.html", context, message=message, to=to)
