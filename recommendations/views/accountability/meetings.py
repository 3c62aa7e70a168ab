"""Accountability meetings: the list, planning one, its page, its agenda made ready, withdrawing it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.accountability import meetings as verbs
from recommendations.domain.accountability.log import open_points
from recommendations.domain.accountability.minutes import confirm_minutes as confirm
from recommendations.domain.accountability.queries import items_of, meeting_facts
from recommendations.domain.accountability.restricted import restricted_for
from recommendations.domain.public.meetings import releases_of_meeting
from recommendations.enums.accountability import AgendaState
from recommendations.forms.accountability.meetings import (
    ChangeAccountabilityForm,
    ConfirmMeetingForm,
    PlanAccountabilityForm,
    WithdrawAccountabilityForm,
)
from recommendations.forms.site.base import VerbForm
from recommendations.models import AccountabilityMeeting, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_or_render, submitted_data

PAGE_SIZE = 40
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def visible_meeting(request: AuthenticatedRequest, pk: int) -> AccountabilityMeeting:
    """The meeting with this id, a withdrawn one too. Raises Http404 if the user may not see it."""
    found = AccountabilityMeeting.on_file.visible_to(request.user).select_related("force", "withdrawn_by", "came_from")
    return get_object_or_404(found, pk=pk)


@require_safe
@allow(May.SEE_REGISTER)
def accountability(request: AuthenticatedRequest) -> HttpResponse:
    """All meetings that the user sees, the latest first, and each force's action log."""
    rows = AccountabilityMeeting.objects.visible_to(request.user).select_related("force")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    forces = {each.force for each in page.object_list}
    context = {
        "page": page,
        "today": london_day(timezone.now()),
        "forces": sorted(forces, key=lambda each: each.name),
        "may_write": request.user.has_perm(May.RECORD_MEETINGS),
    }
    return render(request, "accountability/list.html", context)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def plan_accountability(request: AuthenticatedRequest) -> HttpResponse:
    """Plan a meeting."""
    form = PlanAccountabilityForm(submitted_data(request), by=request.user, today=london_day(timezone.now()))

    def act(by: User, at: datetime.datetime) -> AccountabilityMeeting:
        return verbs.plan_accountability(by=by, at=at, **form.verb_fields())

    message = "The meeting is planned. Put items on its agenda."
    return submit_or_render(request, form, act, "accountability/plan.html", {}, message=message, to=lambda made: made)


@require_safe
@allow(May.SEE_REGISTER)
def accountability_meeting(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda with what each item says, its minutes once confirmed, what is carried forward."""
    meeting, day = visible_meeting(request, pk), london_day(timezone.now())
    restricted_of = restricted_for(request.user)
    facts = meeting_facts(meeting, user=request.user, day=day, with_restricted=True, restricted_of=restricted_of)
    may_write = request.user.has_perm(May.RECORD_MEETINGS) and meeting.withdrawn_at is None
    is_preparing, (released, waiting) = meeting.is_preparing, releases_of_meeting(meeting)
    context = {
        "meeting": meeting,
        "facts": facts,
        "items": list(zip(facts.items, items_of(meeting), strict=True)) if is_preparing else [],
        "to_carry": open_points(meeting.force, day) if is_preparing else [],
        "today": day,
        "may_write": may_write,
        "may_minute": may_write and meeting.is_ready and meeting.on <= day,
        "may_release": may_write and not is_preparing and request.user.has_perm(May.DRAFT_PAPER),
        "released": released,
        "waiting": waiting,
        "has_restricted": facts.has_restricted,
    }
    return render(request, "accountability/meeting.html", context)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def change_accountability(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change title, day, time or place."""
    found = visible_meeting(request, pk)
    form = ChangeAccountabilityForm(submitted_data(request), record=found)
    words = {"title": "Change the meeting", "button": "Save"}
    return do(request, found, "change_accountability", form, verbs.change_accountability, "Saved.", **words)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def make_agenda_ready(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Make the agenda ready: the force sees it, and it never changes again."""
    found = visible_meeting(request, pk)
    words = {
        "title": "Make the agenda ready",
        "button": "Make it ready",
        "says": f"{found.force.name} sees the agenda from now on. What each item says is kept as it is today, open "
        "actions of earlier meetings are put on it, and it does not change again.",
    }
    form = ConfirmMeetingForm(submitted_data(request), record=found)
    return do(request, found, "make_agenda_ready", form, verbs.make_agenda_ready, "The agenda is ready.", **words)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def confirm_minutes(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Confirm the minutes: the force sees them, and they never change again."""
    found = visible_meeting(request, pk)
    words = {
        "title": "Confirm the minutes",
        "button": "Confirm the minutes",
        "says": f"{found.force.name} sees the minutes from now on, each view of a recommendation goes to the register "
        "as of the day of the meeting, and the minutes do not change again.",
    }
    form = ConfirmMeetingForm(submitted_data(request), record=found)
    return do(request, found, "confirm_minutes", form, confirm, "The minutes are confirmed.", **words)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_accountability(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a meeting that was called off, or entered by mistake."""
    found = visible_meeting(request, pk)
    form = WithdrawAccountabilityForm(submitted_data(request), record=found)
    words = {
        "title": "Withdraw the meeting",
        "button": "Withdraw the meeting",
        "says": "It stays on file, and is listed no more. Actions that were agreed at it stay open.",
    }
    verb = verbs.withdraw_accountability
    return do(request, found, "withdraw_accountability", form, verb, "Withdrawn. It stays on file.", **words)


def why_not(meeting: AccountabilityMeeting, doing: str) -> str:
    """Why nothing of this kind can be done with a meeting, or ""."""
    if meeting.withdrawn_at:
        return "This meeting is withdrawn. It stays as it is."
    return "" if (meeting.state, doing) in verbs.TRANSITIONS else verbs.WHY_NOT[AgendaState(meeting.state)]


def do(
    request: AuthenticatedRequest,
    meeting: AccountabilityMeeting,
    doing: str,
    form: VerbForm,
    verb: Callable[..., Any],
    message: str,
    **words: str,
) -> HttpResponse:
    """Show one form about a meeting whose state allows it, or call its verb."""
    if (refused := why_not(meeting, doing)) and request.method != "POST":
        return redirect_with_error(request, meeting, refused)

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(meeting=meeting, by=by, at=at, **form.verb_fields())

    context = {"meeting": meeting, **words}
    return submit_or_render(request, form, act, "accountability/do.html", context, message=message, to=meeting)
