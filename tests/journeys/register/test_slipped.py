"""A closure that slipped, in a browser: the day has come, one says what they saw, another opens it again."""

from datetime import date

import pytest
from playwright.sync_api import expect

from recommendations.models import Recheck
from tests.conftest import AT
from tests.makers.rechecks import MEASURE, SAW, make_closed


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_was_closed_slipped(browse, officer, approver, tracked, assert_accessible_at_both):
    make_closed(tracked, by=officer, decided_by=approver, at=AT, look_on=date(2026, 11, 20))
    page = browse(officer)
    page.goto("/?whose=everyone")
    page.get_by_role("link", name="Look again at 1 closure: has it lasted?").click()
    page.get_by_role("link", name=str(tracked.reference)).first.click()
    expect(page.get_by_text(MEASURE).first).to_be_visible()
    assert_accessible_at_both(page)
    say_it_slipped(page, tracked, "Two visits of another suite.")
    page.goto(tracked.get_absolute_url())
    page.locator("summary", has_text="More about Looked at again: it slipped").click()
    page.get_by_role("link", name="Withdraw Looked at again: it slipped").click()
    assert_accessible_at_both(page)
    page.get_by_label("Why it is withdrawn").fill("Of another suite.")
    page.get_by_role("button", name="Withdraw this entry").click()
    expect(page.get_by_text(f"Entry withdrawn from {tracked}.")).to_be_visible()
    say_it_slipped(page, tracked, SAW)
    office = browse(approver)
    office.goto(tracked.get_absolute_url())
    expect(office.get_by_text(SAW).first).to_be_visible()
    office.get_by_role("button", name="Open it again").click()
    expect(office.get_by_text("is open again").first).to_be_visible()
    agreed = Recheck.objects.standing().get(answer="slipped").agreed
    assert (agreed, tracked.closures.get().reopened_why) == (True, SAW)


def say_it_slipped(page, tracked, saw: str) -> None:
    page.goto(tracked.get_absolute_url())
    page.get_by_label("No: reopen").check()
    page.get_by_label("What you saw").fill(saw)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"You asked to open {tracked} again.")).to_be_visible()
