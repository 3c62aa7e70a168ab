"""What every answer tells the browser to hold to, and which cookies are set how."""

import secrets

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.security.door import give_factor, sign_in
from tests.security.start import start

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERY = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": None,
}
# Pages, files and refusals: who asks, and what the answer is.
ASKED = (
    ("anonymous", "account_login", (), 200),
    ("anonymous", "public_responses", (), 200),
    ("anonymous", "public_json", (), 200),
    ("anonymous", "public_file", ("2026", "none", 1, "pdf"), 404),
    ("officer", "register", (), 200),
    ("officer", "export_register", ("csv",), 200),
    ("officer", "security_events", (), 403),
    ("officer", "home", (), 200),
)
# One address of its own, whose page has a token in it: to load all addresses takes a process two seconds.
OVER_HTTPS = """
import sys, types, django; django.setup()
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
page = login_not_required(lambda request: HttpResponse(get_token(request)))
settings.ROOT_URLCONF = (path("account/login/", page), path("entra/", page, name="entra_callback"))
answer = Client(headers={"host": "oversight.example.org"}).get("/account/login/", secure=True)
plain = Client(headers={"host": "oversight.example.org"}).get("/account/login/")
cookies = settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.DEBUG
set_ones = [f"{name}:{bool(each['secure'])}:{each['path']}:{each['domain']}" for name, each in answer.cookies.items()]
print(answer["Strict-Transport-Security"], plain.status_code, plain.url, *cookies, *set_ones, file=sys.stderr)
"""


def test_every_answer_carries_the_headers_that_browsers_hold_to(officer):
    clients, wrong = {"anonymous": Client(), "officer": Client()}, []
    give_factor(officer)
    clients["officer"].force_login(officer)
    for who, name, args, status in ASKED:
        answer = clients[who].get(reverse(name, args=args))
        found = {header: answer.get(header) for header in EVERY}
        if (answer.status_code, found) != (status, EVERY):
            wrong.append((who, name, answer.status_code, found))
    assert wrong == []


def test_a_script_reads_no_session_and_no_other_site_sends_one(officer):
    client = Client()
    client.get(reverse("account_login"))
    sign_in(officer.email, client=client)
    found = {name: (bool(each["httponly"]), each["samesite"], each["path"]) for name, each in client.cookies.items()}
    assert found[settings.SESSION_COOKIE_NAME] == (True, "Lax", "/")
    assert {samesite for _, samesite, _ in found.values()} == {"Lax"}


def test_over_https_cookies_are_secure_and_browsers_never_go_back():
    environment = {"SECRET_KEY": secrets.token_urlsafe(64), "ORIGIN": "https://oversight.example.org"}
    status, said = start(OVER_HTTPS, DJANGO_SETTINGS_MODULE="oversight.settings", **environment)
    hsts = "max-age=31536000; includeSubDomains; preload"
    plain, cookie = "301 https://oversight.example.org/account/login/", "__Host-csrftoken:True:/:"
    assert (status, said) == (0, f"{hsts} {plain} True True False {cookie}")
