"""What everybody reads, in a browser and without sign-in: found, read, taken, printed; each state by the rules."""

import datetime

import pytest
from playwright.sync_api import expect

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.imported import NewComment
from tests.makers.responses import PDF
from tests.views.public.makers import make_report, page_of, publish_correction, version_of, withdraw, write_and_publish
from tests.views.responses.test_responses import make_response as bring_in

HOUR = datetime.timedelta(hours=1)
# Longest words that a text is likely to have, and an address that nothing breaks.
LONG = "https://example.org/" + "inspection-of-police-forces-" * 8


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def written(westmarch, body, officer, approver):
    report = make_report(westmarch, numbers=("1", "7.1", "8"), at=now())
    return write_and_publish(report, body, by=officer, approver=approver, at=now())


@pytest.fixture
def brought_in(body, eastvale):
    words = {
        "narrative": (f"We read it¹. {LONG}", "Sixty pages. " * 400),
        "footnotes": ({"mark": "1", "text": LONG}, {"mark": "2", "text": "Without a mark."}),
        "recommendations": tuple(NewRecommendation(text=f"Text {n}.", number=str(n)) for n in range(1, 25)),
        "comments": tuple(NewComment(f"Comment {n}.\n\n• a\n• b", (n,)) for n in range(20)),
        "chief_officer_comments": "We agree.",
        "reply": "Good.",
    }
    return bring_in(body, eastvale, title="Roads in Eastvale " + "everywhere " * 20, at=now(), **words)


def test_somebody_finds_reads_and_takes_a_response(page, written, brought_in, assert_accessible):
    page.goto("/published/")
    assert_accessible()
    page.get_by_label("Search the responses").fill("bell 7.1")
    page.get_by_role("button", name="Search").press("Enter")
    expect(page.get_by_text("1 response found.")).to_be_visible()
    assert_accessible()
    page.get_by_role("link", name="HMICFRS: Custody in Westmarch").click()
    assert_accessible()
    page.get_by_role("link", name="Recommendation 7.1").click()
    assert page.url.endswith(f"{page_of(written)}#recommendation-7.1")
    expect(page.get_by_role("heading", name="Recommendation 7.1")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename == "custody-in-westmarch-version-1.pdf"
    assert download.value.path().read_bytes() == PDF
    assert page.context.cookies() == []


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_every_state_keeps_the_rules(page, written, brought_in, officer, approver, assert_accessible):
    at = now() + HOUR
    publish_correction(written, by=officer, approver=approver, at=at)
    states = [
        page_of(written),
        version_of(written, 1),
        page_of(brought_in),
        "/published/?q=zebra",
        "/published/?year=2020&force=eastvale",
        "/published/2026/none/",
        "/accessibility/",
    ]
    for state in states:
        page.goto(state)
        assert_accessible()
    withdraw(written, by=approver, at=at + HOUR)
    for state in (page_of(written), f"{version_of(written, 1)}response.pdf"):
        page.goto(state)
        assert_accessible()


def test_a_footnote_and_its_mark_lead_to_each_other(page, brought_in):
    page.goto(page_of(brought_in))
    page.get_by_role("link", name="Footnote 1", exact=True).press("Enter")
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the text of footnote 1").press("Enter")
    expect(page.locator("#mark-1")).to_be_in_viewport()


def test_on_paper_there_are_words_and_no_controls(page, written):
    page.goto(page_of(written))
    page.emulate_media(media="print")
    for words in ("Recommendation 7.1", "Deadline", "Published under section 55"):
        expect(page.get_by_text(words).first).to_be_visible()
    for name in ("Download as PDF", "Atom feed", "Accessibility", "Skip to main content"):
        expect(page.get_by_role("link", name=name).first).to_be_hidden()
