"""Accountability meetings in a browser: switched on, an agenda of six, minutes by keys, the next, what is public."""

import datetime
import re

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.enums import PanelKind
from recommendations.models import AccountabilityMeeting, ActionProof, Force, MeetingRelease, TypedDraft
from recommendations.sections import Section
from tests.conftest import make_inspection, make_tracked
from tests.makers.committees import make_panel, make_request

DAY = datetime.timedelta(days=1)
SECRET = "One officer’s vetting"
FREE = ("Answering 101 calls", "Neighbourhood teams", SECRET)


@pytest.fixture
def records(westmarch, body):
    """One late recommendation and one that is not; the office uses no accountability meetings yet."""
    at = now() - 200 * DAY
    report = make_inspection(westmarch, title="Custody in Westmarch", published_on=at.date(), at=at)
    found = [
        make_tracked(report, number="1", text="The force should test cell bells.", due_on=localdate() - 9 * DAY, at=at),
        make_tracked(report, number="2", text="The force should log each test.", due_on=localdate() + 90 * DAY, at=at),
    ]
    on = frozenset(Section) - {Section.ACCOUNTABILITY}
    choose_sections(sections=on, source_keys=(), token=current_choice(localdate()).token, by=None, at=now())
    return found


def test_from_nothing_to_the_public_and_the_next(
    browse, page, officer, approver, administrator, records, assert_accessible_at_both
):
    switch_on(browse(administrator), assert_accessible_at_both)
    office = browse(officer)
    plan(office, localdate(), assert_accessible_at_both)
    put_six_items_on(office, records, assert_accessible_at_both)
    office.get_by_role("link", name="Make the agenda ready").click()
    assert_accessible_at_both(office)
    office.get_by_role("button", name="Make it ready").click()
    expect(office.get_by_text("Agenda ready", exact=True)).to_be_visible()
    write_eight_actions_by_keys(office, assert_accessible_at_both)
    meeting = AccountabilityMeeting.objects.get()
    release(office, browse(approver), meeting, assert_accessible_at_both)
    the_public_reads_it(page, assert_accessible_at_both)
    the_next_has_what_is_open(office, assert_accessible_at_both)


def switch_on(page, assert_accessible_at_both) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="What you use").first.click()
    page.get_by_label("Accountability meetings").check()
    page.get_by_role("button", name=re.compile("Save")).first.click()
    assert_accessible_at_both(page)
    if page.get_by_role("button", name=re.compile("Save")).count():
        page.get_by_role("button", name=re.compile("Save")).first.click()


def plan(page, on: datetime.date, assert_accessible_at_both) -> None:
    page.goto("/accountability/")
    page.get_by_role("link", name=re.compile("Plan (the first|a) meeting")).first.click()
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Day").fill(f"{on:%d/%m/%Y}")
    page.get_by_label("Place").fill("County Hall")
    page.get_by_label("It is held in public").check()
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Plan the meeting").click()
    expect(page.get_by_text("Nothing is on the agenda yet.")).to_be_visible()


def add(page, kind: str, fill) -> None:
    page.get_by_role("link", name="Add an item").click()
    page.get_by_label(kind, exact=True).check()
    fill()
    page.get_by_role("button", name="Add to the agenda").click()
    page.get_by_text("Added to the agenda.").wait_for()


