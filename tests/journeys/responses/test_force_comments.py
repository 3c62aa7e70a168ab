"""A chief officer's comments as the force writes them: two people, both texts, the last look, what the office sees."""

import datetime
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.responses.chief_officers import invitations
from recommendations.enums import Role
from recommendations.models import ChiefOfficerComments, CommentsDraft
from recommendations.periods import say
from tests.conftest import make_inspection, make_person, make_tracked
from tests.makers.responses import make_response

DAY = datetime.timedelta(days=1)
FIRST = "Westmarch Police accepts what the report asks."
SECOND = "Westmarch Police accepts it in part."
BOTH = f"{FIRST}\n\nThe second needs money that we do not have."


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def invitation(body, westmarch, officer):
    published = localdate() - 20 * DAY
    report = make_inspection(westmarch, title="Bells in custody", published_on=published, at=now())
    for number in "12":
        make_tracked(report, number=number, at=now())
    by = {"by": officer, "at": now()}
    response = make_response(report, body, **by)
    made = invitations.invite(response=response, force=westmarch, due_on=localdate() + 9 * DAY, **by)
    sent = {"sent_on": localdate(), "sent_to": "Chief Constable A. Rowe", "sent_how": "by email"}
    return invitations.record_sent(invitation=made, **sent, **by)


@pytest.fixture
def colleague(westmarch):
    return make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_two_people_of_a_force_write_its_comments_and_submit_them(
    browse, invitation, officer, force_lead, colleague, assert_accessible
):
    mine, theirs, office = browse(force_lead), browse(colleague), browse(officer)
    open_from_the_first_page(mine, assert_accessible)
    open_from_the_first_page(theirs, assert_accessible)
    save(mine, FIRST)
    mine.get_by_text("Draft saved. It stays inside Westmarch Police until you submit it.").wait_for()
    the_second_sees_both_and_puts_them_together(theirs, assert_accessible)
    the_office_sees_no_word(office, invitation)
    look_and_submit(theirs, assert_accessible)
    the_first_finds_it_submitted(mine, assert_accessible)
    office.goto("/?whose=everyone")
    office.get_by_text(re.compile(r"^\d+ changes?$")).click()
    expect(office.get_by_text(f"Comments of Westmarch Police came on {say(localdate())}")).to_be_visible()
    office.goto(f"/responses/{invitation.response_id}/comments/")
    expect(office.get_by_text("The second needs money that we do not have.").first).to_be_visible()
    said = ChiefOfficerComments.objects.get()
    assert (said.text, said.recorded_by, said.dated_on) == (BOTH, colleague, localdate())
    assert CommentsDraft.objects.count() == 0
    assert verification.verify() == []


def open_from_the_first_page(page, assert_accessible):
    page.goto("/")
    page.get_by_role("link", name="Write the chief officer’s comments on Custody 26").click()
    page.get_by_text("Drafts stay inside Westmarch Police").wait_for()
    expect(page.get_by_text("9 days left")).to_be_visible()
    assert_accessible(page)


def save(page, text: str):
    page.get_by_label("Comments", exact=True).fill(text)
    page.get_by_role("button", name="Save draft").click()


def the_second_sees_both_and_puts_them_together(page, assert_accessible):
    save(page, SECOND)
    page.get_by_text("Someone else saved this while you were typing.").first.wait_for()
    table = page.get_by_role("table", name="What differs between the two of you")
    expect(table.get_by_text(FIRST)).to_be_visible()
    expect(table.get_by_text(SECOND)).to_be_visible()
    expect(page.get_by_label("Comments", exact=True)).to_have_value(SECOND)
    assert_accessible(page)
    page.get_by_label("Comments", exact=True).fill(BOTH)
    page.get_by_label("Signed by").fill("A. Rowe")
    page.get_by_role("button", name="Check and submit").click()
    page.get_by_role("link", name="Enter the rank or title of whoever signed.").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Enter the rank or title of whoever signed.").click()
    page.get_by_label("Rank or title").fill("Chief Constable")
    page.get_by_label("Dated").fill(say(localdate()))


def the_office_sees_no_word(page, invitation):
    for path in ("", "draft/", "comments/"):
        page.goto(f"/responses/{invitation.response_id}/{path}")
        assert "Westmarch Police accepts" not in page.content()


def look_and_submit(page, assert_accessible):
    page.get_by_role("button", name="Check and submit").click()
    page.get_by_role("heading", name="Comments of the chief constable").wait_for()
    expect(page.get_by_text(f"A. Rowe, Chief Constable, {say(localdate())}.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Submitted to Marches OPCC.").wait_for()
    expect(page.get_by_text(f"Submitted on {say(localdate())} by Dana Fox.")).to_be_visible()
    assert_accessible(page)


def the_first_finds_it_submitted(page, assert_accessible):
    """What they were still typing comes back to them, beside what was submitted."""
    save(page, "Too late.")
    expect(page.get_by_text("They are not edited: Marches OPCC withdraws them first.").first).to_be_visible()
    expect(page.get_by_label("Comments", exact=True)).to_have_value("Too late.")
    expect(page.get_by_text("The second needs money that we do not have.")).to_be_visible()
    page.goto("/comments/")
    expect(page.get_by_text(f"Submitted on {say(localdate())} by Dana Fox")).to_be_visible()
    assert_accessible(page)
