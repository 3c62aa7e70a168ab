"""Commitments in a browser: a sentence is marked, checked, late, moved to another day; a check is withdrawn."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.commitments import commitments
from recommendations.models import Commitment
from tests.makers.commitments import ASKED, WATCH, make_commitment, make_version

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def test_from_a_sentence_to_a_check(sign_in, officer, body, westmarch, assert_accessible):
    response = make_version(body, westmarch).response
    page = sign_in(officer)
    page.goto("/commitments/")
    page.get_by_text("There are no commitments yet").wait_for()
    assert_accessible()
    page.get_by_role("link", name="Choose a response").click()
    page.get_by_role("link", name=response.title).first.click()
    page.get_by_text("Reads like a commitment").first.wait_for()
    assert_accessible()
    page.get_by_role("link", name=re.compile("^Mark as commitment.*We will watch")).click()
    expect(page.get_by_label("The sentence, word for word")).to_have_value(WATCH)
    expect(page.get_by_label("Checked", exact=True)).to_have_value("quarter")
    expect(page.get_by_label("Kept by")).to_have_value("Hannah Whitlock")
    assert_accessible()
    page.get_by_label("The sentence, word for word").fill("We will watch the doors.")
    page.get_by_role("button", name="Mark as commitment").click()
    page.get_by_role("link", name="These words are not there").click()
    assert_accessible()
    page.get_by_label("The sentence, word for word").fill(WATCH)
    page.get_by_label("First check").fill("31 March 2026")
    page.get_by_role("button", name="Mark as commitment").click()
    page.get_by_text("Followed as a commitment.").wait_for()
    page.get_by_role("heading", name=WATCH).wait_for()
    assert_accessible()
    check(page, assert_accessible)
    assert Commitment.objects.get().next_on == datetime.date(2026, 6, 30)


def check(page, assert_accessible) -> None:
    """A check with something wrong, mended; and one that is withdrawn."""
    page.get_by_role("button", name="Save check").click()
    page.get_by_role("link", name="Choose what the check found.").wait_for()
    assert_accessible()
    page.get_by_role("radio", name="Kept", exact=True).check()
    page.get_by_label("What was found, or why it is dropped").fill("Ninety of ninety tests are in the log.")
    page.get_by_label("Day of the check").fill("2 April 2026")
    page.get_by_role("button", name="Save check").click()
    page.get_by_text("Check recorded.").wait_for()
    expect(page.get_by_text("Next check on 30 June 2026.")).to_be_visible()
    page.get_by_role("radio", name="Dropped").check()
    page.get_by_label("What was found, or why it is dropped").fill("A slip.")
    page.get_by_role("button", name="Save check").click()
    page.get_by_text("Nothing is left to check here.").wait_for()
    assert_accessible()
    page.get_by_role("link", name="Withdraw Dropped").click()
    page.get_by_label("Why it is withdrawn").fill("Wrong line.")
    assert_accessible()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Check withdrawn.").wait_for()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_is_overdue_leads_from_the_first_page_to_its_form(sign_in, officer, body, westmarch, assert_accessible):
    version = make_version(body, westmarch)
    late, soon = make_commitment(version), make_commitment(version, quote=ASKED, keeper="Joe Brandreth")
    for each, days, ago in ((late, -12, 200), (soon, 5, 0)):
        moved = {"keeper": each.keeper, "every": "quarter", "next_on": localdate() + days * DAY, "reason": "Later."}
        commitments.edit_commitment(commitment=each, version=1, by=None, at=now() - ago * DAY, **moved)
    page = sign_in(officer)
    page.goto("/?whose=everyone")
    expect(page.get_by_role("link", name="1 commitment to check")).to_be_visible()
    page.get_by_role("link", name="Check 1 commitment", exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("12 days overdue")
    expect(page.get_by_role("row")).to_have_count(2)
    assert_accessible()
    page.get_by_role("link", name="2 in all").click()
    page.get_by_label("Kept by").select_option("Joe Brandreth")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name=ASKED).click()
    page.get_by_role("link", name="Change who keeps it and when it is checked").click()
    page.get_by_label("Next check", exact=True).fill("1 June 2099")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Say why the next check is on another day.").wait_for()
    assert_accessible()
    page.get_by_label("Why the next check is on another day").fill("The panel meets then.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Next check moved to 1 June 2099").wait_for()
    assert_accessible()
