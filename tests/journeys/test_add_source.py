"""A newcomer enters an IOPC recommendation: who must answer by when is said while they type."""

from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import Inspection, TrackedRecommendation
from tests.makers.sources import follow


def test_an_iopc_recommendation_is_entered(sign_in, officer, westmarch, eastvale, assert_accessible):
    follow("iopc", "coroner")
    page = sign_in(officer)
    page.goto(reverse("add_inspection"))
    page.get_by_label("IOPC learning recommendation").check()
    page.get_by_role("button", name="Continue").click()
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
