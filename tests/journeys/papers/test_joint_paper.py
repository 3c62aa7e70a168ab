"""One paper on two forces: prepared once, each force checks its own part, finalised whole, downloaded by a member."""

import datetime
import io

import pypdfium2
import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.papers.verification import check_papers
from recommendations.models import ScrutinyReport
from recommendations.periods import recent_quarters, say
from tests.conftest import make_inspection, make_tracked
from tests.makers.committees import make_panel
from tests.makers.factual_checks import seat_on

DAY = datetime.timedelta(days=1)
FORCES = "Eastvale Police and Westmarch Police"


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def registered(body, westmarch, eastvale, member):
    quarter = recent_quarters(localdate(), 2)[1]
    for force, number in ((westmarch, 2), (eastvale, 1)):
        title = f"Bells in {force.short_name}"
        report = make_inspection(force, title=title, published_on=quarter.start - 60 * DAY, at=now())
        for n in range(number):
            make_tracked(report, number=str(n + 1), due_on=quarter.start, at=now())
    seat_on(member, make_panel("Joint Audit Committee"))
    return quarter


@pytest.mark.soak
@pytest.mark.sqlite_alone
@pytest.mark.usefixtures("worker")
def test_two_forces_get_one_paper(browse, registered, officer, force_lead, approver, member, assert_accessible):
    office = browse(officer)
    prepare(office, registered, assert_accessible)
    send(office, assert_accessible)
    reply(browse(force_lead), assert_accessible)
    finalise(browse(approver), assert_accessible)
    download(browse(member, accept_downloads=True), assert_accessible)
    kept = ScrutinyReport.objects.get(force=None)
    assert [part.state for part in kept.parts.all()] == ["finalised", "finalised"]
    assert kept.figures["sum"]["closing"] == 3
    assert verification.verify() == []
    assert [check.problems for check in check_papers()] == [[], [], []]


def prepare(page, quarter, assert_accessible):
    page.goto("/papers/")
    page.get_by_role("link", name="Prepare a paper").click()
    for name in ("Westmarch Police", "Eastvale Police"):
        page.get_by_label(name).check()
    page.get_by_label(quarter.label).check()
    page.get_by_label("Committee (optional)").select_option("Joint Audit Committee")
    assert_accessible(page)
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_text("Draft made. Its figures are live until it is finalised.").wait_for()
    expect(page.get_by_role("heading", level=1)).to_contain_text(FORCES)
    assert_accessible(page)
    page.get_by_role("link", name="Write what the paper asks and says").click()
    page.get_by_label("Item number").fill("7")
    page.get_by_label("Partly assured").check()
    page.get_by_role("textbox", name="The view in a sentence").fill("Both forces test their bells.")
    assert_accessible(page)
    page.get_by_role("button", name="Save the words").click()
    page.get_by_text("Words saved.").wait_for()


def send(page, assert_accessible):
    page.get_by_role("link", name="Westmarch Police", exact=True).click()
    expect(page.get_by_role("link", name=f"the joint paper on {FORCES}")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Send it to the force for a check").click()
    page.get_by_label("Reply by").fill(say(localdate() + 5 * DAY))
    page.get_by_role("button", name="Send to the force").click()
    page.get_by_text("Sent. Westmarch Police sees the draft until it has replied.").wait_for()


def reply(page, assert_accessible):
    page.goto("/")
    page.get_by_role("link", name="Check the facts of a draft paper").click()
    expect(page.get_by_role("heading", name="The sum")).to_be_visible()
    expect(page.get_by_text("Eastvale")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("link", name="Reply", exact=True).click()
    page.get_by_label("No correction").check()
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_text("Sent to the office.").wait_for()


def finalise(page, assert_accessible):
    page.goto("/")
    page.get_by_role("link", name="Finalise 1 paper").click()
    page.get_by_role("row").filter(has_text=FORCES).get_by_role("link").first.click()
    expect(page.get_by_text(f"No correction, {say(localdate())}")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Finalise the paper").click()
    page.get_by_role("button", name="Finalise", exact=True).click()
    page.get_by_text("Finalised. The figures and the file are kept as they are now.").wait_for()
    assert_accessible(page)


def download(page, assert_accessible):
    page.goto("/papers/")
    page.get_by_role("link", name=FORCES).first.click()
    assert_accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the PDF").click()
    file = waiting.value
    assert file.suggested_filename.startswith("scrutiny-report-joint-eastvale-westmarch-")
    with open(file.path(), "rb") as content:
        document = pypdfium2.PdfDocument(io.BytesIO(content.read()))
    first = " ".join(document[0].get_textpage().get_text_bounded().split())
    for words in (FORCES, "Both forces test their bells.", "All forces 3 0 0 3 0 3"):
        assert words in first
