"""One's own work in a browser: be given six recommendations, work through them, and ask a colleague in a note."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.register.bulk import verbs as bulk
from recommendations.models import OfficeNote, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def given(westmarch, officer, approver):
    """Seven recommendations; an approving officer gives six of them to the officer."""
    inspection = make_inspection(westmarch, published_on=localdate() - 30 * DAY, at=now())
    made = [make_tracked(inspection, number=str(number), at=now()) for number in range(1, 8)]
    versions = {each.pk: each.version for each in made[:6]}
    bulk.give_leads_to_many(versions=versions, leads={"opcc_lead": officer.name}, by=approver, at=now())
    return made[:6]


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_six_recommendations_are_given_and_worked_through(browse, officer, given):
    page = browse(officer)
    page.goto("/")
    expect(page.get_by_role("button", name="Mine")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="6 recommendations were given to you").click()
    expect(page.locator("tr[id^=row-]")).to_have_count(6)
    page.locator("tr[id^=row-]").first.hover()
    page.get_by_role("link", name="Add update", exact=False).click()
    for number in range(1, 7):
        page.get_by_label("What was done").fill(f"Bells were tested, round {number}.")
        page.get_by_role("button", name="Save and close" if number == 6 else "Save and next").click()
        if number < 6:
            expect(page.get_by_label("What was done")).to_have_value("")
    expect(page.get_by_label("What was done")).to_have_count(0)
    assert TrackedRecommendation.objects.filter(updates__isnull=False).distinct().count() == 6


@pytest.mark.sqlite_alone
def test_a_colleague_is_asked_in_a_note(browse, officer, approver, tracked, assert_accessible_at_both):
    page = browse(officer)
    page.goto(tracked.get_absolute_url())
    page.get_by_role("link", name="Office note").click()
    note = page.get_by_label("Note", exact=True)
    note.press_sequentially("@Mar")
    expect(page.get_by_role("option", name="Margaret Osei")).to_be_visible()
    note.press("Enter")
    note.press_sequentially("please look.")
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".app-note__text")).to_have_text("@Margaret Osei please look.")
    assert OfficeNote.objects.get().text == "@Margaret Osei please look."
    page = browse(approver)
    page.goto("/")
    page.get_by_role("link", name="Read 1 note that names you").click()
    expect(page.get_by_role("link", name="WM-0001")).to_be_visible()
