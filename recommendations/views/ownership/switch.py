"""Whether a person also gets their notices by email."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from recommendations.domain.ownership.mine import mail_notices
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest


@require_POST
@allow(May.WRITE_NOTES)
def choose_mails(request: AuthenticatedRequest) -> HttpResponse:
    """Switch the email with notices on or off."""
    wanted = request.POST.get("wanted") == "yes"
    mail_notices(person=request.user, wanted=wanted)
    messages.success(request, "You get an email, once a day at most." if wanted else "You get no email about this.")
    return redirect(f"{reverse('account')}#notices")
