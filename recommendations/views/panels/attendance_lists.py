"""Attendance of a meeting from a list: pasted or uploaded, shown as read, and recorded once confirmed."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.panels.attendance import record_attendance
from recommendations.domain.panels.attendance_matching import Members
from recommendations.domain.panels.meetings import why_not_recorded
from recommendations.forms.panels.attendance_lists import ConfirmListForm, PasteListForm, read_signed_list
from recommendations.models import Meeting, User
from recommendations.permissions import May, allow
from recommendations.views.panels.meetings import redirect_with_error, visible_meeting
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

GONE = "This list is no longer there, and nothing is saved. Paste it again."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def paste_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Paste a list or choose a spreadsheet; shows what was read, saves nothing."""
    found = visible_meeting(request, pk)
    if why_not := why_not_recorded(found, localdate()):
        return redirect_with_error(request, found, why_not)
    members = Members(found)
    is_sent = request.method == "POST"
    form = PasteListForm(request.POST, request.FILES, members=members) if is_sent else PasteListForm(members=members)
    if is_sent and form.is_valid():
        shown = ConfirmListForm(meeting=found, members=members, people=form.people)
        return _preview(request, found, shown)
    context = {"form": form, "meeting": found}
    return render(request, "panels/meetings/paste.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def confirm_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record the list that was shown, as matched."""
    found = visible_meeting(request, pk)
    if why_not := why_not_recorded(found, localdate()):
        return redirect_with_error(request, found, why_not)
    people = read_signed_list(request.POST.get("read", ""), found)
    if people is None:
        return redirect_with_error(request, reverse("paste_attendance", args=[found.pk]), GONE)
    form = ConfirmListForm(request.POST, meeting=found, members=Members(found), people=people)

    def act(by: User, at: datetime.datetime) -> Meeting:
        return record_attendance(meeting=found, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Attendance recorded.", to=found)
    return done or _preview(request, found, form, status=422)


def _preview(request: AuthenticatedRequest, meeting: Meeting, form: ConfirmListForm, status: int = 200) -> HttpResponse:
    return render(request, "panels/meetings/list.html", {"form": form, "meeting": meeting}, status=status)
