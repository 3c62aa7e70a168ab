"""How a paper reaches its readers: told by a link, read on a phone, seen by the office, and by everybody."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.periods import recent_quarters, say
from tests.makers.committees import make_panel
from tests.makers.factual_checks import make_filed, seat_on

DAY = datetime.timedelta(days=1)
PHONE = {"width": 375, "height": 667}
PDF = b"%PDF-1.7 as it was finalised"


@pytest.fixture
def paper(body, westmarch, approver, member):
    """Finalised: the newest quarter that is over, and the one before it."""
    seat_on(member, make_panel("Joint Audit Committee"))
    newest, before = recent_quarters(localdate(), 3)[1:]
    make_filed(westmarch, approver, at=timezone.now(), start=before.start, end=before.end)
    return make_filed(westmarch, approver, at=timezone.now(), content=PDF, start=newest.start, end=newest.end)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_paper_is_issued_told_of_read_on_a_phone_and_made_public(
    browse, page, paper, officer, approver, member, mailoutbox, live_server, settings, assert_accessible
):
    settings.ORIGIN = live_server.url
    office, phone = browse(officer), browse(member)
    issue(office, paper, assert_accessible)
    call_command("send_reminders", stdout=StringIO())
    read_on_a_phone(phone, paper, mailoutbox, assert_accessible)
    office_sees_it(office, paper, assert_accessible)
    publish(browse(approver), paper, assert_accessible)
    everybody_reads(page, assert_accessible)
    withdraw(browse(approver), paper, assert_accessible)
    nobody_reads(page, assert_accessible)
    assert verification.verify() == []


def issue(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    page.get_by_role("link", name="Issue to a meeting").click()
    page.get_by_label("Committee").select_option("Joint Audit Committee")
    page.get_by_label("Day of the meeting").fill(say(localdate() + 20 * DAY))
    page.get_by_label("Item number").fill("7")
    page.get_by_label("How it was sent").fill("By email to the clerk")
    expect(page.get_by_label("Ravi Menon")).to_be_checked()
    assert_accessible(page)
    page.get_by_role("button", name="Issue the paper").click()
    page.get_by_text("Issued to the meeting.").wait_for()
    expect(page.locator("#meetings")).to_contain_text("Ravi Menon: will be emailed within the hour, on a working day")


def read_on_a_phone(page, paper, mailoutbox, assert_accessible):
    """The link leads to the paper; the first page leads straight to it too."""
    (mail,) = mailoutbox
    page.set_viewport_size(PHONE)
    page.goto(re.search(r"http\S+", mail.body)[0])
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()
    page.goto("/")
    button = page.get_by_role("link", name="Read the paper (PDF)")
    expect(button).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Earlier papers")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        button.click()
    assert download.value.path().read_bytes() == PDF
    assert download.value.suggested_filename.startswith(f"{localdate() + 20 * DAY}-hmicfrs-westmarch-")


def office_sees_it(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    expect(page.locator("#meetings")).to_contain_text(f"Ravi Menon: emailed on {say(localdate())}")
    expect(page.locator("#downloads")).to_contain_text("Downloaded by 1 person")
    page.get_by_text("Who, and when last").click()
    expect(page.locator("#downloads li")).to_contain_text("Ravi Menon PDF")
    assert_accessible(page)


def publish(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    page.get_by_role("link", name="Make it public").click()
    assert_accessible(page)
    page.get_by_role("button", name="Make it public").click()
    page.get_by_text("Anyone can read it now.").wait_for()
    assert_accessible(page)


def everybody_reads(page, assert_accessible):
    page.goto("/published/")
    page.get_by_role("link", name="Papers", exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name="Westmarch Police, Q").click()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Read the paper (PDF").click()
    assert download.value.path().read_bytes() == PDF
    assert page.context.cookies() == []


def withdraw(page, paper, assert_accessible):
    page.goto(paper.get_absolute_url())
    page.get_by_role("link", name="Withdraw it from the public").click()
    page.get_by_label("Why it is withdrawn").fill("It names a person.")
    assert_accessible(page)
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Withdrawn from the public.").wait_for()


def nobody_reads(page, assert_accessible):
    """What the browser keeps for five minutes is asked for again."""
    page.reload()
    expect(page.get_by_text("It names a person.")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{page.url}paper.pdf?again")
    expect(page.get_by_role("heading", name="This file was withdrawn")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Papers", exact=True).click()
    page.reload()
    expect(page.get_by_text("No paper has been published here yet.")).to_be_visible()
    assert_accessible(page)
