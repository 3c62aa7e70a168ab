"""Subscribing to emails about a force's page, confirming, and unsubscribing: public, without sign-in.
No answer reveals whether an address is subscribed. Opening a link changes nothing: a button does. No cookie is set or
read, so another site can send nothing that anyone could not send from anywhere.
"""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.force_pages import releases, subscribers
from recommendations.domain.force_pages.mails import SubscriberMail
from recommendations.emails.delivery import Post
from recommendations.emails.public import send_one
from recommendations.models import Force
from recommendations.permissions import public_form
from recommendations.sign_in.events import later
from recommendations.views.public.http import page

HOUR = 60 * 60
# Email addresses an hour: from one network address (of IPv6 a /64, which is one household's), from the network around
# it, and in total, which only saves the mail server.
FROM_ONE, FROM_NETWORK, FROM_ALL = 5, 20, 2_000
ONE, NETWORK = {4: 32, 6: 64}, {4: 24, 6: 48}  # their lengths, by IP version
TOO_MANY = "Too many addresses have been entered. Try again in an hour."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


class SignUpForm(forms.Form):
    """The form with an email address."""

    use_required_attribute = False
    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        help_text="We use it for these emails alone, and delete it when you stop them.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your email address.",
            "max_length": "Enter an email address of at most 254 characters.",
            "invalid": "Enter an email address, such as name@example.org.",
        },
    )


@shown_or_sent
@public_form
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign up for the emails. The answer does not reveal whether the address is subscribed."""
    name = _force(slug)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "name": name, "slug": slug}
    if form.is_valid() and _is_too_many(request):
        form.add_error(None, TOO_MANY)
        return _page(request, "public/force_emails/sign_up.html", context, status=429)
    if form.is_valid():
        later(request, lambda: _take_down(slug, form.cleaned_data["email"]))
        return _page(request, "public/force_emails/sent.html", {"name": name, "slug": slug})
    status = 422 if form.errors else 200
    return _page(request, "public/force_emails/sign_up.html", context, status=status)


def _take_down(slug: str, email: str) -> None:
    """Subscribe and send the email, after the response is sent, so that its timing reveals nothing."""
    # without visible_to: the page of this force is public
    force = Force.objects.get(slug=slug)
    subscriber = subscribers.sign_up(force=force, email=email, at=timezone.now())
    if subscriber:
        with Post() as post:
            list(send_one(SubscriberMail(subscriber), post, timezone.now))


def _is_too_many(request: HttpRequest) -> bool:
    """Count an entered address, and return whether too many were entered this hour.

    One that is refused for where it comes from counts no further: a stranger uses up their own network's number, and
    not everybody's.
    """
    hour, here = int(time.time() // HOUR), ipaddress.ip_address(get_adapter().get_client_ip(request))
    one, network = (ipaddress.ip_network((here, each[here.version]), strict=False) for each in (ONE, NETWORK))
    counts = ((one, FROM_ONE), (network, FROM_NETWORK), ("all", FROM_ALL))
    return any(_count(f"page-emails:{where}:{hour}") > most for where, most in counts)


def _count(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        return 1 if cache.add(key, 1, 2 * HOUR) else cache.incr(key)


@shown_or_sent
@public_form
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Confirm an address, by its owner."""
    context = {"name": _force(slug), "slug": slug}
    found = subscribers.find(slug, token)
    if found is None:
        return _page(request, "public/force_emails/ended.html", context)
    if request.method == "POST":
        subscribers.confirm(subscriber=found, at=timezone.now())
        address = reverse("end_emails", args=[slug, token])
        return _page(request, "public/force_emails/confirmed.html", context | {"end": address})
    return _page(request, "public/force_emails/confirm.html", context)


@shown_or_sent
@public_form
def end(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Unsubscribe an address, by its owner: with the button, or that of their mail program (RFC 8058)."""
    context = {"name": _force(slug), "slug": slug}
    found = subscribers.find(slug, token)
    if found and request.method != "POST":
        return _page(request, "public/force_emails/end.html", context)
    if found:
        subscribers.end(subscriber=found)
    return _page(request, "public/force_emails/ended.html", context)


def _force(slug: str) -> str:
    if not (name := releases.force_name(slug)):
        raise Http404
    return name


def _page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page that no cache stores, as it is about one address, and no Referer passes on, as its address contains
    the key."""
    response = page(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
