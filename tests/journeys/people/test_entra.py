"""Sign-in with Microsoft Entra in a browser, at a provider of our own: there, back, and out of both."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.security.sign_in.openid import CLIENT, SECRET, Provider


@pytest.fixture
def provider(settings, live_server, officer):
    running = Provider()
    settings.ORIGIN, settings.ENTRA_URL = live_server.url, running.url
    settings.ENTRA_CLIENT_ID, settings.ENTRA_CLIENT_SECRET = CLIENT, SECRET
    cache.clear()
    running.claims = {"preferred_username": officer.email}
    yield running
    running.shutdown()
    running.server_close()


def heading(page):
    return page.get_by_role("heading", level=1)


def test_somebody_signs_in_with_microsoft_and_out_again(page, provider, officer, assert_accessible):
    page.goto("/register/")
    assert_accessible()
    page.get_by_role("link", name="Sign in with Microsoft").click()
    expect(page).to_have_title("Microsoft")
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url(re.compile(r"\d/register/$"))

    page.goto("/you/")
    page.get_by_role("button", name="Sign out").click()
    expect(heading(page)).to_have_text("You are signed out of Oversight")
    assert_accessible()
    page.get_by_role("link", name="Sign out at Microsoft").click()
    expect(heading(page)).to_have_text("Signed out")

    provider.spoil = {"amr": ["pwd"]}
    page.goto("/account/login/")
    page.get_by_role("link", name="Sign in with Microsoft").click()
    page.get_by_role("link", name="Sign in").click()
    expect(heading(page)).to_have_text("You are not signed in")
    expect(page.get_by_text("without a second factor")).to_be_visible()
    assert_accessible()


def test_where_passwords_are_off_they_are_for_when_microsoft_does_not_answer(
    page, provider, settings, administrator, assert_accessible
):
    settings.PASSWORDS, settings.BREAK_GLASS = False, [administrator.email]
    page.goto("/account/login/")
    expect(page.get_by_label("Password")).to_be_hidden()
    page.get_by_text("Microsoft does not answer").click()
    page.get_by_label("Password").fill("wrong")
    page.get_by_label("Email").fill(administrator.email)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_be_visible()
    assert_accessible()
