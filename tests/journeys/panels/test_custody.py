"""Custody visits in a browser: nothing yet, a visit refused and recorded, the force's answer, and how visits cover."""

import datetime
import re

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import CustodyVisit
from recommendations.periods import say
from tests.makers.custody import make_suite, make_visit

DAY = datetime.timedelta(days=1)
COUNTS = {
    "Visitors": "2",
    "Of them trained for TACT detainees": "1",
    "Detainees held": "12",
    "Offered a visit": "10",
    "Seen": "8",
}


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_an_empty_suite_to_an_answered_visit(sign_in, officer, westmarch, assert_accessible_at_both):
    make_suite(westmarch, since=localdate() - 400 * DAY)
    page = sign_in(officer)
    page.goto("/custody/")
    page.get_by_text("No visit on these days").wait_for()
    assert_accessible_at_both(page)
    page.get_by_role("link", name="Record a visit").first.click()
    record(page, assert_accessible_at_both)
    answer(page, assert_accessible_at_both)
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Custody visits").click()
    visited = localdate() - 3 * DAY
    expect(page.get_by_role("row", name=re.compile(say(visited)))).to_contain_text(say(localdate()))
    made = CustodyVisit.objects.get()
    assert (made.on, made.start, made.refused, made.answered_on) == (visited, datetime.time(21, 30), 1, localdate())


def record(page, assert_accessible_at_both) -> None:
    """More detainees met than were offered a visit: refused beside the count, with what was typed left in place."""
    page.get_by_label("Suite").select_option("Aldford custody")
    page.get_by_label("Day", exact=True).fill(say(localdate() - 3 * DAY))
    page.get_by_label("Began at").fill("9.30pm")
    for label, count in COUNTS.items():
        page.get_by_label(label, exact=True).fill(count)
    page.get_by_label("Refused").fill("3")
    page.get_by_label("Findings").fill("A mat was torn.")
    page.get_by_role("button", name="Record the visit").click()
    page.get_by_role("link", name="Seen and refused are 11 together, and 10 were offered a visit.").click()
    expect(page.get_by_label("Seen", exact=True)).to_be_focused()
    assert_accessible_at_both(page)
    page.get_by_label("Refused").fill("1")
    page.get_by_role("button", name="Record the visit").click()
    page.get_by_text("Visit recorded.").wait_for()
    assert_accessible_at_both(page)


def answer(page, assert_accessible_at_both) -> None:
    page.get_by_role("link", name="Record the force’s answer").click()
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_role("link", name="Enter the force’s answer.").click()
    assert_accessible_at_both(page)
    page.get_by_label("The force’s answer").fill("All mats were checked and two replaced.")
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_text("All mats were checked and two replaced.").wait_for()
    assert_accessible_at_both(page)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_how_visits_cover_suites_weekdays_and_times(sign_in, officer, westmarch, assert_accessible_at_both):
    today = localdate()
    monday = today - DAY * (today.weekday() + 7)
    aldford, belford = make_suite(westmarch), make_suite(westmarch, "Belford custody")
    for suite, after, start in ((aldford, 0, 9), (aldford, 1, 20), (aldford, 7, 10), (belford, 2, 23)):
        make_visit(suite, monday + DAY * (after - 14), start, at=timezone.now())
    page = sign_in(officer)
    page.goto("/custody/")
    page.get_by_role("heading", name="No visit on Thursday, Friday, Saturday, Sunday").wait_for()
    drawn = "^Visits by suite and weekday. Aldford custody: Monday 2, Tuesday 1, Wednesday 0"
    expect(page.get_by_role("img", name=re.compile(drawn))).to_be_visible()
    times = page.get_by_role("table", name="Visits by suite and time of day")
    expect(times.get_by_role("row", name=re.compile("^All suites")).get_by_role("cell")).to_have_text(list("0202"))
    assert_accessible_at_both(page)
    page.get_by_label("Suite").select_option("Belford custody")
    page.get_by_label("From").fill("never")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert_accessible_at_both(page)
