"""A newcomer enters an IOPC recommendation and the time that it gave; a coroner’s report is followed to its answer."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import Inspection, TrackedRecommendation
from tests.conftest import make_tracked
from tests.makers.sources import follow, from_iopc


def test_an_iopc_recommendation_is_entered(sign_in, officer, westmarch, eastvale, assert_accessible):
    follow("iopc", "coroner")
    page = sign_in(officer)
    page.goto(reverse("add_inspection"))
    page.get_by_label("IOPC learning recommendation").check()
    page.get_by_label("The chief constable of Westmarch").check()
    page.get_by_label("Made on").fill("20/1/2026")
    must = page.locator(".app-must__say")
    expect(must).to_have_text("The chief constable of Westmarch must answer the IOPC by 16 March 2026.")
    assert_accessible()
    page.get_by_label("Title").fill("Searches of children in custody")
    page.get_by_label("Coroner’s prevention of future deaths report").check()
    expect(must).to_contain_text("must answer the coroner")
    expect(page.get_by_label("Title")).to_have_value("Searches of children in custody")
    page.get_by_label("IOPC learning recommendation").check()
    expect(must).to_contain_text("must answer the IOPC")
    page.get_by_label("The chief constable of Westmarch").check()
    page.get_by_label("Short name").fill("IOPC custody")
    page.get_by_role("button", name="Save and add its recommendations").click()
    page.wait_for_url("**/recommendations/add/**")
    page.get_by_label("Text").fill("Westmarch Police should tell an appropriate adult before a child is searched.")
    page.get_by_role("button", name="Save and finish").click()
    page.wait_for_url("**/inspections/*/**")
    made = Inspection.objects.get()
    assert (made.source, made.last_day.isoformat(), TrackedRecommendation.objects.count()) == ("iopc", "2026-03-16", 1)
    _more_time(page)
    made.refresh_from_db()
    assert made.last_day.isoformat() == "2026-04-13"
    assert_accessible()


def _more_time(page):
    """Ask within the period, and be granted four weeks."""
    page.get_by_role("link", name="Record the reply or an extension").click()
    page.get_by_role("link", name="More time was asked for").click()
    page.get_by_label("Asked for on").fill("1/3/2026")
    page.get_by_label("Why").fill("A trial runs until April.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Record the decision on the extension").click()
    page.get_by_label("Decided on").fill("9/3/2026")
    page.get_by_label("New last day, if granted").fill("13/4/2026")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".app-clock")).to_contain_text("must answer the IOPC by 13 April 2026.")
    expect(page.locator(".app-clock")).to_contain_text("More time was given: the last day was 16 March 2026.")


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_coroners_report_is_followed_to_the_chief_officers_answer(sign_in, officer, westmarch, assert_accessible):
    follow("coroner")
    facts = {"source": "coroner", "basis": "coroner", "title": "Checks in custody", "short_name": "PFD 26"}
    found = from_iopc(westmarch, **facts)
    make_tracked(found)
    page = sign_in(officer)
    page.goto(found.get_absolute_url())
    expect(page.get_by_text("must answer the coroner by 16 March 2026.")).to_be_visible()
    page.get_by_role("link", name="Record the reply or an extension").click()
    steps = (
        ("We have asked", "2/2/2026"),
        ("We have seen it", "2/3/2026"),
        ("It is sent", "12/3/2026"),
        ("It is published", "20/3/2026"),
    )
    for button, day in steps:
        page.get_by_label("Day", exact=True).fill(day)
        if button == "It is published":
            page.get_by_label("Where it is published").fill("https://www.judiciary.example/2026-0318")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".app-clock")).to_contain_text("Answered in time, on 12 March 2026.")
    expect(page.get_by_text("Sent on 12 March 2026")).to_contain_text("4 days before the last day")
    expect(page.get_by_role("link", name="Where it is published")).to_be_visible()
    assert_accessible()
    found.refresh_from_db()
    assert (found.answer_sent_on.isoformat(), found.answer_steps.count()) == ("2026-03-12", 4)
    page.goto(reverse("inspections"))
    expect(page.get_by_role("row", name="Checks in custody")).to_contain_text("reply sent")
