"""The calendar: what is ahead on one page."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.calendar.calendar import ahead_and_late, kinds_for
from recommendations.domain.ownership.mine import chooses_whose
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
    may_choose_whose = chooses_whose(user)
    asked = read_calendar_query(request.GET, kinds, forces, may_choose_whose=may_choose_whose)
    force_id = asked.force.pk if asked.force else None
    found = ahead_and_late(user, today, asked.span[2], kind=asked.kind, force_id=force_id, mine=asked.mine)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": groups_of(page, today, by_week=asked.span[0] == "weeks"),
        "asked": asked,
        "kinds": kinds,
        "forces": forces,
        "spans": SPANS,
        "chooses_whose": may_choose_whose,
        "is_narrowed": bool(asked.kind or asked.force),
        "query": f"{asked.query}&",
    }
    return render(request, "calendar/calendar.html", context)
