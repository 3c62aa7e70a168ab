"""The user's own choice of reminders."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.reminders import switches
from recommendations.domain.reminders.text import rule_lines
from recommendations.forms.reminders.reminders import SwitchesForm
from recommendations.models import ReminderRule, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.USE)
def reminders(request: AuthenticatedRequest) -> HttpResponse:
    """Which reminders this user gets by email, and the office's rules for them."""
    topics, off = switches.topics_for(request.user), switches.switched_off_topics(request.user)
    wanted = [str(topic) for topic in topics if topic not in off]
    form = SwitchesForm(submitted_data(request), topics=topics, initial={"topics": wanted})

    def act(by: User, at: datetime.datetime) -> None:
        return switches.choose(person=by, wanted=form.cleaned_data["topics"])

    if done := request.method == "POST" and submit_form(
        request, form, act, message="Your reminders are saved.", to=reverse("reminders")
    ):
        return done
    plans = ReminderRule.objects.on(london_day(timezone.now()))
    lines = [each for each in rule_lines(plans) if each.topic in topics and each.reaches(request.user)]
    context = {"form": form, "topics": topics, "lines": lines}
    return render(request, "reminders/reminders.html", context, status=422 if form.errors else 200)
