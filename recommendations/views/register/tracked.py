"""A tracked recommendation: its page, and one view for each verb that its forms call."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, disputes, restrictions, voices
from recommendations.domain.register.entries import VOICES, entries_for, voices_in_use
from recommendations.domain.register.parts import closures as part_closures
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.risk import delays, weights
from recommendations.domain.similar.updates import log_linked_update
from recommendations.models import TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.attachments.bringing import MOST_SENT, attach_beside
from recommendations.views.register.place import carried_query
from recommendations.views.register.tracked_forms import new_form
from recommendations.views.register.tracked_page import show
from recommendations.views.register.tracked_panels import (
    ASSURANCE,
    CLOSURE,
    DECIDE,
    DECIDE_PART,
    DECLINE,
    DELAY,
    DISPUTE_DECISION,
    DISPUTE_REASON,
    DISPUTE_REPLY,
    EDIT,
    LIFT,
    PART,
    RECHECK,
    REOPEN,
    REOPEN_PART,
    RESTRICT,
    RISK,
    SLIP,
    STATUS,
    STAYS,
    TARGET,
    UPDATE,
    WITH_FILES,
    WITHDRAW,
)
from recommendations.views.register.withdrawing import EntryToWithdraw, recheck_to_withdraw, voice_to_withdraw
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import require_recent_sign_in
from recommendations.views.submission.submit import submit_form

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_REGISTER)
def tracked(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return show(request, pk)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def log_force_update(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, UPDATE, log_linked_update, "Force update added to {}.")


@shown_or_sent
@allow(May.RECORD_ASSURANCE)
def record_assurance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, ASSURANCE, voices.record_assurance, "OPCC assurance recorded on {}.")


@shown_or_sent
@allow(May.RECORD_INSPECTORATE_STATUS)
def record_inspectorate_status(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, STATUS, voices.record_inspectorate_status, "{source} status recorded on {}.")


@shown_or_sent
@allow(May.SET_TARGET)
def set_target(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, TARGET, voices.set_target, "Target of {} saved.")


@shown_or_sent
@allow(May.RECORD_ASSURANCE)
def weigh(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, RISK, weights.weigh, "Risk and themes recorded on {}.")


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def record_delay(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, DELAY, delays.record_delay, "Cause of delay recorded on {}.")


@shown_or_sent
@allow(May.REQUEST_CLOSURE)
def request_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    message = "Closure of {} requested. An approving officer decides."
    return _submit(request, pk, CLOSURE, closures.request_closure, message)


@shown_or_sent
@allow(May.DECIDE_CLOSURE)
@require_recent_sign_in
def approve_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, DECIDE, closures.approve_closure, "{} is closed.")


@shown_or_sent
@allow(May.DECIDE_CLOSURE)
def decline_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    message = "Closure of {} not approved. It stays open."
    return _submit(request, pk, DECIDE, closures.decline_closure, message, form_key=DECLINE)


@shown_or_sent
@allow(May.REOPEN)
def recheck(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record the finding of a recheck, or the day of the next one; the form chooses the verb."""
    record = _visible(request, pk)
    if request.method != "POST":
        return _redirect_to_form(request, record, RECHECK)
    form, made = new_form(RECHECK, request, record, data=request.POST), []

    def act(by: User, at: datetime.datetime) -> None:
        made.append(form.act(tracked=record, by=by, at=at))

    words = form.message if form.is_valid() else ""
    saved = submit_form(request, form, act, message=words.format(record), to=_back_to(request, record))
    if saved and made and request.FILES:
        return attach_beside(request, made[0], saved)
    return saved or show(request, pk, key=RECHECK, form=form)


@shown_or_sent
@allow(May.DECIDE_CLOSURE)
@require_recent_sign_in
def agree_slip(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, SLIP, rechecks.agree_slip, "{} is open again.")


@shown_or_sent
@allow(May.DECIDE_CLOSURE)
def decline_slip(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, SLIP, rechecks.decline_slip, "{} stays closed.", form_key=STAYS)


@shown_or_sent
@allow(May.REOPEN)
def reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, REOPEN, closures.reopen, "{} is open again.")


for with_files in (log_force_update, record_assurance, request_closure, recheck):
    with_files.most_bytes = MOST_SENT  # type: ignore[attr-defined]  # read by middleware/bodies.py


@shown_or_sent
@allow(May.REQUEST_CLOSURE)
def request_part_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    message = "Closure of a part of {} requested. An approving officer decides."
    return _submit(request, pk, PART, part_closures.request_part_closure, message)


@shown_or_sent
@allow(May.DECIDE_CLOSURE)
@require_recent_sign_in
def decide_part_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, DECIDE_PART, part_closures.decide_part_closure, "Decision on a part of {} saved.")


