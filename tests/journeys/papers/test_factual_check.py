"""The life of a paper: a draft goes to the force, comes back with a correction, is finalised and issued."""

import datetime

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.papers import papers
from recommendations.models import FactualCheck, PaperIssue, ScrutinyReport
from recommendations.periods import recent_quarters, say
from tests.conftest import make_inspection, make_tracked
from tests.makers.committees import make_panel

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def paper(body, westmarch, officer):
    quarter = recent_quarters(localdate(), 2)[1]
    report = make_inspection(westmarch, title="Bells in custody", published_on=quarter.start - 60 * DAY, at=now())
    make_tracked(report, due_on=quarter.start, at=now())
    panel = make_panel("Joint Audit Committee")
    return papers.prepare(force=westmarch, panel=panel, start=quarter.start, end=quarter.end, by=officer, at=now())


@pytest.mark.soak
@pytest.mark.sqlite_alone
@pytest.mark.usefixtures("worker")
def test_a_force_checks_a_draft_and_the_paper_goes_to_the_committee(
    browse, paper, officer, force_lead, approver, assert_accessible
):
    office, force = browse(officer), browse(force_lead)
    send(office, paper, assert_accessible)
    reply(force, assert_accessible)
    answer(office, assert_accessible)
    finalise(browse(approver), paper, assert_accessible)
    issue(office, paper, assert_accessible)
    assert FactualCheck.objects.get().corrections.get().answer == "accepted"
    assert (ScrutinyReport.objects.get().is_draft, PaperIssue.objects.get().item) == (False, "7")
    assert verification.verify() == []


def send(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    page.get_by_role("link", name="Write what the paper asks").click()
    expect(page.get_by_role("textbox", name="Questions for the chief constable")).to_be_visible()
    assert_accessible(page)
    page.go_back()
    page.get_by_role("link", name="Send it to the force for a check").click()
    page.get_by_label("Reply by").fill(say(localdate() + 5 * DAY))
    assert_accessible(page)
    page.get_by_role("button", name="Send to the force").click()
    page.get_by_text("Sent. Westmarch Police sees the draft until it has replied.").wait_for()
    expect(page.get_by_role("button", name="Finalise the paper")).to_have_count(0)
    assert_accessible(page)


def reply(page, assert_accessible):
    page.goto("/")
    page.get_by_role("link", name="Check the facts of a draft paper").click()
    expect(page.get_by_role("heading", name="The sum")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Reply", exact=True).click()
    page.get_by_label("Corrections", exact=True).check()
    first = page.get_by_role("group", name="Correction 1")
    first.get_by_label("Which line").fill("Page 1, overdue")
    first.get_by_label("What is wrong").fill("The day of the report.")
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_role("link", name="Write what it should say.").click()
    assert_accessible(page)
    first.get_by_label("What it should say").fill("One day earlier.")
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_text("Sent to the office.").wait_for()
    expect(page.get_by_text("The draft is with the office again.")).to_be_visible()
    assert_accessible(page)


def answer(page, assert_accessible):
    page.goto("/")
    page.get_by_role("link", name="Answer 1 correction of Westmarch Police").click()
    page.get_by_role("link", name="Answer it").click()
    page.get_by_label("Accepted", exact=True).check()
    assert_accessible(page)
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_text("Accepted by the office").wait_for()
    assert_accessible(page)


def finalise(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    said = f"Checked for factual accuracy by the force, {say(localdate())}: 1 correction, 1 accepted."
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Finalise the paper").click()
    expect(page.get_by_role("button", name="Finalise", exact=True)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Finalise", exact=True).click()
    page.get_by_text("Finalised. The figures and the file are kept as they are now.").wait_for()


def issue(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    page.get_by_role("link", name="Issue to a meeting").click()
    page.get_by_label("Day of the meeting").fill(say(localdate() + 20 * DAY))
    page.get_by_label("Item number").fill("7")
    page.get_by_label("How it was sent").fill("By email to the clerk")
    assert_accessible(page)
    page.get_by_role("button", name="Issue the paper").click()
    page.get_by_text("Issued to the meeting.").wait_for()
