"""A form that nobody can read is refused once, with 400, whoever sends it and wherever: no traceback, no error."""

import logging
import re
from io import BytesIO
from itertools import cycle

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone

from oversight import wsgi
from oversight.logs import Expected, Unexpected
from recommendations.domain.people.api_tokens import make_token, scopes_for
from recommendations.middleware.tokens import API
from tests.security.hostile.inputs import UNREADABLE

FORGERY_TOKEN = "a" * 32
EXAMPLES = {"int": "1", "year": "2026", "number": "1", "day": "2026-09-30", "succession_kind": "merger"}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(resolver, prefix="/"):
    """An address for each view."""
    for pattern in resolver.url_patterns:
        address = prefix + PARAMETER.sub(lambda found: EXAMPLES.get(found[1], "x"), str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, address)
        else:
            yield address


# But for the few that are regular expressions.
ADDRESSES = [each for each in addresses(get_resolver()) if "(" not in each]


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def log(caplog):
    """The lines of the log that are more than one line, or an error to be told by email."""
    logging.disable(logging.NOTSET)

    def lines() -> list[str]:
        passed = [each for each in caplog.records if Expected().filter(each) and Unexpected().filter(each)]
        return [each.getMessage() for each in passed if each.exc_info or each.levelno >= logging.ERROR]

    return lines


@pytest.mark.parametrize("who", ["stranger", "officer", "program"])
def test_each_address_answers_400_once(officer, who, log):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = FORGERY_TOKEN
    if who == "officer":
        client.force_login(officer, backend="recommendations.sign_in.EmailBackend")
    if who == "program":
        now = timezone.now()
        made = make_token(name="Feed", scopes=scopes_for(officer), last_day=now.date(), by=officer, at=now)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {made.secret}"
    assert len(ADDRESSES) > 300
    kinds, wrong = cycle(UNREADABLE), {}
    for address in ADDRESSES if who != "program" else [each for each in ADDRESSES if each.startswith(API)]:
        kind, body = next(kinds)
        answer = client.generic("POST", address, body, content_type=kind)
        if answer.status_code != 400:
            wrong[address] = (kind, answer.status_code)
    assert (wrong, log()) == ({}, [])


@pytest.mark.parametrize(("kind", "body"), UNREADABLE)
def test_each_kind_of_them_is_refused_by_the_sign_in_and_by_the_api(db, kind, body, log):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = FORGERY_TOKEN
    asked = ["/account/login/", "/page-emails/westmarch/", "/api/v1/rounds/1/answers", "/no-such-thing/", "/register/"]
    answers = [client.generic("POST", address, body, content_type=kind).status_code for address in asked]
    assert (answers, log()) == ([400, 400, 400, 404, 400], [])


@pytest.mark.parametrize("charset", ["base64", "utf-7", "idna", "utf-16", "none"])
def test_no_charset_makes_an_address_unreadable(db, charset, log):
    client = Client(raise_request_exception=False)
    asked = ("/account/login/?next=%ff%41", "/published/?q=%ff%41", "/no-such-thing/?a=%ff")
    answers = [client.get(each, content_type=f"text/plain; charset={charset}").status_code for each in asked]
    assert (answers, log()) == ([200, 200, 404], [])


@pytest.mark.parametrize("kind", ["text/plain; a*=none''%41", "text/plain; charset*=utf-8''%00", "a; b*=idna''%ff"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_content_type_that_django_cannot_read_is_refused_too(db, method, kind):
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/accessibility/",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
    }
    statuses = []
    environ |= {"wsgi.input": BytesIO(), "CONTENT_TYPE": kind}
    answer = wsgi.application(environ, lambda status, headers: statuses.append(status))
    assert (statuses, b"".join(answer)) == (["400 Bad Request"], b"")
