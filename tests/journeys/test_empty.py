"""An office without records: what it shows on its first day keeps the rules, for everybody who reads it."""

import pytest
from playwright.sync_api import expect


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_an_empty_office_keeps_the_rules(
    page, browse, body, officer, member, assert_accessible, assert_accessible_at_both
):
    office, committee = browse(officer), browse(member)
    for browser, address, words in (
        (office, "/register/", "Register"),
        (office, "/responses/compliance/", "No report waits for a response"),
        (committee, "/", "No paper has been finalised yet."),
        (page, "/published/", "No response has been published here yet."),
    ):
        browser.goto(address)
        expect(browser.get_by_text(words).first).to_be_visible()
        assert_accessible(browser)
    office.goto("/custody/")
    office.get_by_text("There are no custody suites yet").wait_for()
    assert_accessible_at_both(office)
    answer = office.goto("/no/such/page/")
    assert (answer.status, office.get_by_role("heading", level=1).inner_text()) == (404, "Page not found")
    assert_accessible(office)
