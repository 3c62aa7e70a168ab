"""Where an action, or all of them, is seen: on the page of its recommendation, else in the register."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from recommendations.models import Action
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest


@allow(May.SEE_REGISTER)
def actions(request: AuthenticatedRequest) -> HttpResponse:
    """All actions: the register."""
    return redirect("register")


@allow(May.SEE_REGISTER)
def action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One action: the page of its first recommendation, or the register if it is of none."""
    found = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    link = found.links.select_related("tracked").first()
    return redirect(link.tracked if link else "register")
