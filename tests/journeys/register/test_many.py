"""Many at once in a browser: choose all that match, set a target with a reason, look, change; and what came between."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.register import closures
from recommendations.models import TargetDate
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)
BOXES = "rows => rows.map(row => row.getBoundingClientRect().toJSON())"


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def inspection(westmarch):
    return make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())


@pytest.fixture
def few(inspection):
    return [make_tracked(inspection, number=number, at=now()) for number in "123"]


@pytest.fixture
def led(inspection, officer):
    """Sixty recommendations that one officer leads, and one that nobody does."""
    leads = {"opcc_lead": officer.name}
    led = [make_tracked(inspection, number=str(each), leads=leads, at=now()) for each in range(60)]
    make_tracked(inspection, number="99", at=now())
    return led


def close(tracked, officer, approver) -> None:
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Seen.", by=officer, at=now())
    closures.approve_closure(tracked=tracked, by=approver, at=now())


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_target_for_all_that_match(sign_in, officer, approver, led, assert_accessible):
    page = sign_in(officer)
    page.goto("/register/")
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("OPCC lead").select_option("Hannah Whitlock")
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_label("Select WM-0001").check()
    page.get_by_label("Choose all 60").check()
    expect(page.get_by_text("60 ticked")).to_be_visible()
    page.get_by_label("More to do with them").select_option("Set a target")
    expect(page.get_by_label("Choose all 60")).to_be_checked()
    page.get_by_role("button", name="Go").click()
    page.get_by_role("heading", name="Set a target: 60 recommendations").wait_for()
    assert_accessible()
    page.get_by_label("Target", exact=True).fill("31/6/2027")
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_text("Nothing is changed").wait_for()
    assert_accessible()
    page.get_by_label("Target", exact=True).fill("31 August 2027")
    page.get_by_label("Why this day").fill("Two posts are empty.")
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Change 60 recommendations").wait_for()
    assert page.get_by_role("row", name="WM-0060").inner_text().endswith("31 Aug 2027, first target")
    assert_accessible()
    close(led[4], officer, approver)
    page.get_by_role("button", name="Change 60 recommendations").click()
    page.get_by_text("Changed since you looked").wait_for()
    expect(page.get_by_text("WM-0005, by Margaret Osei")).to_be_visible()
    expect(page.get_by_text("It is closed. Reopen it before you move its target.")).to_be_visible()
    assert TargetDate.objects.count() == 0
    assert_accessible()
    page.get_by_role("button", name="Change 59 recommendations").click()
    page.get_by_text("Target of 59 recommendations set. Left out: WM-0005.").wait_for()
    expect(page.get_by_role("link", name="OPCC lead: Hannah Whitlock")).to_be_visible()
    expect(page.get_by_text("31 Aug 2027")).to_have_count(50)
    page.get_by_role("link", name="WM-0002", exact=True).click()
    expect(page.get_by_role("heading", name="Target set: 31 August 2027")).to_be_visible()
    page.locator(".app-record__head .app-menu > summary").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Target set or moved, of several at once")).to_be_visible()
    assert TargetDate.objects.filter(reason="Two posts are empty.").count() == 59


def test_what_is_done_with_ticked_rows_stands_where_the_filters_were_and_no_row_moves(sign_in, officer, led):
    page = sign_in(officer)
    page.goto("/register/?opcc_lead=Hannah+Whitlock&sort=reference")
    rows = page.locator(".app-register tbody tr")
    boxes = rows.evaluate_all(BOXES)
    assert {round(box["height"]) for box in boxes} == {34}
    assert sum(box["bottom"] <= 768 for box in boxes) >= 18
    chosen, filters = page.locator("[data-chosen]"), page.locator("summary", has_text="More filters")
    expect(chosen).to_be_empty()
    expect(page.get_by_role("button", name="Ask for updates")).to_be_hidden()
    page.get_by_label("Select WM-0003").check()
    expect(page.get_by_role("button", name="Ask for updates")).to_be_visible()
    expect(filters).to_be_hidden()
    assert rows.evaluate_all(BOXES) == boxes
    page.get_by_role("button", name="None").click()
    expect(filters).to_be_visible()
    page.get_by_label("Select WM-0003").check()
    page.get_by_label("Select WM-0007").press("Space")
    expect(chosen).to_have_text("2 ticked")
    page.get_by_label("Select all rows on this page").check()
    expect(chosen).to_have_text("50 ticked")
    page.get_by_label("Choose all 60").check()
    expect(chosen).to_have_text("60 ticked")
    page.get_by_label("Select WM-0003").uncheck()
    expect(chosen).to_have_text("49 ticked")
    expect(page.get_by_label("Choose all 60")).not_to_be_checked()


HEADINGS = {
    "leads": "Change leads: 1 recommendation",
    "closure": "Request closure: 1 recommendation",
    "ask": "Ask for updates: 1 recommendation",
    "": "Register",
}
BUTTONS = {"leads": "Change leads", "ask": "Ask for updates"}


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_step_keeps_the_rules(sign_in, officer, few, assert_accessible):
    page = sign_in(officer)
    page.goto("/register/?sort=reference")
    page.get_by_label("Select WM-0002").check()
    assert_accessible()
    for act, heading in HEADINGS.items():
        page.goto("/register/?sort=reference")
        page.get_by_label("Select WM-0002").check()
        if act == "closure":
            page.get_by_label("More to do with them").select_option(act)
        page.get_by_role("button", name=BUTTONS.get(act, "Go")).click()
        page.get_by_role("heading", name=heading, exact=True).wait_for()
        assert_accessible()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_it_works_without_scripts(browse, officer, few):
    page = browse(officer, java_script_enabled=False)
    page.goto("/register/?sort=reference")
    page.get_by_label("Select WM-0001").check()
    page.get_by_label("Select WM-0003").check()
    page.get_by_label("More to do with them").select_option("Set a target")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Target", exact=True).fill("31/8/2027")
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Change 2 recommendations").click()
    page.get_by_text("Target of 2 recommendations set.").wait_for()
    assert [row.tracked_id for row in TargetDate.objects.order_by("tracked")] == [few[0].pk, few[2].pk]
