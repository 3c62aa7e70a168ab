"""What production does not start with, and what it starts with."""

import secrets

from tests.security.start import start


def test_production_does_not_start_with_the_demonstrations_key_a_short_one_or_plain_http():
    from oversight.settings import DEMO_KEY

    good = {"SECRET_KEY": secrets.token_urlsafe(64), "ORIGIN": "https://oversight.example.org"}
    assert start(**good) == (0, "")
    for key in (DEMO_KEY, "short", ""):
        status, said = start(**good | {"SECRET_KEY": key})
        assert (status, "Set SECRET_KEY" in said) == (1, True)
    status, said = start(**good | {"ORIGIN": "http://oversight.example.org"})
    assert (status, "Set ORIGIN" in said) == (1, True)
    assert start(OVERSIGHT_DEMO="1") == (0, "")


NAMES = (
    "from oversight.settings import *; import sys; "
    "sys.stderr.write(f'{SESSION_COOKIE_NAME} {CSRF_COOKIE_NAME} {MESSAGE_COOKIE_NAME}')"
)


def test_cookies_belong_to_this_host_alone_in_production_and_the_demonstration_works_over_http():
    office = {"SECRET_KEY": secrets.token_urlsafe(64), "ORIGIN": "https://oversight.example.org"}
    assert start(NAMES, **office) == (0, "__Host-sessionid __Host-csrftoken __Host-messages")
    assert start(NAMES, OVERSIGHT_DEMO="1") == (0, "sessionid csrftoken messages")
