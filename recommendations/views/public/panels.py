"""Panels marked as public, without sign-in. Never other panels, or members."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.panels.queries import public_rows
from recommendations.permissions import public
from recommendations.views.public.http import page


@require_safe
@public
def panels(request: HttpRequest) -> HttpResponse:
    """The public panels: meetings in twelve months, how many with the force represented, and the next meeting."""
    return page(request, "public/panels.html", {"rows": public_rows(localdate())})
