"""Signing in: one door, a second factor, and back to the page that was asked for."""

import pytest
from playwright.sync_api import expect

from tests.security.door import PASSWORD, code_for


def give(page, email, password):
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_somebody_signs_in_and_sets_up_the_second_factor(page, officer, assert_accessible):
    page.goto("/register/")
    assert page.title() == "Sign in - Oversight"
    assert_accessible()

    give(page, officer.email, "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(officer.email)
    assert_accessible()

    give(page, officer.email, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    assert_accessible()

    page.get_by_label("Authenticator code").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Use this app").click()
    page.goto("/account/2fa/")
    expect(page.get_by_text("In use.")).to_be_visible()
    assert_accessible()
    page.goto("/account/reauthenticate/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    assert_accessible()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_the_same_words_for_an_address_without_an_account(page, officer):
    said = []
    for email in (officer.email, "nobody@example.org"):
        page.goto("/account/login/")
        give(page, email, "not the password")
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
