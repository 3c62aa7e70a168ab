"""Who came to a meeting, from a list: pasted or as a sheet, shown as it was read, and recorded once it is confirmed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.attendance import record_attendance
from recommendations.domain.attendance_lists import Members
from recommendations.domain.meetings import why_fixed
from recommendations.forms.attendance_lists import ConfirmListForm, PasteListForm, unsigned
from recommendations.models import Meeting
from recommendations.periods import say
from recommendations.permissions import May, allow
from recommendations.views.acting import act_on

GONE = "This list is no longer there, and nothing is saved. Paste it again."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _visible(request, pk: int) -> Meeting:
    return get_object_or_404(Meeting.on_file.visible_to(request.user).select_related("panel__force"), pk=pk)


def _why_not(found: Meeting) -> str:
    to_come = f"This meeting is on {say(found.on)}. Record who came on that day or later."
    return to_come if found.on > localdate() else why_fixed(found)


def _led_back(request, to, why_not: str):
    messages.error(request, why_not)
    return redirect(to)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def paste_attendance(request, pk: int):
    """Paste a list or choose a sheet; what was read of it is shown, and nothing is saved yet."""
    found = _visible(request, pk)
    if why_not := _why_not(found):
        return _led_back(request, found, why_not)
    members = Members(found)
    is_sent = request.method == "POST"
    form = PasteListForm(request.POST, request.FILES, members=members) if is_sent else PasteListForm(members=members)
    if is_sent and form.is_valid():
        shown = ConfirmListForm(meeting=found, members=members, people=form.people)
        return _preview(request, found, shown)
    context = {"form": form, "meeting": found}
    return render(request, "meetings/paste.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def confirm_attendance(request, pk: int):
    """Record the list that was shown, as it was matched."""
    found = _visible(request, pk)
    if why_not := _why_not(found):
        return _led_back(request, found, why_not)
    people = unsigned(request.POST.get("read", ""), found)
    if people is None:
        return _led_back(request, redirect("paste_attendance", pk=found.pk).url, GONE)
    form = ConfirmListForm(request.POST, meeting=found, members=Members(found), people=people)

    def act(by, at):
        return record_attendance(meeting=found, by=by, at=at, **form.verb_fields())

    done = act_on(request, form, act, message="Attendance recorded.", to=found)
    return done or _preview(request, found, form, status=422)


def _preview(request, found: Meeting, form: ConfirmListForm, status: int = 200):
    return render(request, "meetings/list.html", {"form": form, "meeting": found}, status=status)
