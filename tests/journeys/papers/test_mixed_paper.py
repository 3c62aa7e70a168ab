"""One paper on five sources: drafted, finalised by another, issued, and read by a member as it was filed."""

import datetime

import pypdfium2
import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.documents.papers.second_page import short
from recommendations.domain.papers.verification import check_papers
from recommendations.models import ScrutinyReport
from recommendations.periods import say
from tests.domain.papers.test_compile import moment
from tests.makers.committees import make_panel
from tests.makers.factual_checks import seat_on
from tests.makers.quarters import PASSED
from tests.makers.sources import of_five_sources

DAY = datetime.timedelta(days=1)
BEFORE, WITHIN = moment(PASSED.start - 120 * DAY), moment(PASSED.start + 30 * DAY)
OVER = (PASSED.end - BEFORE.date()).days
SUM = "by source (Audit 3, Coroner 2, HMICFRS 2, IOPC 1, Super-complaint 2) and by kind"


@pytest.mark.soak
@pytest.mark.sqlite_alone
@pytest.mark.usefixtures("worker", "body")
def test_a_paper_on_five_sources(browse, westmarch, officer, approver, member, assert_accessible_at_both):
    of_five_sources(westmarch, before=BEFORE, within=WITHIN, by=officer, decided_by=approver)
    seat_on(member, make_panel("Joint Audit Committee"))
    draft(browse(officer), assert_accessible_at_both)
    finalise_and_issue(browse(approver), assert_accessible_at_both)
    read(browse(member, accept_downloads=True))
    assert [check.problems for check in check_papers()] == [[]]


def draft(page, assert_accessible_at_both):
    page.goto("/papers/")
    page.get_by_role("link", name="Prepare a paper").click()
    page.get_by_label("Westmarch Police").check()
    page.get_by_label(PASSED.label).check()
    page.get_by_label("Committee (optional)").select_option("Joint Audit Committee")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text(SUM)).to_be_visible()
    assert_accessible_at_both(page)
    page.get_by_role("link", name="Read the draft as a web page").click()
    closing = page.locator("#sources + table tfoot td")
    assert closing.all_inner_texts() == ["3", "2", "2", "1", "2", "10"]
    assert_accessible_at_both(page)


def finalise_and_issue(page, assert_accessible_at_both):
    page.goto(ScrutinyReport.objects.get().get_absolute_url())
    page.get_by_role("button", name="Finalise the paper").click()
    expect(page.locator("#first-page")).to_be_visible()
    expect(page.get_by_text(SUM)).to_be_visible()
    expect(page.get_by_text("Delay: 5 overdue without a cause or mitigation")).to_be_visible()
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Finalise", exact=True).click()
    page.get_by_text("Finalised. The figures and the file are kept as they are now.").wait_for()
    page.get_by_role("link", name="Issue to a meeting").click()
    page.get_by_label("Day of the meeting").fill(say(localdate() + 20 * DAY))
    page.get_by_label("Item number").fill("7")
    page.get_by_label("How it was sent").fill("By email to the clerk")
    page.get_by_role("button", name="Issue the paper").click()
    page.get_by_text("Issued to the meeting.").wait_for()


def read(page):
    """Each recommendation has its source’s own name, and what is said of all of them names no one source."""
    page.goto("/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Read the paper (PDF)").click()
    with pypdfium2.PdfDocument(waiting.value.path()) as document:
        pages = [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]
    text = " ".join(pages)
    assert SUM in pages[0]
    for name in ("HMICFRS", "IOPC", "Coroner", "Audit"):
        assert f"{OVER} days over. {name}’s deadline: {short(BEFORE.date())}" in text
        assert f"{name}: no status heard." in text
    assert "The source’s deadline; where the source gave none, the force’s first target." in text
