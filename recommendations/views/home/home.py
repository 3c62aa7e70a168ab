"""The home page: what waits for the user, what is late, what changed, what is ahead."""

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
from recommendations.domain.ownership.mine import shows_mine, whose_switch
from recommendations.forms.home.home import SeenForm
from recommendations.models import RagRule, User
from recommendations.periods import day_start, london_day
from recommendations.permissions import May, allow, only_reads_papers
from recommendations.views.papers.member_page import member_papers
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.USE)
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Open work, by role; for committee members, the papers. Viewing marks nothing as seen: that takes a button."""
    if only_reads_papers(request.user):
        return render(request, "papers/member.html", member_papers(request.user))
    now = timezone.now()
    looked = last_looked_at(request.user)
    today = london_day(now)
    since = looked or day_start(today - datetime.timedelta(days=DAYS))
    context = {
        "page": page_for(request.user, today, since),
        "today": today,
        "since": looked,
        "days": DAYS,
        "form": SeenForm(initial={"until": now.isoformat()}),
        "whose": whose_switch(request.user, mine=request.user.shows_mine, back=reverse("home")),
        "may_see_register": request.user.has_perm(May.SEE_REGISTER),
    }
    return render(request, "home/home.html", context)


def page_for(user: User, day: datetime.date, since: datetime.datetime) -> FirstPage:
    """The home page for this user's role."""
    if not user.has_perm(May.SEE_REGISTER):
        return administrator_page(user, day, since)
    rule = RagRule.objects.on(day)
    if user.has_perm(May.ANSWER_ROUND):
        return force_page(user, day, count_register(user, day, since, rule))
    mine = shows_mine(user)
    return office_page(user, day, count_register(user, day, since, rule, mine=mine), mine=mine)


@require_POST
@allow(May.USE)
def mark_seen(request: AuthenticatedRequest) -> HttpResponse:
    """Count changes from the moment at which the page was rendered."""
    form = SeenForm(request.POST)
    if form.is_valid():
        mark(person=request.user, until=form.cleaned_data["until"], at=timezone.now())
        messages.success(request, "Marked as seen. Changes count from here.")
    return redirect(reverse("home"))
