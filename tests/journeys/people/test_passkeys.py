"""Passkeys in a browser that has one in it: set up, second factor, sign-in by it alone, renamed, removed."""

import re

from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent
from tests.journeys.people.test_sign_in import give
from tests.security.door import PASSWORD

WITHIN = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


def with_authenticator(page) -> None:
    """A device that keeps passkeys, and knows its owner's finger."""
    told = page.context.new_cdp_session(page)
    told.send("WebAuthn.enable")
    always = {"isUserVerified": True, "automaticPresenceSimulation": True}
    told.send("WebAuthn.addVirtualAuthenticator", {"options": WITHIN | always})


def heading(page):
    return page.get_by_role("heading", level=1)


def sign_out(page) -> None:
    page.goto("/you/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")


def test_somebody_signs_in_with_a_passkey(page, officer, assert_accessible):
    with_authenticator(page)
    page.goto("/account/login/")
    give(page, officer.email, PASSWORD)
    page.get_by_role("link", name="set up a passkey").click()
    expect(heading(page)).to_have_text("Set up a passkey")
    assert_accessible()
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Make a passkey").click()
    expect(heading(page)).to_have_text("Your recovery codes")

    sign_out(page)
    assert_accessible()
    expect(page.get_by_text("Your device showed no passkey")).to_be_hidden()
    give(page, officer.email, PASSWORD)
    expect(heading(page)).to_have_text("Use your passkey")
    assert_accessible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "account" not in url)

    sign_out(page)
    page.goto("/account/login/?next=/definitions/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"\d/definitions/$"))

    page.goto("/account/2fa/")
    expect(page.get_by_role("listitem").filter(has_text="Work laptop")).to_contain_text("last used")
    assert_accessible()
    page.get_by_role("link", name="Rename Work laptop").click()
    expect(heading(page)).to_have_text("Confirm that it is you")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name of the passkey").fill("Desk")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Remove Desk").click()
    expect(heading(page)).to_have_text("Remove the passkey “Desk”")
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url(re.compile("2fa"))
    said = SecurityEvent.objects.order_by("pk").values_list("kind", "detail")
    assert [each for each in said if each[0] not in (Kind.CODES_MADE, Kind.SIGNED_OUT)] == [
        (Kind.SIGNED_IN, "password"),
        (Kind.FACTOR_ADDED, "passkey “Work laptop”"),
        (Kind.SIGNED_IN, "password and passkey"),
        (Kind.SIGNED_IN, "passkey"),
        (Kind.CONFIRMED, "passkey"),
        (Kind.FACTOR_RENAMED, "“Work laptop”, now “Desk”"),
        (Kind.FACTOR_REMOVED, "passkey “Desk”"),
        (Kind.FACTOR_REMOVED, "recovery codes"),
    ]
    assert verification.verify() == []
