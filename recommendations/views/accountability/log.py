"""The action log of a force's meetings, and saying what shows that an action is done."""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.accountability.log import LogRow, log_rows, on_an_agenda, requests_about
from recommendations.domain.accountability.proofs import NewActionProof, close_action
from recommendations.domain.accountability.restricted import restricted_for
from recommendations.domain.actions.actions import latest_row
from recommendations.forms.accountability.meetings import CloseActionForm
from recommendations.models import AccountabilityMeeting, Action, ActionProof, Force, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.attachments.addresses import files_on
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_or_render, submitted_data

DONE_SHOWN = 180  # days after which what is done leaves the page


@require_safe
@allow(May.SEE_REGISTER)
def action_log(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What was agreed at a force's meetings, and what committees asked: what is open, the late first, and what was done
    lately."""
    force = get_object_or_404(Force.objects.visible_to(request.user), slug=slug)
    day = london_day(timezone.now())
    if not AccountabilityMeeting.objects.visible_to(request.user).filter(force=force).exists():
        raise Http404
    rows = _log_rows(request.user, force, day)
    files = files_on("action", [each.record.pk for each in rows if not each.is_request], request.user)
    context = {
        "force": force,
        "rows": [(each, None if each.is_request else files[each.record.pk].lines) for each in rows],
        "may_write": request.user.has_perm(May.RECORD_MEETINGS),
    }
    return render(request, "accountability/log.html", context)


def _log_rows(user: User, force: Force, day: datetime.date) -> list[LogRow]:
    """The actions and, of what committees asked, all that a user of the office sees; a force's own people read of that
    what is on an agenda.
    """
    since = day - datetime.timedelta(days=DONE_SHOWN)
    requests = requests_about(force, day)
    shown = requests if user.has_perm(May.DRAFT_PAPER) else on_an_agenda(requests, force)
    return log_rows(force, day, since, shown, restricted_for(user))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.RECORD_MEETINGS)
def close_meeting_action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that an action is done, and what shows it."""
    rows = Action.objects.visible_to(request.user).select_related("force")
    action = get_object_or_404(rows, pk=pk, agreed_at__isnull=False)
    row = latest_row(action)
    if not row.is_open and request.method != "POST":
        return redirect_with_error(request, action_log_url(action.force), "This action is done already.")
    form = CloseActionForm(submitted_data(request), record=action, by=request.user, force=action.force)

    def act(by: User, at: datetime.datetime) -> ActionProof:
        values = form.verb_fields()
        version = values.pop("version")
        return close_action(action=action, version=version, proof=NewActionProof(**values), by=by, at=at)

    context = {"action": action, "row": row, "log": action_log_url(action.force)}
    to, message = action_log_url(action.force), "The action is done."
    return submit_or_render(request, form, act, "accountability/close.html", context, message=message, to=to)


def action_log_url(force: Force) -> str:
    """The address of a force's action log."""
    return reverse("action_log", args=[force.slug])
