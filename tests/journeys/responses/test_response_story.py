"""The whole story of a response between four browsers: office, force, approving officer, and whoever reads it."""

import datetime
import re
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.people import records
from recommendations.models import Commitment, CommitmentCheck, Copy, Recipient, Response
from recommendations.periods import say

REPORT = Path(__file__).parents[2] / "samples" / "reports" / "peel.html"
SAID = "Westmarch Police accepts every finding."
PROMISE = "I have asked for the figures each quarter."
PAUSE = 2_000  # after typing, before a part is saved
TWENTY_DAYS_AGO = datetime.timedelta(days=20)


@pytest.fixture
def inspectorate(db):
    to = Recipient(kind="inspectorate", name="The inspectorate", email="post@example.org")
    return records.keep(record=to, by=None, at=datetime.datetime.now(datetime.UTC))


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_from_the_report_to_a_commitment_that_is_kept(
    browse, page, officer, force_lead, approver, body, westmarch, inspectorate, assert_accessible
):
    office, force, decides = browse(officer), browse(force_lead), browse(approver)
    bring_in(office)
    invite(office)
    comment(force)
    draft(office)
    approve(decides)
    publish(office)
    read_in_public(page, assert_accessible)
    see_that_it_was_published(force)
    send_a_copy(office)
    keep_the_promise(office, assert_accessible)
    assert (Copy.objects.count(), Commitment.objects.get().quote) == (1, PROMISE)
    assert CommitmentCheck.objects.get().outcome == "kept"
    assert verification.verify() == []


def the_response() -> Response:
    return Response.objects.get()


def bring_in(page) -> None:
    page.goto("/inspections/bring-in/")
    page.get_by_label("File", exact=True).set_input_files(REPORT)
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill(say(localdate() - TWENTY_DAYS_AGO))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save report").first.click()
    page.get_by_text("its response is started").wait_for()
    page.goto(the_response().get_absolute_url())
    expect(page.get_by_text(f"{say(localdate() + datetime.timedelta(days=35))}: 35 days left")).to_be_visible()


def invite(page) -> None:
    page.get_by_role("link", name="has not been invited to comment").click()
    page.get_by_role("link", name="Invite to comment").click()
    page.get_by_label("Comments by").fill(say(localdate() + datetime.timedelta(days=14)))
    page.get_by_label("It is not sent yet").check()
    page.get_by_role("button", name="Invite to comment").click()
    with page.expect_download() as letter:
        page.get_by_role("link", name="PDF").click()
    assert letter.value.path().read_bytes().startswith(b"%PDF-1.7")
    page.get_by_role("link", name="Record that it was sent").click()
    page.get_by_label("How").fill("by email")
    page.get_by_role("button", name="Record that it was sent").click()
    expect(page.locator(".app-rec__state")).to_have_text("Waiting")


def comment(page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Write the chief officer’s comments on ")).click()
    page.get_by_label("Comments", exact=True).fill(SAID)
    page.get_by_label("Signed by").fill("A. Rowe")
    page.get_by_label("Rank or title").fill("Chief Constable")
    page.get_by_label("Dated").fill(say(localdate()))
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_text(SAID)).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Submitted to Marches OPCC.").wait_for()


def draft(page) -> None:
    page.clock.install()
    page.goto(f"{the_response().get_absolute_url()}draft/")
    page.get_by_label("Narrative", exact=True).fill("We welcome this report.")
    lacking = page.locator(".app-rec").filter(has=page.get_by_text("Action and comment missing", exact=True))
    for _ in range(lacking.count()):
        section = page.locator(f"#{lacking.first.get_attribute('id')}")
        section.get_by_label("Proposed", exact=True).check()
        section.get_by_label("OPCC comment").fill(f"The force tells us what it did. {PROMISE}")
        page.clock.fast_forward(PAUSE)
        expect(section.locator(".app-rec__state")).to_have_text("Complete")
    page.get_by_role("button", name="Mark it as a commitment").first.click()
    page.get_by_label("First check").fill(say(localdate() + datetime.timedelta(days=90)))
    page.get_by_role("button", name="Save commitment").click()
    expect(page.get_by_role("heading", name="Nothing is missing")).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    page.get_by_text("Submitted for approval.").wait_for()


def approve(page) -> None:
    page.goto("/responses/")
    page.get_by_role("link", name="The response").first.click()
    page.get_by_label("Approve this text").check()
    page.get_by_role("button", name="Save decision").click()
    page.get_by_text("Approved.", exact=True).wait_for()


def publish(page) -> None:
    page.goto(the_response().get_absolute_url())
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("with its PDF and its text.")).to_be_visible(timeout=60_000)


def read_in_public(page, assert_accessible) -> None:
    page.goto("/published/")
    page.get_by_role("link", name=the_response().title).first.click()
    for words in (SAID, "We welcome this report.", f"{PROMISE}"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text(": in time")).to_be_visible()
    assert_accessible()


def see_that_it_was_published(page) -> None:
    page.goto("/comments/")
    page.get_by_role("link", name="published", exact=False).first.click()
    page.get_by_text("We welcome this report.").wait_for()


def send_a_copy(page) -> None:
    page.goto(the_response().get_absolute_url())
    page.get_by_role("link", name="Send copies").click()
    page.get_by_role("link", name="Record that it was sent").click()
    page.get_by_label("How").fill("by post")
    page.get_by_role("button", name="Record that it was sent").click()
    page.get_by_text("Sent: The inspectorate.").wait_for()


def keep_the_promise(page, assert_accessible) -> None:
    page.goto("/commitments/")
    page.get_by_role("link", name=PROMISE).click()
    page.get_by_role("radio", name="Kept", exact=True).check()
    page.get_by_label("What was found, or why it is dropped").fill("The figures came and were read at the board.")
    page.get_by_role("button", name="Save check").click()
    page.get_by_text("Check recorded.").wait_for()
    assert_accessible(page)
