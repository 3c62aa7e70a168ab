"""The calendar: what is ahead on one page."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.calendar.calendar import ahead_and_late, kinds_for
from recommendations.domain.ownership.mine import shows_mine, whose_switch
from recommendations.forms.calendar.calendar import SPANS, read_calendar_query
from recommendations.models import Force
from recommendations.permissions import May, allow
from recommendations.views.calendar.page import groups_of
from recommendations.views.site.requests import AuthenticatedRequest

PAGE = 100


@require_safe
@allow(May.SEE_CALENDAR)
def calendar(request: AuthenticatedRequest) -> HttpResponse:
    """What is ahead for this user, filtered by kind, force and time span; overdue entries first."""
    user, today, kinds = request.user, localdate(), kinds_for(request.user)
    forces = list(Force.objects.visible_to(user)) if user.has_perm(May.SEE_RESPONSES) else []
    asked = read_calendar_query(request.GET, kinds, forces)
    force_id = asked.force.pk if asked.force else None
    mine = shows_mine(user)
    found = ahead_and_late(user, today, asked.span[2], kind=asked.kind, force_id=force_id, mine=mine)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": groups_of(page, today, by_week=asked.span[0] == "weeks"),
        "asked": asked,
        "kinds": kinds,
        "forces": forces,
        "spans": SPANS,
        "whose": whose_switch(user, mine=mine, back=request.get_full_path()),
        "mine": mine,
        "is_narrowed": bool(asked.kind or asked.force),
        "query": f"{asked.query}&",
    }
    return render(request, "calendar/calendar.html", context)
