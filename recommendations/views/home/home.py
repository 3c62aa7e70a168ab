"""The home page: what the user does next, the deadline, the days ahead and what changed."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recommendations.domain.home.dashboard import force_page, office_page
from recommendations.domain.home.last_seen import DAYS, last_looked_at
from recommendations.domain.home.last_seen import mark_seen as mark
from recommendations.domain.home.lines import FirstPage
from recommendations.domain.home.other_roles import administrator_page
from recommendations.domain.home.register import count_register
from recommendations.domain.ownership.mine import chooses_whose
from recommendations.enums import Role
from recommendations.forms.home.home import SeenForm
from recommendations.models import Inspection, RagRule, User
from recommendations.periods import day_start, london_day
from recommendations.permissions import May, allow, only_reads_papers
from recommendations.views.help.topics import HelpStep, steps_for
from recommendations.views.papers.member_page import member_papers
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.USE)
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Open work, by role; for committee members, the papers. Viewing marks nothing as seen: that takes a button.

    The office sees its own work first, and everyone’s with ?whose=everyone.
    """
    if only_reads_papers(request.user):
        return render(request, "papers/member.html", member_papers(request.user))
    now = timezone.now()
    looked = last_looked_at(request.user)
    today = london_day(now)
    since = looked or day_start(today - datetime.timedelta(days=DAYS))
    mine = request.GET.get("whose") != "everyone"
    page = page_for(request.user, today, since, mine=mine)
    context = {
        "page": page,
        "today": today,
        "since": looked,
        "days": DAYS,
        "form": SeenForm(initial={"until": now.isoformat()}),
        "mine": mine,
        "chooses_whose": chooses_whose(request.user),
        "may_see_register": request.user.has_perm(May.SEE_REGISTER),
        "steps": _first_steps(request.user, page),
    }
    return render(request, "home/home.html", context)


def page_for(user: User, day: datetime.date, since: datetime.datetime, *, mine: bool) -> FirstPage:
    """The home page for this user's role. `mine` (only their own work) is for users in the office."""
    if not user.has_perm(May.SEE_REGISTER):
        return administrator_page(user, day, since)
    rule = RagRule.objects.on(day)
    if user.has_perm(May.ANSWER_ROUND):
        return force_page(user, day, count_register(user, day, since, rule))
    return office_page(user, day, count_register(user, day, since, rule, mine=mine), mine=mine)


def _first_steps(user: User, page: FirstPage) -> list[tuple[HelpStep, str]]:
    """An officer's first steps with their addresses, for the office while nothing waits and it has no inspection."""
    if not chooses_whose(user) or page.lists or page.clock or Inspection.objects.visible_to(user).exists():
        return []
    return steps_for(Role.OPCC_OFFICER, user)


@require_POST
@allow(May.USE)
def mark_seen(request: AuthenticatedRequest) -> HttpResponse:
    """Count changes from the moment at which the page was rendered."""
    form = SeenForm(request.POST)
    if form.is_valid():
        mark(person=request.user, until=form.cleaned_data["until"], at=timezone.now())
        messages.success(request, "Marked as seen. Changes count from here.")
    return redirect(reverse("home"))
