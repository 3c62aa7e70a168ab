"""The feed of a user's calendar at its secret address, and the two buttons that make and end that address."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recommendations.documents.calendar.icalendar import MEDIA_TYPE, feed
from recommendations.domain.calendar import feed_tokens
from recommendations.domain.calendar.calendar import feed_entries
from recommendations.domain.forces.in_force import body_name
from recommendations.forms.calendar.calendar import AddressForm
from recommendations.models import CalendarAddress, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow, public
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form


@require_safe
@public
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the address's owner, as they may see it now. The address is the only credential."""
    person = feed_tokens.owner_of(token)
    if person is None:
        answer = HttpResponse("There is no calendar at this address.\n", "text/plain; charset=utf-8", status=404)
    else:
        today = london_day(timezone.now())
        name = f"Oversight, {body_name(today)}".rstrip(", ")
        answer = HttpResponse(feed(feed_entries(person, today), name), MEDIA_TYPE)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@allow(May.SEE_CALENDAR)
def make_calendar_address(request: AuthenticatedRequest) -> HttpResponse:
    """Make a new address, which ends the previous one."""
    return _submit(request, feed_tokens.make_address, "The address is made. Copy it into your calendar.")


@require_POST
@allow(May.SEE_CALENDAR)
def end_calendar_address(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """End the user's own address."""
    address = get_object_or_404(CalendarAddress.objects.visible_to(request.user), pk=pk)

    def end(by: User, at: datetime.datetime) -> CalendarAddress:
        return feed_tokens.end_address(address=address, by=by, at=at)

    return _submit(request, end, "The address has ended. Calendars that ask there get nothing.")


def _submit(request: AuthenticatedRequest, act: Callable, message: str) -> HttpResponse:
    """Call the action and return to the account; a refusal is shown there as a message."""
    form, account = AddressForm(request.POST), f"{reverse('account')}#calendar"
    done = submit_form(request, form, act, message=message, to=account)
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "That could not be done. Try again.")
    return done or redirect(account)


def address_part(user: User) -> dict:
    """The context of the account page about the address; without it for users who have no calendar."""
    if not user.has_perm(May.SEE_CALENDAR):
        return {"may_see_calendar": False}
    address = feed_tokens.address_of(user)
    path = reverse("calendar_feed", args=[feed_tokens.token_of(address)]) if address else ""
    return {
        "may_see_calendar": True,
        "calendar_address": address,
        "calendar_url": f"{settings.ORIGIN}{path}" if path else "",
        "calendar_form": AddressForm(auto_id=False),
    }
