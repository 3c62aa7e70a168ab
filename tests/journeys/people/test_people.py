"""An approving officer is invited, confirmed by a second administrator, comes in, and later leaves."""

import re

from django.conf import settings
from django.core import mail
from playwright.sync_api import expect

from recommendations.domain.register import closures
from recommendations.enums import Role
from recommendations.models import User
from tests.conftest import AT, make_person
from tests.journeys.people.test_sign_in import give
from tests.security.door import code_for

PASSWORD = "four words of nothing"


def invite(page) -> None:
    page.goto("/security/people/")
    page.get_by_role("link", name="Invite a person").click()
    page.get_by_label("Name").fill("Ann Reed")
    page.get_by_label("Email address").fill("ann.reed@example.org")
    page.get_by_label("Approving officer").check()
    page.get_by_role("button", name="Invite").click()


def come_in(page, email: str = "ann.reed@example.org") -> None:
    """By the link of the newest email to an address: a password, asked for again once, then a second factor."""
    body = [each.body for each in mail.outbox if each.to == [email]][-1]
    (link,) = re.findall(r"https?://\S+/invitation/\S+", body)
    page.goto(link.removeprefix(settings.ORIGIN))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Set up account").click()
    give(page, email, PASSWORD)
    page.get_by_label("Authenticator code").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Use this app").click()


def test_somebody_is_invited_confirmed_comes_in_and_leaves(
    browse, page, tracked, administrator, approver, assert_accessible_at_both
):
    first, second = browse(administrator), browse(make_person("Sue Marsh", Role.ADMINISTRATOR))
    invite(first)
    expect(first.get_by_text("Waits for another administrator to confirm it")).to_be_visible()
    expect(first.get_by_role("button", name="Confirm and send")).to_have_count(0)
    assert_accessible_at_both(first)
    assert mail.outbox == []
    second.goto("/security/people/")
    assert_accessible_at_both(second)
    second.get_by_role("link", name="Ann Reed").click()
    second.get_by_role("button", name="Confirm and send").click()
    expect(second.get_by_text("Link made on")).to_be_visible()

    come_in(page)
    page.goto("/register/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Register")

    ann = User.objects.get(email="ann.reed@example.org")
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=ann, at=AT)
    first.goto("/security/people/")
    first.get_by_role("link", name="Close the account of Ann Reed").click()
    expect(first.get_by_text("Closures asked for: 1")).to_be_visible()
    assert_accessible_at_both(first)
    first.get_by_label("Why the account is closed").fill("Moved to another office.")
    first.get_by_label("Who takes over what is open").select_option("Margaret Osei")
    first.get_by_role("button", name="Hand over and close").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("People")

    page.goto("/register/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    colleague = browse(approver)
    colleague.goto("/handed-over/")
    colleague.get_by_role("link", name=tracked.reference).click()
    expect(colleague).to_have_url(re.compile(tracked.get_absolute_url()))
