"""The other five of the ten jobs, most of them of several people: the clicks and pages that each may take."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.models import (
    AccountInvitation,
    Attendance,
    CustodyVisit,
    Force,
    Meeting,
    Panel,
    RoundAnswer,
    ScrutinyReport,
    UpdateRound,
)
from recommendations.periods import say
from tests.conftest import make_inspection, make_tracked
from tests.journeys.jobs.counting import follow, go_to, press, takes
from tests.makers.builds import run_builds
from tests.makers.custody import make_suite
from tests.makers.panels import make_channel, make_meeting, make_member

DAY = datetime.timedelta(days=1)
VISIT = {
    "Visitors": "2",
    "Of them trained for TACT detainees": "1",
    "Detainees held": "9",
    "Offered a visit": "8",
    "Seen": "8",
    "Refused": "0",
}


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


# 6. A round


def test_6_a_round_is_asked_answered_and_looked_at(at_home, officer, force_lead, register, westmarch):
    office = at_home(officer)
    office.goto("/rounds/")
    with takes(office, clicks=3, pages=4):
        follow(office, "Ask for updates")
        office.get_by_label("Force", exact=True).select_option("Westmarch Police")
        press(office, "Show", exact=True)
        office.get_by_label("Name of the round").fill("Winter round")
        office.get_by_label("Last day to answer").fill(say(localdate() + 6 * DAY))
        press(office, "Ask for updates")
        office.get_by_text("has been asked for updates").wait_for()
    answer_four(at_home(force_lead))
    look_at_three(office)
    assert [*RoundAnswer.objects.order_by("line").values_list("state", flat=True)[:3]] == [
        "accepted",
        "accepted",
        "returned",
    ]


def answer_four(page) -> None:
    with takes(page, clicks=8, pages=5):
        follow(page, re.compile("Winter round|to answer"))
        for number in range(1, 5):
            line = page.get_by_role("region", name=f"WM-000{number}")
            line.get_by_label("What was done since").fill(f"Bell {number} is tested.")
            line.get_by_label("Ready to release").check()
        press(page, re.compile("^Release"))
        press(page, "Release 4 answers")
        page.get_by_text("4 answers went to Marches OPCC.").wait_for()


def look_at_three(page) -> None:
    page.goto(UpdateRound.objects.get().get_absolute_url())
    with takes(page, clicks=4, pages=4):
        for reference in ("WM-0001", "WM-0002"):
            page.keyboard.press("a")
            page.get_by_text(f"{reference} has a new force update.").wait_for()
            page.wait_for_load_state("load")  # the keys are there
        page.keyboard.press("r")
        page.locator("textarea:focus").wait_for()
        page.keyboard.type("Every day?")
        page.keyboard.press("Control+Enter")
        page.get_by_text("WM-0003 is returned to the force with your question.").wait_for()


# 7. A response


def test_7_a_response_from_its_beginning_to_publication(at_home, officer, force_lead, approver, westmarch):
    report = make_inspection(westmarch, published_on=localdate() - 20 * DAY, at=now())
    for number in "123":
        make_tracked(report, number=number, text=f"Within two months the force should test light {number}.", at=now())
    office, force, decides = at_home(officer), at_home(force_lead), at_home(approver)
    office.goto(report.get_absolute_url())
    with takes(office, force, decides, clicks=20, pages=25):
        begin_and_invite(office)
        comment(force)
        write(office)
        approve(decides)
        office.reload()
        follow(office, "Publish", exact=True)
        press(office, "Publish now")
        expect(office.get_by_text("with its PDF and its text.")).to_be_visible()


def begin_and_invite(page) -> None:
    follow(page, re.compile("Start the response"))
    press(page, "Start the response")
    follow(page, re.compile("invited to comment|Invite"))
    follow(page, "Invite to comment")
    page.get_by_label("Comments by").fill(say(localdate() + 14 * DAY))
    page.get_by_label("The office sends it, or has sent it").check()
    press(page, "Invite to comment")
    expect(page.locator(".app-rec__state")).to_have_text("Waiting")


def comment(page) -> None:
    page.reload()
    follow(page, re.compile("^Write the chief officer’s comments on"))
    page.get_by_label("Comments", exact=True).fill("Westmarch Police accepts every finding.")
    page.get_by_label("Signed by").fill("A. Rowe")
    page.get_by_label("Rank or title").fill("Chief Constable")
    page.get_by_label("Dated").fill(say(localdate()))
    press(page, "Check and submit")
    press(page, "Submit")
    page.get_by_text("Submitted to Marches OPCC.").wait_for()


def write(page) -> None:
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Response", exact=True).click()
    follow(page, "Write the draft")
    page.get_by_label("Narrative", exact=True).fill("We welcome this report.")
    for action, words in zip(
        page.get_by_label("Proposed", exact=True).all(), page.get_by_label("OPCC comment").all(), strict=True
    ):
        action.check()
        words.fill("We will read the force’s figures at the board.")
    press(page, "Submit for approval")
    page.get_by_text("Submitted for approval.").wait_for()


def approve(page) -> None:
    page.reload()
    press(page, "Read and decide")
    page.get_by_label("Approve this text").check()
    press(page, "Save decision")
    page.get_by_text("Approved.", exact=True).wait_for()


# 8. A paper


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_8_a_paper_from_its_draft_to_its_file(at_home, officer, approver, register, westmarch):
    office, decides = at_home(officer), at_home(approver)
    with takes(office, clicks=6, pages=6):
        go_to(office, "Papers")
        follow(office, "Prepare")
        office.get_by_label("Westmarch Police").check()
        press(office, "Make the draft")
        follow(office, re.compile("^Write what the paper asks"))
        office.get_by_role("textbox", name="Questions for the chief constable").fill("When will the bells be tested?")
        press(office, "Save the words")
        office.get_by_text("When will the bells be tested?").wait_for()
    decides.goto(ScrutinyReport.objects.get().get_absolute_url())
    with takes(decides, clicks=2, pages=3):  # it asks once before it files for ever
        press(decides, "Finalise the paper")
        press(decides, "Finalise", exact=True)
        run_builds()
        decides.get_by_text("The figures and the file are kept as they are now.").wait_for()
    with takes(decides, clicks=1, pages=0), decides.expect_download():
        follow(decides, re.compile("PDF"))


# 9. Panels and custody


@pytest.fixture
def channel(westmarch):
    panel = make_channel(westmarch)
    make_member(panel, "Ruth D’Arcy", of_force=True, rank="Supt", decision_maker=True)
    for name in ("Siân O’Neill", "Tom Leckie", "Dana Fox"):
        make_member(panel, name)
    return panel


def test_9_a_series_of_meetings_and_who_came(at_home, officer, channel):
    held = make_meeting(channel, localdate() - 2 * DAY)
    page = at_home(officer)
    page.goto(reverse("panel", args=[channel.pk]))
    with takes(page, clicks=3, pages=2):
        follow(page, "Plan meetings")
        page.get_by_label("Day", exact=True).fill(say(localdate() + 7 * DAY))
        page.get_by_label("How often").select_option(index=1)
        page.get_by_label("Until").fill(say(localdate() + 200 * DAY))
        page.get_by_label("Starts at").fill("10am")
        press(page, "Plan")
        page.get_by_role("heading", name="Meetings ahead").wait_for()
    assert Meeting.objects.count() > 3
    page.goto(f"{held.get_absolute_url()}attendance/")
    with takes(page, clicks=5, pages=2):
        for box in page.get_by_label("Present", exact=True).all()[:4]:
            box.check()
        press(page, "Save the attendance")
        page.get_by_text("Attendance recorded.").wait_for()
    assert Attendance.objects.filter(how="present").count() == 4


def test_9_a_custody_visit(at_home, officer, westmarch):
    make_suite(westmarch, since=localdate() - 400 * DAY)
    page = at_home(officer)
    with takes(page, clicks=4, pages=5):
        go_to(page, "Panels")
        follow(page, "Custody visits")
        follow(page, "Record a visit")
        page.get_by_label("Suite").select_option("Aldford custody")
        page.get_by_label("Day", exact=True).fill(say(localdate() - 3 * DAY))
        page.get_by_label("Began at").fill("9.30pm")
        for label, count in VISIT.items():
            page.get_by_label(label, exact=True).fill(count)
        page.get_by_label("Findings").fill("A mat was torn.")
        press(page, "Record the visit")
        page.get_by_text("Visit recorded.").wait_for()
    assert CustodyVisit.objects.count() == 1


# 10. The administration


def test_10_a_person_a_force_and_a_panel(at_home, administrator):
    page = at_home(administrator)
    with takes(page, clicks=5, pages=4):
        go_to(page, "Administration")
        page.get_by_role("main").get_by_role("link", name="People", exact=True).click()
        follow(page, "Invite a person")
        page.get_by_label("Name", exact=True).fill("Dana Fox")
        page.get_by_label("Email address", exact=True).fill("dana.fox@example.org")
        page.get_by_label("OPCC officer").check()
        press(page, "Invite", exact=True)
        page.get_by_text("dana.fox@example.org").first.wait_for()
    page.goto("/admin/")
    with takes(page, clicks=4, pages=5):
        names = {"Name": "Northshire Police", "Short name": "Northshire"}
        add(page, "Forces", names, {})
    page.goto("/admin/")
    with takes(page, clicks=3, pages=3):
        add(page, "Panels", {"Name": "Audit committee"}, {"Kind": "audit"})
    invited = AccountInvitation.objects.filter(email="dana.fox@example.org").count()
    assert (invited, Force.objects.filter(slug="northshire").count(), Panel.objects.count()) == (1, 1, 1)


def add(page, of: str, typed: dict[str, str], chosen: dict[str, str]) -> None:
    page.get_by_role("main").get_by_role("link", name=of, exact=True).click()
    follow(page, re.compile("^Add a "))
    for label, words in typed.items():
        page.get_by_label(label, exact=True).fill(words)
    for label, choice in chosen.items():
        page.get_by_label(label, exact=True).select_option(choice)
    press(page, "Save", exact=True)
    page.get_by_text("is added.").first.wait_for()
