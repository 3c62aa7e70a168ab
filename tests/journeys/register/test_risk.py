"""Risk and delay in a browser: the office weighs a recommendation, the force says why it is late and moves on."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.enums import Vocabulary
from recommendations.models import Label
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def late(westmarch, officer):
    """One that is overdue, with a target that can move, and a theme to choose."""
    records.keep(record=Label(vocabulary=Vocabulary.THEME, key="custody", words="Custody"), by=None, at=now())
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    tracked = make_tracked(inspection, due_on=localdate() - 30 * DAY, at=now())
    voices.set_target(tracked=tracked, target_on=localdate() - 10 * DAY, by=officer, at=now())
    return tracked


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_the_office_weighs_it_and_the_force_says_why_it_is_late(
    browse, officer, force_lead, late, assert_accessible_at_both
):
    page = browse(officer)
    page.goto(late.get_absolute_url())
    page.locator(".app-else > summary").click()
    page.get_by_role("link", name="Risk and themes").click()
    page.get_by_label("High").check()
    page.locator("textarea[name=why]").fill("Detainees can come to harm.")
    page.get_by_label("Custody").check()
    assert_accessible_at_both(page)
    expect(page.locator("[data-typed-notice]")).to_be_visible()  # kept as typed: saving takes one press then too
    page.get_by_role("button", name="Save risk and themes").click()
    strip = page.locator(".app-said")
    expect(strip).to_contain_text("Detainees can come to harm.")
    expect(strip).not_to_contain_text("Cause of delay")
    page = browse(force_lead)
    page.goto(late.get_absolute_url())
    expect(page.get_by_text("Cause, why, mitigation")).to_be_visible()
    page.get_by_role("link", name="Move the force’s target").click()
    page.locator("input[name=target_on]").fill("in 3 months")
    page.locator("textarea[name=reason]").fill("Two posts are empty.")
    page.get_by_role("button", name="Move the target").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose the cause of the delay.")
    page.locator("select[name=cause]").select_option("Resources")
    page.locator("textarea[name=mitigation]").fill("A sergeant looks in every hour.")
    page.get_by_role("button", name="Move the target").click()
    strip = page.locator(".app-said")
    expect(strip).to_contain_text("Cause of delay, said by the force")
    expect(strip).to_contain_text("A sergeant looks in every hour.")
    page.goto("/register/?risk=high&theme=custody")
    expect(page.locator("tr[id^=row-]")).to_have_count(1)
