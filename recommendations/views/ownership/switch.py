"""Mine or everyone's: the switch on the home page, the register and the calendar, and the choice of emails."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from recommendations.domain.ownership.mine import mail_notices, show_mine
from recommendations.forms.register.query_string import EVERYONE, MINE, WHOSE
from recommendations.permissions import May, allow
from recommendations.views.site.navigation import address_with_query, remember_query
from recommendations.views.site.requests import AuthenticatedRequest


@require_POST
@allow(May.WRITE_NOTES)
def choose_whose(request: AuthenticatedRequest) -> HttpResponse:
    """Remember the choice, and return to the page on which it was made."""
    whose = MINE if request.POST.get(WHOSE) == MINE else EVERYONE
    show_mine(person=request.user, mine=whose == MINE)
    asked_last = urlsplit(address_with_query(request.session, "register"))
    remember_query(request.session, "register", _with_whose(asked_last.query, whose))
    return redirect(_back(request.POST.get("back", ""), whose))


def _back(address: str, whose: str) -> str:
    """The page on which the choice was made; the home page for addresses outside the product."""
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return reverse("home")
    found = urlsplit(address)
    query = _with_whose(found.query, whose)
    return f"{found.path}?{query}" if query else found.path


def _with_whose(query: str, whose: str) -> str:
    """A query string with the choice added, unless it is empty: an address with a query overrides the stored choice."""
    pairs = [pair for pair in parse_qsl(query) if pair[0] != WHOSE]
    return urlencode([(WHOSE, whose), *pairs]) if pairs else ""


@require_POST
@allow(May.WRITE_NOTES)
def choose_mails(request: AuthenticatedRequest) -> HttpResponse:
    """Switch the email with notices on or off."""
    wanted = request.POST.get("wanted") == "yes"
    mail_notices(person=request.user, wanted=wanted)
    messages.success(request, "You get an email, once a day at most." if wanted else "You get no email about this.")
    return redirect(f"{reverse('account')}#notices")