@shown_or_sent
@allow(May.REOPEN)
def reopen_part(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, REOPEN_PART, part_closures.reopen_part, "A part of {} is open again.")


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def record_dispute_reason(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    message = "Why the force does not accept {} is recorded."
    return _submit(request, pk, DISPUTE_REASON, disputes.record_dispute_reason, message)


@shown_or_sent
@allow(May.RECORD_INSPECTORATE_STATUS)
def record_dispute_reply(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, DISPUTE_REPLY, disputes.record_dispute_reply, "Reply on {} recorded.")


@shown_or_sent
@allow(May.DECIDE_DISPUTE)
@require_recent_sign_in
def decide_dispute(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, DISPUTE_DECISION, disputes.decide_dispute, "Decision on {} recorded.")


@shown_or_sent
@allow(May.EDIT_TRACKED)
def edit_tracked(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, EDIT, inspections.edit_tracked, "Details of {} saved.")


@shown_or_sent
@allow(May.RESTRICT)
def restrict(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, RESTRICT, restrictions.restrict, "{} is restricted: it appears in closed papers only.")


@shown_or_sent
@allow(May.RESTRICT)
def lift_restriction(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _submit(request, pk, LIFT, restrictions.lift_restriction, "{} is no longer restricted.")


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def withdraw(request: AuthenticatedRequest, pk: int, voice: str, row: int) -> HttpResponse:
    """Ask for the reason beside the record, then withdraw the entry. 403 for entries of the other side."""
    record, said = _visible(request, pk), None
    if voice in voices_in_use():
        said = next((each for each in entries_for(record) if (each.voice, each.id) == (voice, row)), None)
    if said is None:
        raise Http404
    model = VOICES[voice]
    if not voices.may_withdraw(request.user, model, said.force, said.stage):
        raise PermissionDenied("recorded by the other side")
    # without visible_to: the entry was found among those of a visible recommendation
    rows = model.objects.filter(pk=row)
    return _withdraw(request, record, voice_to_withdraw(said), rows, voices.withdraw)


@shown_or_sent
@allow(May.REOPEN)
def withdraw_recheck(request: AuthenticatedRequest, pk: int, row: int) -> HttpResponse:
    """The same for a recheck. 404 for one of another recommendation."""
    record = _visible(request, pk)
    rows = record.rechecks.select_related("recorded_by").filter(pk=row)
    return _withdraw(request, record, recheck_to_withdraw(get_object_or_404(rows)), rows, rechecks.withdraw_recheck)


def _withdraw(
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    entry: EntryToWithdraw,
    rows: QuerySet[Any],
    verb: Callable,
) -> HttpResponse:
    """Show the panel, or call the verb with its form. `rows` has the entry's alone."""
    if request.method != "POST":
        return show(request, record.pk, key=WITHDRAW, entry=entry)
    form = new_form(WITHDRAW, request, record, words={}, data=request.POST)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(row=rows.get(), by=by, at=at, **form.verb_fields())

    saved = submit_form(request, form, act, message=f"Entry withdrawn from {record}.", to=_back_to(request, record))
    return saved or show(request, record.pk, key=WITHDRAW, form=form, entry=entry)


def _submit(
    request: AuthenticatedRequest, pk: int, key: str, verb: Callable, message: str, form_key: str = ""
) -> HttpResponse:
    """Call the verb with the submitted form, or show the page again with that form and its errors."""
    record = _visible(request, pk)
    if request.method != "POST":
        return _redirect_to_form(request, record, key)
    form, made = new_form(form_key or key, request, record, data=request.POST), []

    def act(by: User, at: datetime.datetime) -> None:
        made.append(verb(tracked=record, by=by, at=at, **form.verb_fields()))

    saved = submit_form(
        request, form, act, message=message.format(record, source=_source_of(record)), to=_back_to(request, record)
    )
    if saved and made and key in WITH_FILES and request.FILES:
        return attach_beside(request, made[0], saved)
    return saved or show(request, pk, key=key, form=form)


def _redirect_to_form(request: AuthenticatedRequest, record: TrackedRecommendation, key: str) -> HttpResponse:
    """Redirect to the record's page with this form open."""
    to = _back_to(request, record)
    return redirect(f"{to}{'&' if '?' in to else '?'}form={key}#form")


def _source_of(record: TrackedRecommendation) -> str:
    return record.recommendation.inspection.source_word


def _back_to(request: AuthenticatedRequest, record: TrackedRecommendation) -> str:
    """The record's page, with the list that it was opened from in the query string."""
    return f"{record.get_absolute_url()}{carried_query(request.GET)}"


def _visible(request: AuthenticatedRequest, pk: int) -> TrackedRecommendation:
    return get_object_or_404(TrackedRecommendation.objects.visible_to(request.user).with_record(), pk=pk)
