"""Signing in as a person does: by the form, by the link of an email, with the code of an app."""

import re
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

PASSWORD = "a long enough password"
ANOTHER = "quite another long password"
LOGIN, RESET = "/account/login/", "/account/password/reset/"
PERIOD, MARGIN = 30, 5  # seconds for which a code holds, and that it takes to use it


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **headers):
    client = client or Client()
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def give_factor(person) -> str:
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    return secret


def code_for(secret: str) -> str:
    """The six figures that an authenticator app would show now, and for some seconds more."""
    left = PERIOD - time.time() % PERIOD
    if left < MARGIN:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def link_in(message) -> str:
    (link,) = re.findall(r"https?://\S+/password/reset/key/\S+", message.body)
    return link


def choose_password(link: str, password: str) -> int:
    """Follow the link of an email and choose a password; return the status of what comes first."""
    client = Client()
    first = client.get(link.removeprefix(django_settings.ORIGIN))
    if first.status_code == 302:
        client.post(first.url, {"password1": password, "password2": password})
    return first.status_code


def set_factor_up(client: Client, password: str) -> str:
    """Set up an authenticator app as the pages ask for it; return its secret."""
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if page.redirect_chain:  # first the password once more
        page = client.post(page.redirect_chain[-1][0], {"password": password}, follow=True)
    (secret,) = re.findall(r"<code[^>]*>(\w+)</code>", page.content.decode())
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return secret
