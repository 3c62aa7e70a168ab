"""An office without records: it keeps the rules on its first day, and two people take it to its first filed paper."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.journeys.people.test_people import come_in

ADA, BEN, HANNAH, MARGARET = (f"{name}@office.gov.uk" for name in ("ada", "ben", "hannah", "margaret"))


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_an_empty_office_keeps_the_rules(
    page, browse, body, officer, member, assert_accessible, assert_accessible_at_both
):
    office, committee = browse(officer), browse(member)
    for browser, address, words in (
        (office, "/register/", "Register"),
        (office, "/responses/compliance/", "No report waits for a response"),
        (committee, "/", "No paper has been finalised yet."),
        (page, "/published/", "No response has been published here yet."),
    ):
        browser.goto(address)
        expect(browser.get_by_text(words).first).to_be_visible()
        assert_accessible(browser)
    office.goto("/custody/")
    office.get_by_text("There are no custody suites yet").wait_for()
    assert_accessible_at_both(office)
    answer = office.goto("/no/such/page/")
    assert (answer.status, office.get_by_role("heading", level=1).inner_text()) == (404, "Page not found")
    assert_accessible(office)


@pytest.mark.usefixtures("worker")
def test_two_administrators_and_two_officers_take_an_empty_office_to_its_first_paper(
    browse, transactional_db, assert_accessible, capsys
):
    office = ("--office-name", "Marches OPCC", "--body", "Mayor of the Marches", "--kind", "mayor")
    for name, email in (("Ada Rowe", ADA), ("Ben Okoro", BEN)):
        call_command("invite_administrator", *office, "--name", name, "--email", email)
    ada, ben, hannah, margaret = (browse() for _ in range(4))
    come_in(ada, ADA)
    come_in(ben, BEN)
    add_what_is_missing(ada, assert_accessible)
    for name, email, role in (
        ("Hannah Whitlock", HANNAH, "OPCC officer"),
        ("Margaret Osei", MARGARET, "Approving officer"),
    ):
        invite(ada, name, email, role, assert_accessible)
        confirm(ben, name)
    come_in(hannah, HANNAH)
    come_in(margaret, MARGARET)
    assert missing(ada) == ["1 force without an inspection lead"]
    add_a_report(hannah, assert_accessible)
    add_an_update(hannah)
    address = draft_a_paper(hannah, assert_accessible)
    finalise(margaret, address, assert_accessible)
    paper = ScrutinyReport.objects.get()
    assert (paper.state, paper.figures["sum"]["closing"], bool(paper.file)) == ("finalised", 2, True)


def missing(page) -> list[str]:
    page.goto("/")
    return [link.inner_text() for link in page.get_by_role("region", name="Missing").get_by_role("link").all()]


def add_what_is_missing(page, assert_accessible):
    """Each line of “Missing” leads to where it is put right."""
    page.goto("/")
    assert_accessible(page)
    page.get_by_role("link", name="Say what your office uses").click()
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.goto("/")
    page.get_by_role("link", name="No force").click()
    page.get_by_role("link", name="Add a force").click()
    page.get_by_label("Name", exact=True).fill("Westmarch Police")
    page.get_by_label("Short name").fill("Westmarch")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Westmarch Police is added.").wait_for()
    page.goto("/")
    page.get_by_role("link", name="force that no body oversees").click()
    assert_accessible(page)
    page.get_by_label("Body").select_option("Mayor of the Marches")
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Since").fill("1/5/2024")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is added.").wait_for()
    page.goto("/")
    page.get_by_role("link", name="No committee").click()
    page.get_by_role("link", name="Add a panel").click()
    page.get_by_label("Name", exact=True).fill("Joint audit committee")
    page.get_by_label("Kind").select_option("audit")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is added.").wait_for()


def invite(page, name: str, email: str, role: str, assert_accessible):
    page.goto("/security/people/")
    page.get_by_role("link", name="Invite a person").click()
    assert_accessible(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_label(role).check()
    page.get_by_role("button", name="Invite").click()
    page.get_by_text("Waits for another administrator to confirm it").wait_for()
    assert_accessible(page)


def confirm(page, name: str):
    page.goto("/security/people/")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Confirm and send").click()
    page.get_by_text("Link made on").wait_for()


def add_a_report(page, assert_accessible):
    """By hand, with two recommendations."""
    page.goto("/")
    assert_accessible(page)
    page.goto("/inspections/add/")
    page.get_by_label("Kind").select_option("peel")
    page.get_by_label("Title").fill("PEEL: an assessment of Westmarch Police")
    page.get_by_label("Short name").fill("PEEL 26")
    page.get_by_label("Published on").fill("2/3/2026")
    page.get_by_role("button", name="Save and add its recommendations").click()
    text = page.get_by_label("Text", exact=True)
    text.fill("By 30 September 2026, the force should test every cell call bell daily.")
    page.get_by_role("button", name="Save and add another").click()
    expect(text).to_have_value("")
    text.fill("The force should publish how often force is used in custody.")
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("PEEL: an assessment of Westmarch Police")
    assert_accessible(page)
    assert TrackedRecommendation.objects.count() == 2


def add_an_update(page):
    page.goto(f"/register/?add={TrackedRecommendation.objects.earliest('pk').pk}")
    page.get_by_label("What was done").fill("A second officer signs each test.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("A second officer signs each test.").first.wait_for()


def draft_a_paper(page, assert_accessible) -> str:
    page.goto("/papers/")
    assert_accessible(page)
    page.get_by_role("link", name="Prepare").first.click()
    page.get_by_label("Westmarch Police").check()
    page.get_by_label("Another period").check()
    page.get_by_label("First day").fill("1/1/2026")
    page.get_by_label("Last day").fill("30/6/2026")
    page.get_by_label("Committee").select_option("Joint audit committee")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/papers/*/")
    assert_accessible(page)
    return page.url


def finalise(page, address: str, assert_accessible):
    page.goto("/")
    assert_accessible(page)
    page.goto(address)
    page.get_by_role("button", name="Finalise the paper").click()
    assert_accessible(page)
    page.get_by_role("button", name="Finalise").click()
    page.get_by_text("The filed paper").wait_for()
