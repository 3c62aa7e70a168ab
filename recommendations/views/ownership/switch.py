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
    mine = request.POST.get(WHOSE) == MINE
    show_mine(person=request.user, mine=mine)
    return redirect(_back(request, MINE if mine else EVERYONE))


def _back(request, whose: str) -> str:
    """The page, with the choice in its address where it has others: there the address decides."""
    asked = request.POST.get("back", "")
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return reverse("home")
    found = urlsplit(asked)
    pairs = [pair for pair in parse_qsl(found.query) if pair[0] != WHOSE]
    return f"{found.path}?{urlencode([(WHOSE, whose), *pairs])}" if pairs else found.path


@require_POST
@allow(May.WRITE_NOTES)
def choose_mails(request):
    """Switch the e-mail about what one is told on or off."""
    wanted = request.POST.get("wanted") == "yes"
    mail_notices(person=request.user, wanted=wanted)
    messages.success(request, "You get an e-mail, once a day at most." if wanted else "You get no e-mail about this.")
    return redirect(f"{reverse('account')}#notices")
