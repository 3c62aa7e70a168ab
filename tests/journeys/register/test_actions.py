"""A force lead's month with actions: switched on, added in lines and from a sheet, ticked in a round, planned."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.office_use.choice import start_with_hmicfrs
from recommendations.domain.rounds.rounds import ask_for_updates
from recommendations.models import Action
from tests.conftest import make_inspection, make_many_tracked

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def twelve(westmarch, body):
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    return make_many_tracked(inspection, range(1, 13), at=now())


def forty_cells(records) -> str:
    """Forty actions on twelve recommendations as cells of a spreadsheet; the second waits for the first."""
    rows = ["Recommendation\tAgreed action\tOwner\tDue date\tDepends on"]
    for number in range(40):
        record, day = records[number % 12], localdate() + (20 + number) * DAY
        waits = "Step 1" if number == 1 else ""
        rows.append(f"{record.reference}\tStep {number + 1}\tHead of team {number % 4}\t{day:%d/%m/%Y}\t{waits}")
    return "\n".join(rows)


def test_a_force_leads_month(sign_in, administrator, officer, force_lead, twelve, assert_accessible_at_both):
    start_with_hmicfrs(at=now())
    record = twelve[0]
    page = sign_in(officer)
    page.goto(record.get_absolute_url())
    expect(page.get_by_role("link", name="Actions")).to_have_count(0)
    page = sign_in(administrator)
    page.goto("/what-you-use/")
    for each in ("Actions The steps", "Update rounds"):
        page.get_by_role("checkbox", name=each).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nothing is deleted.").wait_for()

    page = sign_in(officer)
    page.goto(f"{record.get_absolute_url()}?tab=actions")
    expect(page.get_by_text("No actions yet.")).to_be_visible()
    for words, due in (("Train every custody sergeant", "yesterday"), ("Check forty records a month", "in 2 months")):
        expect(page.get_by_label("What is to be done")).to_be_visible()
        page.get_by_label("What is to be done").fill(words)
        page.get_by_label("Who does it").fill("Head of custody")
        page.get_by_label("By", exact=True).fill(due)
        page.get_by_label("By", exact=True).press("Enter")
        page.get_by_role("link", name=words).wait_for()
        expect(page.get_by_label("What is to be done")).to_be_focused()
    expect(page.get_by_text("1 day late")).to_be_visible()
    assert_accessible_at_both()
    page.get_by_role("link", name="Check forty records a month").click()
    page.get_by_text("What it waits for, and since when").click()
    page.get_by_label("Waits for the action").select_option("Train every custody sergeant")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Waits for “Train every custody sergeant”, 1 day late.")).to_be_visible()
    assert_accessible_at_both()
    ask_for_updates(
        force=record.force, tracked=twelve, due_on=localdate() + 9 * DAY, name="December", by=officer, at=now()
    )

    page = sign_in(force_lead)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Actions").click()
    assert_accessible_at_both()
    page.get_by_role("link", name="Add from a sheet").click()
    page.get_by_label("Cells from your spreadsheet").fill(forty_cells(twelve).replace("Step 40\t", "\t"))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("There is no action. Say what is to be done.")).to_be_visible()
    assert_accessible_at_both()
    page.get_by_label("Cells from your spreadsheet").fill(forty_cells(twelve))
    page.get_by_role("button", name="Read again").click()
    page.get_by_role("button", name="Add 40 actions").click()
    page.get_by_role("button", name="Take them back").click()
    page.get_by_text("40 actions taken back.").wait_for()
    assert Action.objects.count() == 2
    page.get_by_label("Cells from your spreadsheet").fill(forty_cells(twelve))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Add 40 actions").click()
    page.get_by_text("40 actions added.").wait_for()
    assert_accessible_at_both()

    page.goto("/actions/plan/")
    assert page.get_by_role("row").count() == 6
    assert_accessible_at_both()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page /") == 1

    page.goto("/rounds/")
    page.get_by_role("link", name="December", exact=True).click()
    page.get_by_role("checkbox", name="Train every custody sergeant").check()
    page.get_by_role("button", name="Save drafts").click()
    answer = page.get_by_label("What was done since").first
    expect(answer).to_have_value(f"Train every custody sergeant: done on {localdate():%-d %B %Y}.")
    assert_accessible_at_both()
    page.get_by_text(re.compile("^Add an action")).first.click()
    page.get_by_label("What is to be done").first.fill("Test the call bells")
    page.get_by_label("Who does it").first.fill("Sgt Pryce")
    page.get_by_label("Who does it").first.press("Enter")
    expect(page.get_by_text("Say by which day.").first).to_be_visible()
    assert_accessible_at_both()
    page.get_by_label("By", exact=True).first.fill(f"{localdate() + 9 * DAY:%d/%m/%Y}")
    page.get_by_label("By", exact=True).first.press("Enter")
    expect(page.get_by_role("checkbox", name="Test the call bells")).to_be_visible()
    expect(answer).to_have_value(re.compile("^Train every custody sergeant: done on"))
