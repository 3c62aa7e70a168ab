"""Sessions: the user's own, and another person's for administrators. Each can be ended."""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.people.sessions import end_session, session_handle, sessions_by_person
from recommendations.forms.audit.sessions import EndSessionForm
from recommendations.models import User
from recommendations.permissions import May, allow
from recommendations.sign_in.events import origin_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.USE)
def own_sessions(request: AuthenticatedRequest) -> HttpResponse:
    """The user's own sessions, this browser first."""
    return _sessions(request, request.user, reverse("own_sessions"), "audit/own_sessions.html")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def person_sessions(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another person's sessions, for an administrator."""
    person = get_object_or_404(User, pk=pk)
    return _sessions(request, person, reverse("people_access"), "audit/person_sessions.html")


def _sessions(request: AuthenticatedRequest, person: User, to: str, template: str) -> HttpResponse:
    form, own_mark = EndSessionForm(submitted_data(request)), session_handle(request.session.session_key or "")

    def act(by: User, at: datetime.datetime) -> int:
        return end_session(person=person, by=by, at=at, but=own_mark, origin=origin_of(request), **form.verb_fields())

    if done := request.method == "POST" and submit_form(request, form, act, message="Ended.", to=to):
        return done
    found = sessions_by_person(at=timezone.now()).get(person.pk, [])
    here = [each for each in found if each.mark == own_mark]
    others = [each for each in found if each.mark != own_mark]
    context = {"form": form, "person": person, "here": here, "others": others}
    return render(request, template, context, status=422 if form.errors else 200)
