"""Finding one's place: from a filtered register into its records and back to the row, and the keys."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import ForceUpdate
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)
LIST = "/register/?rag=red&sort=reference"


@pytest.fixture
def records(westmarch):
    """Three that are overdue, and one that is not."""
    at = datetime.datetime.now(datetime.UTC)
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=at)
    days = (-9, -8, -7, 90)
    return [make_tracked(inspection, number=f"{each}", due_on=localdate() + each * DAY, at=at) for each in days]


def dialog(page):
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def link(page, name):
    return page.get_by_role("link", name=name)


def is_at(page, words: str) -> None:
    """Wait for the page of a record at this place of the list, and for its keys."""
    expect(page.get_by_text(words, exact=True)).to_be_visible()
    page.wait_for_load_state()


def test_from_a_filtered_list_through_its_records_and_back_to_the_row(sign_in, officer, records, assert_accessible):
    page = sign_in(officer)
    page.goto(LIST)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    is_at(page, "1 of 3 red")
    assert_accessible()
    page.keyboard.press("j")
    is_at(page, "2 of 3 red")
    page.keyboard.press("j")
    is_at(page, "3 of 3 red")
    page.keyboard.press("k")
    is_at(page, "2 of 3 red")
    page.get_by_label("What was done").fill("The force has trained its sergeants.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Force update added to WM-0002.").wait_for()
    assert ForceUpdate.objects.get().done == "The force has trained its sergeants."
    is_at(page, "2 of 3 red")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Register").click()
    expect(page).to_have_url(re.compile(rf"{re.escape(LIST)}#row-{records[1].pk}$"))
    expect(link(page, "WM-0002").first).to_be_focused()
    page.goto("/papers/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Register").click()
    expect(page).to_have_url(re.compile(rf"{re.escape(LIST)}$"))
    link(page, "Clear filters").click()
    expect(page.get_by_role("row")).to_have_count(5)
    link(page, "WM-0003").focus()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="Add update: WM-0003")).to_be_visible()


def test_the_keys_are_listed_and_can_be_switched_off(sign_in, officer, records, assert_accessible):
    page = sign_in(officer)
    page.goto("/register/")
    search = page.get_by_label("Search everything")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("a?/j")  # each a letter, while somebody types
    expect(search).to_have_value("a?/j")
    expect(dialog(page)).to_be_hidden()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_focused()
    assert_accessible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()
    page.keyboard.press("?")
    size = page.viewport_size
    page.set_viewport_size({"width": 375, "height": 768})
    assert dialog(page).evaluate("each => each.scrollWidth <= each.clientWidth")
    page.set_viewport_size(size)
    dialog(page).get_by_label("Use shortcuts of one character").uncheck()
    dialog(page).get_by_role("button", name="Close").click()
    for key in "?/":
        page.keyboard.press(key)
    expect(dialog(page)).to_be_hidden()
    expect(search).not_to_be_focused()
    page.goto(f"{records[0].get_absolute_url()}?from=rag%3Dred")
    page.keyboard.press("j")
    is_at(page, "1 of 3 red")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    dialog(page).get_by_label("Use shortcuts of one character").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    is_at(page, "2 of 3 red")
