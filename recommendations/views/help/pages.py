"""The help: first steps for each role, how each page works, and whom to ask."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.people.contacts import Contact, administrators, offices
from recommendations.models import User
from recommendations.permissions import ROLE_MAY, May, allow
from recommendations.views.help.topics import RoleHelp, all_roles, steps_for
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.USE)
def help_page(request: AuthenticatedRequest) -> HttpResponse:
    """The help for the signed-in user's role."""
    return _page(request, next(each for each in all_roles() if each.role == request.user.role))


@require_safe
@allow(May.USE)
def help_for(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The help for another role, with links only to pages that this user may open."""
    for each in all_roles():
        if each.slug == slug:
            return _page(request, each)
    raise Http404


def _page(request: AuthenticatedRequest, role_help: RoleHelp) -> HttpResponse:
    topics = list(role_help.topics())
    half = (len(topics) + 1) // 2
    context = {
        "shown": role_help,
        "steps": steps_for(role_help.role, request.user),
        "topics": topics,
        "columns": (topics[:half], topics[half:]),
        "others": [each for each in all_roles() if each is not role_help],
        "reads_register": May.SEE_REGISTER in ROLE_MAY[role_help.role],
        "contacts": _contacts(request.user),
    }
    return render(request, "help/help.html", context)


def _contacts(user: User) -> list[Contact]:
    """Whom to ask: the administrators or, for users outside the office, the office."""
    if user.has_perm(May.SEE_RESPONSES) or user.has_perm(May.ADMINISTER):
        return administrators()
    return [Contact(each.office_name, each.office_email) for each in offices(localdate())]
