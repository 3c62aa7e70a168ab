"""A day in a browser: read back while it is typed, and chosen from a calendar with keys alone."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.deadlines import read_whole
from recommendations.forms.site.fields import say_with_weekday
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)


@pytest.fixture
def tracked(westmarch):
    now = datetime.datetime.now(datetime.UTC)
    return make_tracked(make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now), at=now)


def target_form(page, tracked):
    page.goto(reverse("set_target", args=[tracked.pk]))
    return page.get_by_label("Target", exact=True)


def test_a_day_is_read_back_and_chosen_with_keys(sign_in, officer, tracked, assert_accessible):
    page = sign_in(officer)
    box = target_form(page, tracked)
    box.fill("in 3 months")
    read = read_whole("in 3 months", localdate())
    expect(page.get_by_text(say_with_weekday(read), exact=True)).to_be_visible()
    box.press("Tab")
    expect(page.get_by_role("button", name="Choose date: Target")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=f"{read:%B %Y}")).to_be_visible()
    assert_accessible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = read + 7 * DAY
    expect(box).to_have_value(f"{chosen.day} {chosen:%b %Y}")
    expect(page.get_by_text(say_with_weekday(chosen), exact=True)).to_be_visible()
    page.get_by_role("button", name="Choose date").first.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("main").get_by_role("button", name="Set the target", exact=True).click()
    expect(page.get_by_role("heading", name=f"Target set: {chosen.day} {chosen:%B %Y}")).to_be_visible()


def test_what_is_read_back_moves_no_button_under_the_pointer(sign_in, officer, tracked):
    page = sign_in(officer)
    save = page.locator("main").get_by_role("button", name="Set the target", exact=True)
    said = page.get_by_text(say_with_weekday(read_whole("in 3 months", localdate())), exact=True)
    box = target_form(page, tracked)
    empty = save.bounding_box()
    box.fill("in 3 months")
    expect(said).to_be_visible()
    assert save.bounding_box() == empty
    box = target_form(page, tracked)
    with page.expect_response("**/day/**"):
        box.fill("in 3 months")
        save.hover()
        page.mouse.down()
    page.evaluate("new Promise((then) => setTimeout(then, 100))")
    expect(said).to_be_hidden()
    page.mouse.up()
    expect(page.get_by_role("heading", name="Target set:")).to_be_visible()
