"""Which provider is asked, and that nothing else is: its issuer is that of the setting, and no redirect is followed."""

import json

import pytest
from django.core.cache import cache

from recommendations.domain.people.entra import is_issuer_of
from tests.security.door import is_signed_in
from tests.security.sign_in.test_entra import BACK, START, TENANT, assert_refused, browser, come, go, provider, running

__all__ = ["provider", "running"]  # fixtures


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("page", ["openid-configuration", "token", "keys"])
def test_no_redirect_is_followed(provider, page, status):
    """Where one was, the code and the secret of the office would go along."""
    client, moved = browser(), {page: (status, f"{provider.url}/elsewhere")}
    if page == "openid-configuration":
        provider.answers = moved
        told = client.get(START)
    else:
        back = provider.come_back_with(go(client))
        provider.answers = moved
        told = client.get(BACK, back)
    assert (told.status_code in (403, 503), is_signed_in(client)) == (True, False)
    assert (provider.seen[-1], "elsewhere" in provider.seen) == (page, False)


def test_a_provider_that_calls_itself_otherwise_is_refused(provider):
    """Its issuer is that of ENTRA_URL, whatever the ID token says."""
    another = f"{provider.url}/another"
    provider.answers = {"openid-configuration": (200, json.dumps(provider.configuration() | {"issuer": another}))}
    provider.spoil = {"iss": another}
    client = browser()
    assert_refused(client, client.get(START), "another issuer")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["https://elsewhere.example/keys", "//elsewhere.example/keys", 7, None])
def test_a_provider_whose_addresses_are_elsewhere_is_refused(provider, name, address):
    provider.answers = {"openid-configuration": (200, json.dumps(provider.configuration() | {name: address}))}
    client = browser()
    assert_refused(client, client.get(START), f"its configuration lacks {name}")


def test_what_is_written_to_the_database_is_not_taken_for_the_provider(provider):
    """Where its configuration was kept once, another one names another issuer and other keys."""
    elsewhere = dict.fromkeys(provider.configuration(), "http://127.0.0.1:9/elsewhere")
    cache.set(f"entra:{provider.url}", elsewhere, 600)
    client, _ = come(provider)
    assert is_signed_in(client)
    assert provider.seen == ["openid-configuration", "token", "keys"]


@pytest.mark.parametrize(
    ("issuer", "is_right"),
    [
        ("https://login.microsoftonline.com/1f3e0c52/v2.0", True),
        ("https://login.microsoftonline.com/1f3e0c52/v2.0/", True),
        ("https://login.microsoftonline.com/9f3e0c52/v2.0", False),
        ("https://sts.windows.net/1f3e0c52/", False),
        ("https://login.microsoftonline.com/1f3e0c52/v2.0.example.org", False),
    ],
)
def test_the_issuer_is_that_of_the_offices_tenant(issuer, is_right):
    assert is_issuer_of(TENANT, issuer) is is_right


def test_the_issuer_of_older_tokens_is_of_the_same_tenant():
    older = TENANT.removesuffix("/v2.0")
    assert is_issuer_of(older, "https://sts.windows.net/1f3e0c52/") is True
    assert is_issuer_of(older, "https://sts.windows.net/9f3e0c52/") is False
    assert is_issuer_of("https://login.example.org/1f3e0c52", "https://sts.windows.net/1f3e0c52/") is False
