"""The chief officer's comments in a browser: invited, sent, uploaded in Word, seen, recorded; then a copy goes out."""

import datetime

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.people import records
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import ChiefOfficerComments, Copy, Recipient, Response
from recommendations.periods import say
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import SAID, make_response, publish, write
from tests.makers.word_file import para, word_file

WORD = word_file(para("The force agrees.") + para("Bells are tested daily."), header="OFFICIAL")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def response(westmarch, body, officer):
    """A report of twenty days ago, answered; nobody has been invited to comment."""
    at = timezone.now()
    report = make_inspection(westmarch, published_on=localdate() - datetime.timedelta(days=20), at=at)
    tracked = make_tracked(report, at=at)
    made = make_response(report, body, by=officer, at=at)
    write(made, "narrative", text="We welcome the report.", by=officer, at=at)
    write(made, f"recommendation-{tracked.recommendation_id}", by=officer, at=at, **SAID)
    inspectorate = Recipient(kind="inspectorate", name="The inspectorate", email="post@example.org")
    records.keep(record=inspectorate, by=None, at=at)
    return made


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_the_invitation_to_a_copy(page, sign_in, officer, approver, response, assert_accessible):
    sign_in(officer)
    invite(page, response, assert_accessible)
    record_sent(page, assert_accessible)
    record_comments(page, assert_accessible)
    publish_it(response, officer, approver)
    send_copy(page, response, assert_accessible)


def says(page, words: str) -> None:
    expect(page.locator(".app-flash")).to_have_text(words)


def state(page, words: str) -> None:
    expect(page.locator(".app-rec__state")).to_have_text(words)


def invite(page, response, assert_accessible) -> None:
    page.goto(response.get_absolute_url())
    page.get_by_role("link", name="has not been invited to comment").click()
    state(page, "Not invited")
    assert_accessible()
    page.get_by_role("link", name="Invite to comment").click()
    page.get_by_label("Comments by").fill("31/2/2026")
    page.get_by_role("button", name="Invite to comment").click()
    wrong = ["31 February 2026 does not exist.", "Choose how the invitation is sent."]
    expect(page.locator(".govuk-error-summary li")).to_have_text(wrong)
    assert_accessible()
    page.get_by_label("Comments by").fill(say(localdate() + datetime.timedelta(days=14)))
    page.get_by_label("The office sends it, or has sent it").check()
    expect(page.get_by_label("Sent on")).to_be_visible()
    page.get_by_label("It is not sent yet").check()
    expect(page.get_by_label("Sent on")).to_be_hidden()
    page.get_by_role("button", name="Invite to comment").click()
    says(page, "The letter is prepared. No one is invited until you record that it was sent.")
    state(page, "Not sent")


def record_sent(page, assert_accessible) -> None:
    page.get_by_role("link", name="Record that it was sent").click()
    assert_accessible()
    page.get_by_label("How").fill("by email")
    page.get_by_role("button", name="Record that it was sent").click()
    says(page, "Recorded as sent. The force can comment now.")
    state(page, "Waiting")
    assert_accessible()


def record_comments(page, assert_accessible) -> None:
    page.get_by_role("link", name="Record comments").click()
    assert_accessible()
    page.get_by_label("Signed by").fill("A. Rowe")
    page.get_by_label("The file that they came in").set_input_files(
        {"name": "comments.docx", "mimeType": DOCX, "buffer": WORD}
    )
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("status").filter(has_text="Check the words.")).to_be_visible()
    expect(page.get_by_label("The comments, word for word")).to_have_value(
        "The force agrees.\n\nBells are tested daily."
    )
    expect(page.get_by_label("Signed by")).to_have_value("A. Rowe")
    assert ChiefOfficerComments.objects.count() == 0
    assert_accessible()
    page.get_by_label("Dated").fill(say(localdate()))
    page.get_by_role("button", name="Record comments").click()
    says(page, "The comments are recorded.")
    state(page, "Comments are here")
    assert_accessible()
    with page.expect_download() as came:
        page.get_by_role("link", name="comments.docx").click()
    assert came.value.path().read_bytes() == WORD


def publish_it(response, officer, approver) -> None:
    at = timezone.now()
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=at)
    publish(Response.objects.get(pk=response.pk), by=officer, at=at)


def send_copy(page, response, assert_accessible) -> None:
    page.goto(response.get_absolute_url())
    page.get_by_role("link", name="Send copies").click()
    assert_accessible()
    page.get_by_role("link", name="Record that it was sent").click()
    assert_accessible()
    page.get_by_label("How").fill("by post")
    page.get_by_role("button", name="Record that it was sent").click()
    says(page, "Sent: The inspectorate.")
    expect(page.locator("h2 .app-second")).to_have_text("all sent")
    assert_accessible()
    assert Copy.objects.get().sent_to == "The inspectorate, post@example.org"
