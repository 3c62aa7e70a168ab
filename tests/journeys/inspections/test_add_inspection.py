"""Adding an inspection in a browser: each part of the form is shown with the answer that it belongs to."""

from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import Inspection


def test_the_form_shows_what_applies(sign_in, officer, westmarch, assert_accessible):
    page = sign_in(officer)
    page.goto(reverse("add_inspection"))
    section_55 = page.get_by_text("does section 55 of the Police Act 1996 apply?")
    days, why = page.get_by_label("Days to respond"), page.get_by_label("If it needs none, why")
    expect(section_55).to_be_hidden()
    expect(days).to_be_hidden()
    page.get_by_text("Link, inspectorates, response, other reports").click()
    expect(days).to_be_visible()
    expect(why).to_be_hidden()
    assert_accessible()
    page.get_by_label("Kind").select_option("other")
    expect(section_55).to_be_visible()
    page.get_by_label("Kind").select_option("custody")
    page.get_by_role("group", name="Does it need a response?").get_by_label("No").check()
    expect(days).to_be_hidden()
    page.get_by_label("In your words, on record").fill("It is a guide.")
    assert_accessible()
    page.get_by_label("Title").fill("Custody in Westmarch")
    page.get_by_label("Short name").fill("Custody 26")
    page.get_by_label("Published on").fill("7/1/2026")
    page.get_by_role("group", name="Does it need a response?").get_by_label("Yes").check()
    page.get_by_role("button", name="Save and add its recommendations").click()
    page.wait_for_url("**/inspections/*/**")
    added = Inspection.objects.get()
    assert (added.needs_response, added.no_response_reason, added.response_days) == (True, "", 56)
