"""A legacy review of 40 in a browser: started, judged many alike and one by one with keys, decided by two, finished."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.legacy_reviews.queries import read_lines
from recommendations.domain.register import closures
from recommendations.models import LegacyReview, Standing
from tests.conftest import make_inspection, make_many_tracked

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def forty(westmarch):
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    return make_many_tracked(inspection, range(1, 41), at=now())


def test_a_legacy_review_of_forty(sign_in, officer, approver, forty, assert_accessible_at_both):
    page = sign_in(officer)
    page.goto("/register/")
    page.locator("summary", has_text="Export and more").click()
    page.get_by_role("link", name="Legacy reviews").click()
    page.get_by_role("link", name="Start a review").click()
    assert_accessible_at_both()
    page.get_by_label("Title").fill("Merger of Westmarch and Eastvale")
    page.get_by_label("Day of the change").fill("1 April 2027")
    page.get_by_label("Westmarch Police").check()
    page.get_by_role("button", name="Start the review").click()
    expect(page.get_by_text("0 of 40 judged")).to_be_visible()
    assert_accessible_at_both()

    page.get_by_label("Select all rows on this page").check()
    for number in range(31, 41):
        page.get_by_label(f"Select WM-00{number}").uncheck()
    expect(page.get_by_text("30 ticked")).to_be_visible()
    page.get_by_role("button", name="Judge them").click()
    page.get_by_role("heading", name="Judge 30 recommendations alike").wait_for()
    assert_accessible_at_both()
    page.get_by_label("Goes on").check()
    page.get_by_label("Why").fill("They are as much the new force’s.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("30 of 40 judged")).to_be_visible()

    page.get_by_role("link", name="Judge WM-0031").click()
    page.get_by_label("Reframed").check()
    page.get_by_role("button", name="Save, then the next").click()
    page.get_by_text("Nothing is saved yet").wait_for()
    assert_accessible_at_both()
    page.get_by_label("What the office asks now").fill("One plan for both forces.")
    page.get_by_label("Why").fill("Two plans become one.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("WM-0031 is judged.").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("r")
    expect(page.get_by_label("Goes on")).to_be_focused()
    page.get_by_label("Superseded").check()
    page.get_by_label("What takes its place").fill("WM-0001")
    page.get_by_label("Why").fill("Asked again.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("WM-0032 is judged.").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="WM-0034")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_label("Select all rows on this page").check()
    page.get_by_label("Choose all 8").check()
    page.get_by_role("button", name="Judge them").click()
    page.get_by_label("Closed").check()
    page.get_by_label("Outcome").select_option("Implemented")
    page.get_by_label("Why").fill("Done before the merger.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("40 of 40 judged")).to_be_visible()

    page.get_by_role("link", name="9 closures wait for a decision").click()
    expect(page.get_by_text("9 closures wait for a decision")).to_be_visible()
    expect(page.get_by_role("button", name="Finish the review")).to_have_count(0)
    assert_accessible_at_both()
    assert Standing.objects.now().open().count() == 40
    for judgement in read_lines(LegacyReview.objects.get()).waiting:
        closures.approve_closure(tracked=judgement.tracked, by=approver, at=now())
    page.reload()
    page.get_by_role("button", name="Finish the review").click()
    expect(page.get_by_text("finished on")).to_be_visible()
    assert Standing.objects.now().open().count() == 31

    page.goto(f"/recommendations/{forty[30].pk}/")
    expect(page.get_by_role("heading", name="What the office asks now")).to_be_visible()
    assert_accessible_at_both()
