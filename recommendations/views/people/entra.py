"""Sign-in with Microsoft Entra, the way back, and sign-out. Http404 unless Entra is configured."""

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from requests import RequestException

from recommendations.domain.people.entra import EntraRefused
from recommendations.permissions import public
from recommendations.sign_in import entra


def _where_there_is_entra() -> None:
    if not settings.ENTRA_URL:
        raise Http404


@require_safe
@public
def to_entra(request: HttpRequest) -> HttpResponse:
    """Redirect to Microsoft Entra to sign in."""
    _where_there_is_entra()
    if too_many := ratelimit.consume_or_429(request, action="login"):
        return too_many
    again = "again" in request.GET and request.user.is_authenticated
    return entra.begin(request, get_next_redirect_url(request), again)


@require_safe
@public
def from_entra(request: HttpRequest) -> HttpResponse:
    """Handle the return from Microsoft Entra."""
    _where_there_is_entra()
    return entra.come_back(request, timezone.now())


@require_safe
@public
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out here, but still signed in at Microsoft: offers to sign out there too."""
    _where_there_is_entra()
    return render(request, "account/signed_out.html")


@require_safe
@public
def out_of_entra(request: HttpRequest) -> HttpResponse:
    """Redirect to where Microsoft Entra ends its own session."""
    _where_there_is_entra()
    try:
        return redirect(entra.sign_out_address())
    except (EntraRefused, RequestException):
        return render(request, "account/entra_refused.html", {"words": entra.AWAY}, status=503)
