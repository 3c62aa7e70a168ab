"""The help: first steps for each role, how each page works, and whom to ask."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from recommendations.domain.people.contacts import Contact, administrators, offices
from recommendations.permissions import ROLE_MAY, May, allow
from recommendations.views.site.help_roles import BY_ROLE, BY_SLUG, ROLES, RoleHelp


@require_safe
@allow(May.USE)
def help_page(request):
    """The help for the signed-in user's role."""
    return _page(request, BY_ROLE[request.user.role])


@require_safe
@allow(May.USE)
def help_for(request, slug):
    """The help for another role, with links only to pages that this user may open."""
    if slug not in BY_SLUG:
        raise Http404
    return _page(request, BY_SLUG[slug])


def _page(request, shown: RoleHelp):
    topics = list(shown.topics())
    half = (len(topics) + 1) // 2
    context = {
        "shown": shown,
        "steps": [(each, reverse(each.name) if request.user.has_perm(each.may) else "") for each in shown.steps],
        "topics": topics,
        "columns": (topics[:half], topics[half:]),
        "others": [each for each in ROLES if each is not shown],
        "reads_register": May.SEE_REGISTER in ROLE_MAY[shown.role],
        "contacts": _contacts(request.user),
    }
    return render(request, "site/help.html", context)


def _contacts(user) -> list[Contact]:
    """Whom to ask: the administrators or, for users outside the office, the office."""
    if user.has_perm(May.SEE_RESPONSES) or user.has_perm(May.ADMINISTER):
        return administrators()
    return [Contact(each.office_name, each.office_email) for each in offices()]
