"""One meeting: its page, attendance, changing, cancelling and withdrawing it, its minutes and papers."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.panels import attendance, meetings
from recommendations.domain.panels.meeting_files import attach_file, withdraw_meeting_file
from recommendations.domain.panels.meeting_summary import came, force_words, papers_tabled_at, requests_asked_at
from recommendations.enums import MeetingState
from recommendations.forms.panels.attendance import AttendanceForm
from recommendations.forms.panels.meetings import (
    AttachFileForm,
    CancelMeetingForm,
    MeetingForm,
    WithdrawFileForm,
    WithdrawMeetingForm,
)
from recommendations.forms.site.base import VerbForm
from recommendations.models import Meeting, MeetingFile, User
from recommendations.permissions import May, allow
from recommendations.views.attachments.brought_files import issued_file_response
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def visible_meeting(request: AuthenticatedRequest, pk: int) -> Meeting:
    """The meeting, or Http404; withdrawn ones are visible to the office only."""
    found = Meeting.on_file.visible_to(request.user).select_related("panel__force", "withdrawn_by")
    standing = {} if request.user.has_perm(May.RECORD_MEETINGS) else {"withdrawn_at": None}
    return get_object_or_404(found, pk=pk, **standing)


@require_safe
@allow(May.SEE_PANELS)
def meeting(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One meeting: time and place, attendance, tabled papers, requests made."""
    found = visible_meeting(request, pk)
    people, may_write = came(found, request.user), request.user.has_perm(May.RECORD_MEETINGS)
    files = MeetingFile.objects.visible_to(request.user).filter(meeting=found).select_related("file")
    context = {
        "meeting": found,
        "people": people,
        "force_words": force_words(found, people.rows),
        "files": files.defer("file__content"),
        "tabled": papers_tabled_at(found) if may_write else [],
        "asked": requests_asked_at(found) if may_write else [],
        "may_write": may_write and not meetings.why_fixed(found),
        "may_attach": may_write and not found.withdrawn_at,
        "may_record": may_write and not meetings.why_not_recorded(found, localdate()),
        "is_held": found.state == MeetingState.HELD,
    }
    return render(request, "panels/meetings/meeting.html", context)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def record_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record who attended, in one grid."""
    found = visible_meeting(request, pk)
    if why_not := meetings.why_not_recorded(found, localdate()):
        return redirect_with_error(request, found, why_not)
    more = "more" in request.POST
    form = AttendanceForm(submitted_data(request), meeting=found, more=more)

    def act(by: User, at: datetime.datetime) -> Meeting:
        return attendance.record_attendance(meeting=found, by=by, at=at, **form.verb_fields())

    recording = request.method == "POST" and not more
    done = recording and submit_form(request, form, act, message="Attendance recorded.", to=found)
    context = {"form": form, "meeting": found}
    status = 422 if recording and not done else 200
    return done or render(request, "panels/meetings/attendance.html", context, status=status)


def redirect_with_error(request: AuthenticatedRequest, to: Meeting | str, why_not: str) -> HttpResponse:
    """Redirect to a record or an address, with a message why nothing can be done here."""
    messages.error(request, why_not)
    return redirect(to)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def change_meeting(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change times, place or note, or move the meeting to another day."""
    found = visible_meeting(request, pk)
    form = MeetingForm(submitted_data(request), record=found)
    return _do(
        request, found, form, meetings.change_meeting, "Saved.", title="Change or move the meeting", button="Save"
    )


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def cancel_meeting(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Cancel a planned meeting, with a reason."""
    found = visible_meeting(request, pk)
    form = CancelMeetingForm(submitted_data(request), record=found)
    said = {"title": "Cancel the meeting", "button": "Cancel the meeting"}
    return _do(request, found, form, meetings.cancel_meeting, "Cancelled.", **said)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_meeting(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a meeting that was recorded by mistake."""
    found = visible_meeting(request, pk)
    form = WithdrawMeetingForm(submitted_data(request), record=found)
    said = {"title": "Withdraw the meeting", "button": "Withdraw"}
    return _do(request, found, form, meetings.withdraw_meeting, "Withdrawn. It stays on record.", **said)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw all attendance of a meeting, for example because it was another meeting's."""
    found = visible_meeting(request, pk)
    form = WithdrawMeetingForm(submitted_data(request), record=found)
    said = {"title": "Withdraw the attendance", "button": "Withdraw"}
    return _do(request, found, form, attendance.withdraw_attendance, "Withdrawn. It stays on record.", **said)


def _do(
    request: AuthenticatedRequest,
    meeting: Meeting,
    form: VerbForm,
    verb: Callable,
    message: str,
    **extra: Any,
) -> HttpResponse:
    """Show one form about a meeting that can still be changed, or call its verb."""
    if why_not := meetings.why_fixed(meeting):
        return redirect_with_error(request, meeting, why_not)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(meeting=meeting, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=meeting)
    context = {"form": form, "meeting": meeting, **extra}
    return done or render(request, "panels/meetings/do.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def attach_meeting_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Attach minutes or papers."""
    found = visible_meeting(request, pk)
    if found.withdrawn_at:
        return redirect_with_error(request, found, meetings.WITHDRAWN)
    form = AttachFileForm(submitted_data(request), request.FILES or None)

    def act(by: User, at: datetime.datetime) -> MeetingFile:
        return attach_file(meeting=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Attached.", to=found)
    context = {"form": form, "meeting": found, "title": "Attach minutes or papers", "button": "Attach"}
    return done or render(request, "panels/meetings/do.html", context, status=422 if form.errors else 200)


def _file(request: AuthenticatedRequest, pk: int, file: int) -> MeetingFile:
    visible = MeetingFile.on_file.visible_to(request.user).select_related("file", "meeting__panel")
    return get_object_or_404(visible, pk=file, meeting=visible_meeting(request, pk))


@require_safe
@allow(May.RECORD_MEETINGS)
def meeting_file(request: AuthenticatedRequest, pk: int, file: int) -> HttpResponse:
    """Download a file; browsers save it rather than open it."""
    found = _file(request, pk, file)
    if found.withdrawn_at:
        raise Http404
    return issued_file_response(request, found.file)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_file(request: AuthenticatedRequest, pk: int, file: int) -> HttpResponse:
    """Withdraw a file that does not belong to the meeting."""
    found = _file(request, pk, file)
    if found.withdrawn_at:
        return redirect_with_error(request, found.meeting, "This file is withdrawn already.")
    form = WithdrawFileForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> MeetingFile:
        return withdraw_meeting_file(file=found, by=by, at=at, **form.verb_fields())

    to = found.meeting
    done = request.method == "POST" and submit_form(request, form, act, message="Withdrawn. It stays on record.", to=to)
    context = {"form": form, "meeting": to, "title": f"Withdraw {found.file.name}", "button": "Withdraw"}
    return done or render(request, "panels/meetings/do.html", context, status=422 if form.errors else 200)
