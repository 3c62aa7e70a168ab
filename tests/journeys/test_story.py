"""The whole line, in a browser: from a published response to a filed board paper, and the trail that proves it."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from recommendations.models import ScrutinyReport, TrackedRecommendation, TrailEntry

TWIN = Path(__file__).parent.parent / "samples" / "twin.txt"


@pytest.fixture
def as_person(sign_in, page):
    """Somebody else sits down at the same browser."""

    def change(person):
        page.context.clear_cookies()
        return sign_in(person)

    return change


@pytest.mark.usefixtures("worker")
def test_from_a_published_response_to_a_filed_paper(
    page, as_person, body, westmarch, officer, approver, force_lead, member, assert_accessible, capsys
):
    bring_in(as_person(officer), assert_accessible)
    tracked = TrackedRecommendation.objects.get()
    assert (tracked.reference, tracked.deadline_kind) == ("WM-0001", "immediate")
    log_an_update_beside_the_register(as_person(force_lead), assert_accessible)
    record_what_the_office_thinks(as_person(officer), assert_accessible)
    ask_for_closure(as_person(force_lead))
    decide_closure(as_person(approver), assert_accessible)
    look_back(as_person(officer))
    paper = file_a_paper(as_person, officer, approver, assert_accessible)
    download(as_person(member), paper, assert_accessible)
    read_the_history(as_person(officer), assert_accessible)
    call_command("verify_audit", "--head", paper.figures["trail_head"])
    assert [entry.verb for entry in TrailEntry.objects.order_by("sequence")][-10:] == [
        "record_published_response",
        "log_force_update",
        "record_assurance",
        "set_target",
        "request_closure",
        "approve_closure",
        "reopen",
        "prepare_paper",
        "finalise_paper",
        "download_paper",
    ]


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def bring_in(page, assert_accessible):
    text = TWIN.read_text(encoding="utf-8")
    page.goto("/responses/")
    assert_accessible()
    page.get_by_role("link", name="Add a published response").first.click()
    assert_accessible()
    page.get_by_label("Or paste the text").fill(text)
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill("31/2/2026")
    page.get_by_label("Response published").fill("20 February 2026")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="31 February 2026 does not exist")).to_be_visible()
    assert text.strip()[:40] in page.get_by_label("Or paste the text").input_value()
    page.get_by_label("Report published").fill("5 January 2026")
    page.get_by_role("button", name="Read it").click()
    assert heading(page) == "Check what was read"
    assert_accessible()
    assert TrackedRecommendation.objects.count() == 0
    page.get_by_role("button", name="Save response").first.click()
    page.wait_for_url("**/inspections/*/")
    expect(page.get_by_text("Answered on day 47 of 56")).to_be_visible()
    assert_accessible()


def log_an_update_beside_the_register(page, assert_accessible):
    page.goto("/register/")
    page.get_by_role("row", name="WM-0001").hover()
    page.get_by_role("link", name="Add update to WM-0001").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Say what was done.")).to_be_visible()
    assert_accessible()
    page.get_by_label("What was done").fill("The panels’ attendance was reviewed; a superintendent now attends.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("a superintendent now attends").first.wait_for()


def record_what_the_office_thinks(page, assert_accessible):
    page.goto("/register/?q=WM-0001")
    page.get_by_role("link", name="WM-0001", exact=True).click()
    assert_accessible()
    page.get_by_role("link", name="OPCC assurance").first.click()
    page.get_by_label("Partly assured").check()
    page.get_by_label("Why", exact=True).fill("One quarter’s attendance is not a trend.")
    page.get_by_role("button", name="Save assurance").click()
    page.get_by_text("One quarter’s attendance is not a trend.").first.wait_for()
    page.locator(".app-else > summary").click()
    page.get_by_role("link", name="Set the force’s target").click()
    page.get_by_label("Target", exact=True).fill("30 June 2026")
    page.get_by_role("button", name="Set the target").click()
    page.get_by_text("30 June 2026").first.wait_for()
    assert_accessible()


def ask_for_closure(page):
    page.goto(TrackedRecommendation.objects.get().get_absolute_url())
    page.get_by_role("link", name="Request closure").click()
    page.get_by_label("Implemented", exact=True).check()
    page.get_by_label("Why it can be closed").fill("Decision makers have attended every panel since April.")
    page.get_by_role("button", name="Request closure").click()
    page.get_by_text("Closure requested").first.wait_for()


def decide_closure(page, assert_accessible):
    page.goto(TrackedRecommendation.objects.get().get_absolute_url())
    expect(page.get_by_text("Decision makers have attended every panel since April.").first).to_be_visible()
    assert_accessible()
    page.get_by_role("button", name="Approve closure").click()
    page.get_by_text("Blue").first.wait_for()
    assert TrackedRecommendation.objects.get().standing.outcome == "implemented"


def look_back(page):
    """The register as it stood in January, and the recommendation opened again today."""
    page.goto("/register/?as_at=31/1/2026")
    expect(page.get_by_text("As it stood on 31 January 2026").first).to_be_visible()
    expect(page.get_by_role("link", name="WM-0001", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Add update")).to_have_count(0)
    page.goto(TrackedRecommendation.objects.get().get_absolute_url())
    page.get_by_role("link", name="Reopen").click()
    page.get_by_label("Why it is reopened").fill("The superintendent has moved on.")
    page.get_by_role("button", name="Reopen", exact=True).click()
    page.get_by_text("The superintendent has moved on.").first.wait_for()


def file_a_paper(as_person, officer, approver, assert_accessible) -> ScrutinyReport:
    page = as_person(officer)
    page.goto("/papers/")
    assert_accessible()
    page.get_by_role("link", name="Prepare").first.click()
    page.get_by_label("Westmarch Police").check()
    page.get_by_label("Another period").check()
    page.get_by_label("First day").fill("1/4/2026")
    page.get_by_label("Last day").fill("1/1/2026")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("link", name="before it begins")).to_be_visible()
    assert_accessible()
    page.get_by_label("First day").fill("1/1/2026")
    page.get_by_label("Last day").fill("30/6/2026")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/papers/*/")
    expect(page.get_by_text("Draft: figures are live")).to_be_visible()
    assert_accessible()
    address = page.url
    page = as_person(approver)
    page.goto(address)
    page.get_by_role("button", name="Finalise the paper").click()
    page.get_by_role("button", name="Finalise", exact=True).click()
    page.get_by_text("The filed paper").wait_for()
    assert_accessible()
    return ScrutinyReport.objects.get()


def download(page, paper, assert_accessible):
    page.goto("/papers/")
    assert_accessible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").first.click()
    content = Path(waiting.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == paper.file.sha256
    assert waiting.value.suggested_filename == "scrutiny-report-westmarch-2026-01-01-to-2026-06-30-issue-1.pdf"


def read_the_history(page, assert_accessible):
    page.goto(TrackedRecommendation.objects.get().get_absolute_url())
    page.locator(".app-record__head .app-menu > summary").click()
    page.get_by_role("link", name="History").first.click()
    expect(page.get_by_text("Closure approved").first).to_be_visible()
    expect(page.get_by_text("Margaret Osei").first).to_be_visible()
    assert_accessible()
