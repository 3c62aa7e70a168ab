"""Signing in: one door, a second factor, and back to the page that was asked for."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

PASSWORD = "a long enough password"


def give(page, email, password):
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def code_for(secret):
    """The six figures that an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_somebody_signs_in_and_sets_up_the_second_factor(page, officer, assert_accessible):
    page.goto("/register/")
    assert page.title() == "Sign in - Oversight"
    assert_accessible()

    give(page, officer.email, "not the password")
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Email").input_value() == officer.email
    assert_accessible()

    give(page, officer.email, PASSWORD)
    assert page.get_by_role("heading", level=1).inner_text() == "Confirm that it is you"
    assert_accessible()

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Set up an authenticator app"
    assert_accessible()

    page.get_by_label("Authenticator code").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Use this app").click()
    page.goto("/account/2fa/")
    assert page.get_by_text("In use.").is_visible()
    assert_accessible()


def test_the_same_words_for_an_address_without_an_account(page, officer):
    said = []
    for email in (officer.email, "nobody@example.org"):
        page.goto("/account/login/")
        give(page, email, "not the password")
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]


def test_a_page_that_is_not_there_says_so(sign_in, officer, assert_accessible):
    page = sign_in(officer)
    answer = page.goto("/no/such/page/")
    assert (answer.status, page.get_by_role("heading", level=1).inner_text()) == (404, "Page not found")
    assert_accessible()
