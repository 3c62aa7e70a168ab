"""From a promise to watch who attends, to a paper that says how far it was kept: in the browser and in the PDF."""

import datetime
import re
from pathlib import Path

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.papers.verification import check_papers
from recommendations.models import Commitment, Meeting, ScrutinyReport, TrackedRecommendation
from recommendations.periods import london_day, say
from tests.makers.panels import held, make_channel, make_member
from tests.makers.quarters import BEFORE, PASSED

TWIN = Path(__file__).parents[2] / "samples" / "twin.txt"
DAY = datetime.timedelta(days=1)
PROMISE = re.compile("^We will continue to watch who the force sends to the panels")
SOURCE = "Attendance at Channel panels, Westmarch Police"
KEPT = "Force present at 2 of 3 meetings, a decision maker at 1"


def meeting_days(period) -> list[datetime.date]:
    """The 14th of each of its months."""
    return [period.start.replace(month=period.start.month + number, day=14) for number in range(3)]


@pytest.fixture
def panel(westmarch):
    """A Channel panel with a superintendent who decides and a constable who does not."""
    panel = make_channel(westmarch)
    make_member(panel, "Bell", of_force=True, role="Superintendent", decision_maker=True)
    make_member(panel, "Cole", of_force=True, role="Constable")
    return panel


@pytest.mark.soak
@pytest.mark.sqlite_alone
@pytest.mark.usefixtures("worker")
def test_how_far_a_promise_to_watch_attendance_was_kept(
    browse, body, westmarch, panel, officer, approver, assert_accessible
):
    page = browse(officer)
    bring_in(page)
    mark(page)
    for day in meeting_days(BEFORE):
        held(panel, day)
    plan(page, panel)
    for day, ways in zip(
        meeting_days(PASSED), (("Present",) * 2, ("Apologies", "Remote"), ("Absent",) * 2), strict=True
    ):
        record(page, day, ways)
    measure(page, assert_accessible)
    read_on_the_recommendation(page, assert_accessible)
    address = prepare(page)
    read_in_the_paper(page, assert_accessible)
    finalise(browse(approver), address)
    read_in_the_file()
    assert (verification.verify(), [check.problems for check in check_papers()]) == ([], [[]])


def bring_in(page) -> None:
    published = BEFORE.start - 60 * DAY
    page.goto("/responses/")
    page.get_by_role("link", name="Add a published response").first.click()
    page.get_by_label("Or paste the text").fill(TWIN.read_text(encoding="utf-8"))
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill(say(published))
    page.get_by_label("Response published").fill(say(published + 30 * DAY))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save response").first.click()
    page.wait_for_url("**/inspections/*/")


def mark(page) -> None:
    page.goto("/responses/")
    page.get_by_role("link", name=re.compile("Watchful neighbours")).first.click()
    page.get_by_role("link", name=re.compile("^Mark as commitment.*We will continue to watch")).click()
    page.get_by_label("Kept by").fill("Hannah Whitlock")
    page.get_by_label("First check").fill(say(london_day(timezone.now()) + 60 * DAY))
    page.get_by_role("button", name="Mark as commitment").click()
    page.get_by_text("Followed as a commitment.").wait_for()


def plan(page, panel) -> None:
    page.goto(f"/panels/{panel.pk}/meetings/add/")
    page.get_by_label("Or other days").fill("\n".join(say(day) for day in meeting_days(PASSED)))
    page.get_by_role("button", name="Plan").click()
    page.wait_for_url(f"**/panels/{panel.pk}/")


def record(page, day: datetime.date, ways: tuple[str, str]) -> None:
    page.goto(f"/meetings/{Meeting.objects.get(on=day).pk}/attendance/")
    for name, way in zip(("Bell", "Cole"), ways, strict=True):
        page.get_by_role("group", name=re.compile(f"^{name}")).get_by_label(way, exact=True).check()
    page.get_by_role("button", name="Save the attendance").click()
    page.get_by_text("Attendance recorded.").wait_for()


def measure(page, assert_accessible) -> None:
    page.goto(Commitment.objects.get().get_absolute_url())
    page.get_by_text("No meeting, visit or attendance is linked yet.").wait_for()
    page.get_by_role("link", name="Link evidence, or set what measures it").click()
    assert_accessible(page)
    page.get_by_role("button", name="Link it").click()
    page.get_by_role("link", name="Choose what shows it.").wait_for()
    assert_accessible(page)
    page.get_by_label("What shows it").select_option("All Channel panels, Westmarch Police")
    page.get_by_label("This is the measure of the commitment").check()
    page.get_by_role("button", name="Link it").click()
    today = say(london_day(timezone.now()))
    both = f"Force present at 5 of 6 meetings, a decision maker at 4, to {today}"
    expect(page.get_by_text(both)).to_be_visible()
    assert_accessible(page)


def read_on_the_recommendation(page, assert_accessible) -> None:
    page.goto(f"{TrackedRecommendation.objects.get().get_absolute_url()}?tab=evidence")
    expect(page.get_by_text("Force present at 5 of 6 meetings, a decision maker at 4")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=SOURCE, exact=True).click()
    page.get_by_role("heading", level=1).wait_for()


def prepare(page) -> str:
    page.goto("/papers/")
    page.get_by_role("link", name="Prepare").first.click()
    page.get_by_label("Westmarch Police").check()
    page.get_by_label("Another period").check()
    page.get_by_label("First day").fill(say(PASSED.start))
    page.get_by_label("Last day").fill(say(PASSED.end))
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/papers/*/")
    return page.url


def read_in_the_paper(page, assert_accessible) -> None:
    page.goto(f"/papers/{ScrutinyReport.objects.get().pk}/read/")
    row = page.locator("table.commitments").get_by_role("rowheader", name=PROMISE)
    expect(row).to_contain_text(f"{KEPT}. {SOURCE}, in the period.")
    panel = page.locator("table.attendance").get_by_role("row", name=re.compile("^Aldford Channel panel"))
    expect(panel.get_by_role("cell")).to_have_text(["3", "2", "1", "No meeting planned"])
    assert_accessible(page)


def finalise(page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Finalise the paper").click()
    page.get_by_role("button", name="Finalise", exact=True).click()
    page.get_by_text("The filed paper").wait_for(timeout=60_000)


def read_in_the_file() -> None:
    document = pypdfium2.PdfDocument(bytes(ScrutinyReport.objects.get().file.content))
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    assert f"{KEPT}. {SOURCE}, in the period." in words
    assert "Aldford Channel panel 3 2 1 No meeting planned" in words
    assert f"1 panel: {KEPT}." in words
