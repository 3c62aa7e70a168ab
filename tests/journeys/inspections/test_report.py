"""An officer saves the inspectorate's page, brings it in, and the response to it has begun with its clock."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from recommendations.models import Inspection, Response, TrackedRecommendation, TrailEntry

REPORTS = Path(__file__).parents[2] / "samples" / "reports"


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_the_report_to_its_response(page, sign_in, officer, body, westmarch, assert_accessible):
    sign_in(officer)
    choose(page, assert_accessible)
    check(page, assert_accessible)
    say_why_none_is_needed_and_change_ones_mind(page, assert_accessible)
    read_what_was_saved(page, assert_accessible)
    bring_in_the_same_again(page, assert_accessible)
    assert [entry.verb for entry in TrailEntry.objects.order_by("sequence")][-1] == "record_report"


def choose(page, assert_accessible):
    page.goto("/inspections/")
    page.get_by_role("link", name="Add a report").first.click()
    assert_accessible()
    page.get_by_label("File", exact=True).set_input_files(REPORTS / "recipes.html")
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill("12 March 2026")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="This does not read as an inspection report")).to_be_visible()
    assert_accessible()
    page.get_by_label("File", exact=True).set_input_files(REPORTS / "peel.html")
    page.get_by_role("button", name="Read it").click()


def check(page, assert_accessible):
    page.get_by_role("heading", name="Check what was read").wait_for()
    counts = page.locator(".app-doccheck__counts")
    expect(counts).to_contain_text("1 cause of concern")
    assert_accessible()
    own = page.locator(".app-docline").filter(has_text="The force should keep this under review.").last
    own.locator(".app-docline__at").focus()
    page.keyboard.press("r")
    expect(counts).to_contain_text("3 recommendations")
    assert_accessible()
    page.keyboard.press("Control+z")
    expect(counts).to_contain_text("2 recommendations")
    assert Inspection.objects.count() == 0


def say_why_none_is_needed_and_change_ones_mind(page, assert_accessible):
    page.get_by_role("link", name="Edit these").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Keep these").click()
    page.get_by_role("link", name="Edit these").wait_for()
    page.get_by_role("button", name="Save report").first.click()
    expect(page.get_by_role("link", name="Say why no response is needed")).to_be_visible()
    assert_accessible()
    page.get_by_label("Yes: it is drafted from now on").check()
    page.get_by_role("button", name="Keep these").click()
    page.get_by_role("link", name="Edit these").wait_for()
    page.get_by_role("button", name="Save report").first.click()
    page.wait_for_url("**/inspections/*/")


def read_what_was_saved(page, assert_accessible):
    expect(page.get_by_text("5 recommendations are in the register; its response is started.")).to_be_visible()
    assert_accessible()
    assert TrackedRecommendation.objects.count() == 5
    page.get_by_role("link", name=str(Response.objects.get())).click()
    page.wait_for_url("**/responses/*/")
    expect(page.get_by_text("Westmarch Police should tell victims by 30 June 2026").first).to_be_visible()
    page.goto("/responses/")
    page.locator(f'a[href="{Response.objects.get().get_absolute_url()}"]').first.wait_for()
    assert_accessible()


def bring_in_the_same_again(page, assert_accessible):
    page.goto("/inspections/bring-in/")
    page.get_by_label("File", exact=True).set_input_files(REPORTS / "peel.html")
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill("12/3/2026")
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("This report is here already").wait_for()
    page.get_by_role("link", name="See the inspection").click()
    assert page.url.endswith(Inspection.objects.get().get_absolute_url())
