"""What HMICFRS says of a force, in a browser: planned, moved, graded, watched; the report comes; the lead reads."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import PeelGrade, PlannedInspection
from recommendations.periods import say
from tests.conftest import make_inspection
from tests.makers.inspections import grade, make_cycle, make_plan

DAY = datetime.timedelta(days=1)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_a_plan_to_its_report(sign_in, officer, westmarch, assert_accessible):
    make_inspection(westmarch, title="PEEL at last", published_on=localdate(), at=now())
    page = sign_in(officer)
    page.goto("/inspections/")
    page.get_by_text("None is planned.").wait_for()
    page.get_by_role("link", name="Plan an inspection").click()
    page.get_by_role("button", name="Plan the inspection").click()
    page.get_by_role("link", name="Enter what is planned.").click()
    assert_accessible()
    page.get_by_label("What is planned").fill("PEEL 2098–99")
    page.get_by_label("Expected", exact=True).fill("autumn 2098")
    page.get_by_label("Where this was read or heard").fill("HMICFRS’s letter")
    page.get_by_role("button", name="Plan the inspection").click()
    page.get_by_text("1 September 2098 to 30 November 2098").first.wait_for()
    assert_accessible()
    move(page, assert_accessible)
    come(page, assert_accessible)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def move(page, assert_accessible) -> None:
    """It is expected at another time: without a source that is not recorded."""
    soon = say(localdate() + 5 * DAY)
    page.get_by_label("Expected", exact=True).fill(soon)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Say where this was read or heard.").click()
    assert_accessible()
    page.get_by_label("Where this was read or heard").fill("A call")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=f"Expected {soon}").wait_for()
    page.goto("/")
    page.get_by_role("link", name="Inspection expected: PEEL 2098–99, Westmarch").click()


def come(page, assert_accessible) -> None:
    page.get_by_role("link", name="Its report was published").click()
    assert_accessible()
    page.get_by_label("Report", exact=True).select_option(label=f"PEEL at last ({say(localdate())})")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Its report is linked.").wait_for()
    page.get_by_role("link", name="PEEL at last").wait_for()
    assert_accessible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Westmarch").click()
    page.get_by_text("None is planned.").wait_for()
    assert PlannedInspection.objects.get().announcements.count() == 3


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_grades_and_a_stage(sign_in, officer, westmarch, assert_accessible):
    old = make_cycle("PEEL 2018/19", since=datetime.date(2018, 4, 1), has_adequate=False)
    grade(westmarch, old, crime="good", effective_on=datetime.date(2019, 5, 1))
    make_cycle()
    page = sign_in(officer)
    page.goto("/forces/westmarch/")
    assert_accessible()
    page.get_by_role("link", name="Record grades", exact=True).click()
    page.get_by_label("Day they were given").fill("3 May 2026")
    page.get_by_label("Where this was read or heard").fill("The report")
    page.get_by_label("Area 1", exact=True).fill("Investigating crime")
    page.get_by_label("Grade 1", exact=True).select_option("Requires improvement")
    page.get_by_label("Area 2", exact=True).fill("Custody")
    page.get_by_role("button", name="More rows").click()
    expect(page.get_by_label("Area 10")).to_be_visible()
    page.get_by_role("button", name="Record grades").click()
    page.get_by_role("link", name="Choose the grade of “Custody”.").click()
    expect(page.get_by_label("Grade 2", exact=True)).to_be_focused()
    assert_accessible()
    page.get_by_label("Grade 2", exact=True).select_option("Adequate")
    page.get_by_role("button", name="Record grades").click()
    page.get_by_text("Grades recorded.").wait_for()
    expect(page.get_by_role("row", name=re.compile("^Custody Adequate"))).to_be_visible()
    page.get_by_text("PEEL 2018/19: 1 grade").click()
    expect(page.get_by_role("row", name=re.compile("^crime Good"))).to_be_visible()
    assert_accessible()
    watch(page, assert_accessible)
    assert PeelGrade.objects.count() == 3


def watch(page, assert_accessible) -> None:
    """The force is watched closely; it was another force, so that is withdrawn; and another day is looked at."""
    page.get_by_role("link", name="Record a stage").first.click()
    assert_accessible()
    page.get_by_role("radio", name="Engage").check()
    page.get_by_label("In this stage since").fill("1 June 2026")
    page.get_by_label("Where this was read or heard").fill("HMICFRS’s site")
    page.get_by_role("button", name="Record the stage").click()
    page.get_by_text("since 1 June 2026").wait_for()
    page.get_by_role("link", name="As at another day").click()
    page.get_by_label("As at", exact=True).fill("4 May 2026")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("None is recorded.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Custody Adequate"))).to_be_visible()
    assert_accessible()
    page.get_by_role("link", name="Back to today").click()
    page.get_by_role("link", name="Withdraw Engage, 1 June 2026").click()
    page.get_by_label("Why it is withdrawn").fill("Another force.")
    assert_accessible()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Stage withdrawn.").wait_for()
    expect(page.get_by_text("None is recorded.")).to_be_visible()


def test_the_inspection_lead_reads(sign_in, force_lead, westmarch, eastvale, assert_accessible):
    plan = make_plan(westmarch, expected="May 2099")
    grade(westmarch, make_cycle(), crime="good")
    page = sign_in(force_lead)
    page.goto("/inspections/")
    page.get_by_role("link", name="Westmarch: 1 ahead, grades and stage").click()
    expect(page.get_by_role("row", name=re.compile("^crime Good"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Record|Withdraw|Plan an"))).to_have_count(0)
    assert_accessible()
    page.get_by_role("link", name=plan.title).click()
    page.get_by_role("heading", name="Expected May 2099").wait_for()
    assert_accessible()
    assert page.goto("/forces/eastvale/").status == 404
