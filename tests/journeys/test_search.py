"""A word that somebody remembers, in a browser: found from any page, and its place opened; on a phone too."""

from playwright.sync_api import expect

from recommendations.domain.register import voices
from tests.conftest import AT, make_inspection, make_tracked


def test_a_remembered_word_leads_to_its_place(sign_in, officer, westmarch, live_server, assert_accessible_at_both):
    record = make_tracked(make_inspection(westmarch))
    voices.log_force_update(tracked=record, done="Two examiners read every call.", by=officer, at=AT)
    page = sign_in(officer)
    page.goto("/calendar/")
    page.keyboard.press("/")
    page.keyboard.type("examinor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Force updates")).to_be_visible()
    expect(page.locator("mark")).to_have_text("examiners")
    assert_accessible_at_both(page)
    page.get_by_role("link", name="WM-0001, update of 7 November").click()
    expect(page.get_by_role("link", name="What happened")).to_be_in_viewport()
    page.goto("/search/?q=examiner+zeppelin&who=opcc")
    assert_accessible_at_both(page)
