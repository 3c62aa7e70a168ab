"""A panel in a browser: a meeting is planned, who came is recorded by keyboard, and a gap is raised."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import Attendance, Meeting
from recommendations.periods import say
from tests.makers.panels import held, make_channel, make_member

DAY = datetime.timedelta(days=1)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_planning_to_a_gap(sign_in, officer, westmarch, assert_accessible):
    panel = make_channel(westmarch)
    make_member(panel, "Ruth D’Arcy", of_force=True, rank="Supt", decision_maker=True)
    make_member(panel, "Siân O’Neill")
    held(panel, localdate() - 40 * DAY, ruth="apologies")
    page = sign_in(officer)
    page.goto("/panels/")
    assert_accessible()
    page.get_by_role("link", name=panel.name).click()
    assert_accessible()
    plan(page, assert_accessible)
    record(page, assert_accessible)
    page.get_by_text("Westmarch was not represented.").wait_for()
    assert_accessible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name=panel.name).click()
    page.get_by_text("Force not at the last 2 meetings").wait_for()
    assert_accessible()


def plan(page, assert_accessible) -> None:
    """A past day: its attendance is recorded next."""
    page.get_by_role("link", name="Plan meetings").click()
    page.get_by_role("button", name="Plan").click()
    page.get_by_role("link", name="Enter the day of the meeting.").click()
    assert_accessible()
    page.get_by_label("Day", exact=True).fill(say(localdate() - 2 * DAY))
    page.get_by_label("Starts at").fill("10.00")
    page.get_by_role("button", name="Plan").click()
    page.get_by_text("Attendance not recorded").wait_for()
    page.get_by_role("link", name=say(localdate() - 2 * DAY)).click()


def record(page, assert_accessible) -> None:
    """With the keyboard alone within the rows; the error first, at its row."""
    page.get_by_role("link", name="Record who came").click()
    assert_accessible()
    council = page.get_by_role("group", name=re.compile("Siân O’Neill"))
    council.get_by_label("Present").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the attendance").click()
    page.get_by_role("link", name="Choose how Ruth D’Arcy attended.").click()
    assert_accessible()
    expect(council.get_by_label("Present")).to_be_checked()
    council.get_by_label("Present").focus()
    page.keyboard.press("ArrowRight")
    expect(council.get_by_label("Remote")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    police = page.get_by_role("group", name=re.compile("Ruth D’Arcy"))
    expect(police.get_by_label("Apologies")).to_be_checked()
    page.get_by_role("button", name="Save the attendance").click()
    page.get_by_text("Attendance recorded.").wait_for()
    found = Meeting.objects.order_by("-on").first()
    said = Attendance.objects.filter(meeting=found).order_by("name").values_list("name", "how")
    assert list(said) == [("Ruth D’Arcy", "apologies"), ("Siân O’Neill", "remote")]