def put_six_items_on(page, records, assert_accessible_at_both) -> None:
    """What is red and late, one recommendation, a report, two of free words, one that is restricted."""
    late, other = records

    def red_and_late() -> None:
        page.get_by_label("Red", exact=True).check()
        page.get_by_label("Only what is past its date").check()
        page.get_by_label("What to ask").fill("What is in the way?")

    def report() -> None:
        page.get_by_label("Report", exact=True).select_option(index=1)

    add(page, "Part of the register", red_and_late)
    add(page, "One recommendation", lambda: page.get_by_label("Reference").fill(other.reference))
    add(page, "A report", report)
    for words in FREE[:2]:
        add(page, "Something else", lambda words=words: page.get_by_label("Heading").fill(words))
    page.get_by_role("link", name="Add an item").click()
    assert_accessible_at_both(page)
    page.get_by_label("Something else").check()
    page.get_by_label("Heading").fill(SECRET)
    page.get_by_label("Restricted").check()
    page.get_by_role("button", name="Add to the agenda").click()
    expect(page.get_by_role("row", name=re.compile(f"{late.reference}.*Red", re.DOTALL))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Up\W+item 3")).click()
    expect(page.get_by_role("heading", name="2. Custody in Westmarch")).to_be_visible()
    assert_accessible_at_both(page)


def write_eight_actions_by_keys(page, assert_accessible_at_both) -> None:
    """The mouse is used to open the page and never after it."""
    page.get_by_role("link", name="Write the minutes").click()
    page.wait_for_load_state()
    page.locator("body").press("j")
    for number in range(1, 7):
        page.keyboard.press("r")
        page.keyboard.type(f"What of item {number}?")
        page.keyboard.press("Tab")
        page.keyboard.type("It is under way.")
        for _ in range(3):
            page.keyboard.press("Tab")
        for row in range(2 if number in (1, 4) else 1):
            type_action(page, f"Step {number}.{row}", number)
        page.get_by_role("article", name=re.compile(f"^{number}\\.")).focus()
        page.keyboard.press("j")
    expect(page.get_by_text(re.compile("Not saved yet"))).to_be_visible()
    assert TypedDraft.objects.count() == 1
    assert_accessible_at_both(page)
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    page.get_by_text("The minutes are saved.").wait_for()
    assert_accessible_at_both(page)
    page.get_by_role("link", name="Confirm the minutes").click()
    page.get_by_role("button", name="Confirm the minutes").click()
    expect(page.get_by_text("Minuted", exact=True)).to_be_visible()
    expect(page.get_by_text("Step 6.0", exact=False)).to_be_visible()
    assert_accessible_at_both(page)


def type_action(page, words: str, number: int) -> None:
    """An action of the row that has the focus, and on to the next row: the earlier the item, the later the day."""
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.type("Deputy chief constable")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{localdate() + (40 - number) * DAY:%d/%m/%Y}")
    while page.evaluate("document.activeElement.tagName") != "SELECT":
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")


def release(office, approving, meeting, assert_accessible_at_both) -> None:
    office.get_by_role("link", name="Make it public").click()
    assert_accessible_at_both(office)
    expect(office.get_by_text(SECRET)).to_have_count(0)
    office.get_by_role("button", name="Send for release").click()
    office.get_by_text("Sent. An approving officer releases it.").wait_for()
    approving.goto("/")
    approving.get_by_role("link", name=re.compile("Release the accountability meeting")).click()
    assert_accessible_at_both(approving)
    approving.get_by_role("link", name="Release", exact=True).click()
    approving.get_by_role("button", name="Release").click()
    approving.get_by_text("Released: release 1, with its PDF.").wait_for()
    assert MeetingRelease.objects.get().meeting == meeting


def the_public_reads_it(page, assert_accessible_at_both) -> None:
    page.goto("/published/meetings/")
    assert_accessible_at_both(page)
    page.get_by_role("link", name=re.compile("^Minutes: ")).click()
    expect(page.get_by_text("1 item and 1 action are not shown: they are restricted.")).to_be_visible()
    expect(page.get_by_text("Step 1.0").first).to_be_visible()
    text = page.content()
    assert (SECRET in text, "Step 6.0" in text, "It is under way." in text) == (False, False, True)
    assert_accessible_at_both(page)
    feed = page.request.get("/published/meetings/westmarch/feed/").text()
    assert ("release-1" in feed, SECRET in feed) == (True, False)


def the_next_has_what_is_open(page, assert_accessible_at_both) -> None:
    """One is closed by a letter; two months later the others are late, the first due first."""
    page.goto("/accountability/log/westmarch/")
    assert_accessible_at_both(page)
    page.get_by_role("link", name=re.compile(r"^It is done\W+Step 2\.0")).click()
    page.get_by_label("A letter").check()
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("Nothing is saved yet").wait_for()
    assert_accessible_at_both(page)
    page.get_by_label("What it says, or where it is").fill("Letter of the chief constable.")
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("The action is done.").wait_for()
    assert ActionProof.objects.get().words == "Letter of the chief constable."
    a_committee_asks(page, assert_accessible_at_both)
    plan_next(page)
    page.get_by_role("link", name="Make the agenda ready").click()
    page.get_by_role("button", name="Make it ready").click()
    headings = page.get_by_role("heading", name=re.compile(r"^A\d\. "))
    expect(headings).to_have_count(8)
    expect(headings.first).to_have_text(re.compile(r"A1\. Step 6\.0"))
    expect(headings.filter(has_text="Request 26/9, Police and crime panel")).to_have_count(1)
    assert_accessible_at_both(page)


def a_committee_asks(page, assert_accessible_at_both) -> None:
    """A request stands in the log with the actions, closes by a reply, and is open again."""
    make_request(
        make_panel("Police and crime panel", kind=PanelKind.POLICE_AND_CRIME),
        "26/9",
        force=Force.objects.get(slug="westmarch"),
        text="When does the wait end?",
        asked_on=localdate(),
        due_on=localdate() + 70 * DAY,
        at=now(),
    )
    page.goto("/accountability/log/westmarch/")
    page.get_by_role("link", name=re.compile(r"^It is answered\W+When does")).click()
    page.get_by_label("A reply").check()
    assert_accessible_at_both(page)
    page.get_by_label("What it says, or where it is").fill("E-mail of the deputy.")
    page.get_by_role("button", name="It is answered").click()
    page.get_by_text("The request is answered.").wait_for()
    assert_accessible_at_both(page)
    page.get_by_role("link", name="It is open again").click()
    assert_accessible_at_both(page)
    page.get_by_label("Why it is open again").fill("The e-mail names no day.")
    page.get_by_role("button", name="It is open again").click()
    page.get_by_text("The request is open again.").wait_for()


def plan_next(page) -> None:
    page.goto("/accountability/add/")
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Day").fill(f"{localdate() + 60 * DAY:%d/%m/%Y}")
    page.get_by_role("button", name="Plan the meeting").click()
    expect(page.get_by_role("heading", name="Carried forward 8")).to_be_visible()
