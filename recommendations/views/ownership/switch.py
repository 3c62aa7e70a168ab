"""Mine or everyone's: the switch of the first page, the register and the calendar, and the choice of e-mails."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from recommendations.domain.ownership.mine import chooses_whose, mail_notices, show_mine
from recommendations.forms.register.query_string import EVERYONE, MINE, WHOSE
from recommendations.models import User
from recommendations.permissions import May, allow
from recommendations.views.site.navigation import address_with_query, remember_query


@dataclass(frozen=True)
class WhoseSwitch:
    """Whether one's own is shown, and the page to come back to."""

    mine: bool
    back: str


def whose_switch(user: User, *, mine: bool, back: str) -> WhoseSwitch | None:
    """The switch for this person; None for whoever has no choice."""
    return WhoseSwitch(mine, back) if chooses_whose(user) else None


@require_POST
@allow(May.WRITE_NOTES)
def choose_whose(request):
    """Remember the choice, and show the page again that it was made on."""
    whose = MINE if request.POST.get(WHOSE) == MINE else EVERYONE
    show_mine(person=request.user, mine=whose == MINE)
    asked_last = urlsplit(address_with_query(request.session, "register"))
    remember_query(request.session, "register", _with_whose(asked_last.query, whose))
    return redirect(_back(request.POST.get("back", ""), whose))


def _back(asked: str, whose: str) -> str:
    """The page that the choice was made on; the first page for what is none of ours."""
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return reverse("home")
    found = urlsplit(asked)
    query = _with_whose(found.query, whose)
    return f"{found.path}?{query}" if query else found.path


def _with_whose(query: str, whose: str) -> str:
    """A query with the choice in it where it asks for anything else: there the address decides, not what was chosen."""
    pairs = [pair for pair in parse_qsl(query) if pair[0] != WHOSE]
    return urlencode([(WHOSE, whose), *pairs]) if pairs else ""


@require_POST
@allow(May.WRITE_NOTES)
def choose_mails(request):
    """Switch the e-mail about what one is told on or off."""
    wanted = request.POST.get("wanted") == "yes"
    mail_notices(person=request.user, wanted=wanted)
    messages.success(request, "You get an e-mail, once a day at most." if wanted else "You get no e-mail about this.")
    return redirect(f"{reverse('account')}#notices")
