"""Who came, pasted from minutes in a browser: read, matched by a person, saved; and the force's page that counts it."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import Attendance
from tests.makers.panels import make_channel, make_meeting, make_member

DAY = datetime.timedelta(days=1)
MINUTES = """Present: Ruth D'Arcy, Sian O'Neill
Kim Lee (Prevent Lead, Aldford College)
Apologies: Bo Hill
"""


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_minutes_to_the_page_of_the_force(sign_in, officer, westmarch, assert_accessible):
    panel = make_channel(westmarch)
    make_member(panel, "Ruth D’Arcy", of_force=True, decision_maker=True)
    make_member(panel, "Siân O’Neill")
    make_member(panel, "Bo Hill")
    meeting = make_meeting(panel, localdate() - 2 * DAY)
    page = sign_in(officer)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Paste a list").click()
    page.get_by_role("button", name="Read the list").click()
    page.get_by_role("link", name="Paste the names, or choose a file.").click()
    assert_accessible()
    page.get_by_label("Names from the minutes").fill(MINUTES)
    page.get_by_role("button", name="Read the list").click()
    assert_accessible()
    check(page, assert_accessible)
    said = Attendance.objects.order_by("name").values_list("name", "how", "body")
    assert list(said) == [
        ("Bo Hill", "apologies", "Aldford Council"),
        ("Kim Lee", "observer", "Aldford College"),
        ("Ruth D’Arcy", "present", "Westmarch Police"),
        ("Siân O’Neill", "present", "Aldford Council"),
    ]
    page.goto("/forces/westmarch/")
    page.get_by_role("link", name="Channel panels").click()
    expect(
        page.get_by_role("row", name=re.compile(panel.name)).get_by_role("link", name="1 of 1").first
    ).to_be_visible()
    assert_accessible()


def check(page, assert_accessible) -> None:
    """The name without its accents is offered first, and is not chosen; somebody unknown is an observer."""
    page.get_by_role("button", name="Save the attendance").click()
    page.get_by_role("link", name="Say who Sian O'Neill is, or leave them out.").click()
    assert_accessible()
    sian = page.get_by_role("group", name=re.compile("Sian O'Neill"))
    sian.get_by_label("Who is this?").select_option("Siân O’Neill, Aldford Council (offered)")
    kim = page.get_by_role("group", name=re.compile("Kim Lee"))
    expect(kim.get_by_label("Body represented")).to_have_value("Aldford College")
    kim.get_by_label("Who is this?").select_option("Someone else, as an observer")
    page.get_by_role("button", name="Save the attendance").click()
    page.get_by_text("Attendance recorded.").wait_for()
