"""The first page in a browser: the menu of a phone with and without scripts, what is folded, and large text."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.conftest import make_inspection, make_tracked

PHONE = {"width": 375, "height": 812}
LARGE_TEXT = "document.documentElement.style.fontSize = '32px'"  # twice the size, as set in the browser
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def reports(westmarch, officer):
    """Eight responses to write, the first of which is late, and a recommendation of the officer."""
    at = datetime.datetime.now(datetime.UTC)
    made = [
        make_inspection(westmarch, title=f"R{n}", published_on=localdate() - datetime.timedelta(days=60 - n), at=at)
        for n in range(8)
    ]
    make_tracked(made[0], due_on=localdate(), leads={"opcc_lead": officer.name}, at=at)
    return made


@pytest.mark.parametrize("has_scripts", [True, False])
def test_on_a_phone_the_places_are_behind_menu(browse, officer, reports, has_scripts):
    page = browse(officer, java_script_enabled=has_scripts)
    page.set_viewport_size(PHONE)
    page.goto("/")
    places = page.get_by_role("navigation", name="Main")
    expect(places).to_be_hidden()
    assert page.locator(".app-masthead").bounding_box()["height"] == 44
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(places.get_by_role("link", name="Home")).to_be_visible()
    page.keyboard.press("Escape")
    expect(places).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    places.get_by_role("link", name="Register").click()
    expect(page.get_by_role("heading", name="Register").first).to_be_attached()


def test_the_first_page_keeps_the_rules_also_unfolded_and_with_large_text(
    sign_in, officer, reports, assert_accessible_at_both
):
    page = sign_in(officer)
    page.goto("/")
    expect(page.get_by_text("Publish the response to R0")).to_be_visible()
    assert page.locator("main a:visible").count() <= 17
    page.get_by_text(re.compile(r"^\d+ more$")).click()
    page.get_by_text(re.compile(r"^\d+ changes?$")).click()
    expect(page.get_by_role("link", name="1 new recommendation")).to_be_visible()
    assert_accessible_at_both()
    for width in (1366, 375):
        page.set_viewport_size({"width": width, "height": 768})
        page.goto("/")
        page.evaluate(LARGE_TEXT)
        assert not page.evaluate(TOO_WIDE), width
