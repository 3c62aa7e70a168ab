"""Compliance in a browser: what waits, a year's record, every state by the rules of accessibility, without scripts."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.conftest import make_inspection
from tests.makers.responses import make_published, make_response, make_submitted

DAY = datetime.timedelta(days=1)
PAGE = "/responses/compliance/"


@pytest.fixture
def reports(westmarch, eastvale, body, officer, approver):
    """One in each of several stages, one with a stated day, one that needs no response."""
    today, at = localdate(), datetime.datetime.now(datetime.UTC)

    def report(title, days, **facts):
        forces = [westmarch, eastvale]
        return make_inspection(forces, title=title, published_on=today - days * DAY, at=at, **facts)

    people = {"by": officer, "at": at}
    make_published(report("Answered late", 70), body, approver=approver, **people)
    make_submitted(report("With the approver", 50), body, **people)
    make_response(report("Begun", 20), body, **people)
    report("Long ago", 90)
    report("A super-complaint", 10, kind="super_complaint", respond_by=today + 80 * DAY)
    report("None needed", 5, needs_response=False, no_response_reason="It is about airports.")


STATES = [PAGE, f"{PAGE}?from=1/4/2019&to=31/3/2099", f"{PAGE}?force=eastvale", f"{PAGE}?from=31/6/2026&to=soon"]


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_state_keeps_the_rules(sign_in, officer, reports, assert_accessible):
    page = sign_in(officer)
    for state in (*STATES, "/responses/", "/responses/?waiting=late"):
        page.goto(state)
        expect(page.get_by_text("Long ago").first).to_be_visible()
        assert_accessible()


def test_from_the_list_to_the_record_of_a_year_and_its_file(sign_in, officer, reports):
    page = sign_in(officer)
    page.goto("/responses/")
    page.get_by_role("link", name="Compliance").click()
    page.get_by_label("Force", exact=True).select_option("Westmarch Police")
    page.get_by_label("From").fill("1 April 2020")
    page.get_by_label("To", exact=True).fill("31 March 2099")
    page.get_by_role("button", name="Show").click()
    record = page.get_by_role("region", name="Due in 1 April 2020 to 31 March 2099")
    expect(record.get_by_text("Answered 15 days late")).to_be_visible()
    expect(record.get_by_text("It is about airports.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="This page as CSV").click()
    assert download.value.suggested_filename == f"compliance-{localdate()}.csv"


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_response_begins_and_a_companion_shares_it(sign_in, officer, reports, assert_accessible):
    page = sign_in(officer)
    page.goto(PAGE)
    page.get_by_role("link", name="Start the response: Long ago").click()
    assert_accessible()
    page.get_by_role("button", name="Start the response").click()
    page.get_by_text("Response started.").wait_for()
    page.goto(PAGE)
    page.get_by_role("link", name="A super-complaint").first.click()
    page.get_by_role("link", name="Edit the facts").click()
    page.get_by_label("Companion of").select_option(index=_place(page, "Long ago"))
    page.get_by_label("Why you change it").fill("Both say the same.")
    assert_accessible()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Start the response").click()
    page.get_by_label("The same as of “Long ago”: it covers both").check()
    assert_accessible()
    page.get_by_role("button", name="Start the response").click()
    page.get_by_text("Response started.").wait_for()


def _place(page, title: str) -> int:
    options = page.get_by_label("Companion of").locator("option").all_inner_texts()
    return next(place for place, words in enumerate(options) if words.startswith(title))
