"""A round as a sheet: downloaded, filled in with LibreOffice, brought back by the force, or by the office for it."""

import datetime
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from recommendations.domain.audit import verification
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.models import ForceUpdate, RoundAnswer, RoundDraft
from tests.conftest import make_inspection, make_tracked
from tests.makers.rounds import answered, typed

DAY = datetime.timedelta(days=1)
DONE, FORECAST, NO_CHANGE, SAID_BY = "What was done since", "Forecast", "No change (yes)", "Said by"


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def asked(body, westmarch, officer):
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    tracked = [make_tracked(inspection, number=str(each), at=now()) for each in range(4)]
    due = {"due_on": localdate() + 6 * DAY, "name": "Winter round"}
    return rounds.ask_for_updates(force=westmarch, tracked=tracked, by=officer, at=now(), **due)


def open_menu(page) -> None:
    """The office's page has what is seldom done with a round in a menu."""
    menu = page.locator(".app-head summary", has_text="More")
    if menu.count():
        menu.click()


def download(page, asked, folder) -> Path:
    page.goto(asked.get_absolute_url())
    open_menu(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as a sheet").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def upload(page, asked, file: Path, link: str) -> None:
    page.goto(asked.get_absolute_url())
    open_menu(page)
    page.get_by_role("link", name=link).click()
    page.get_by_label("The sheet, filled in").set_input_files(file)
    page.get_by_role("button", name="Read it").click()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_the_force_sends_its_sheet_round_and_brings_it_back(
    browse, asked, force_lead, officer, tmp_path, with_libreoffice, assert_accessible
):
    page = browse(force_lead)
    second = asked.lines.all()[1]
    save_drafts(round=asked, typed=[typed(second, done="A first draft.")], by=force_lead, at=now())
    file = download(page, asked, tmp_path)
    assert file.name == "updates-westmarch-winter-round.xlsx"
    words = (
        "WM-0001",
        DONE,
        "291 of 340 renewed.",
        "WM-0001",
        FORECAST,
        "2027-01-31",
        "WM-0001",
        SAID_BY,
        "T/ACC Hale",
    )
    with_libreoffice(file, *words, "WM-0002", DONE, "A second draft.", "WM-0003", NO_CHANGE, "yes")
    upload(page, asked, file, "Upload the sheet")
    page.get_by_role("heading", name="Check what the rows would do").wait_for()
    expect(page.get_by_role("row", name="WM-0001")).to_contain_text("31 January 2027")
    expect(page.get_by_role("row", name="WM-0004")).to_contain_text("Empty")
    assert_accessible(page)
    assert RoundDraft.objects.get().done == "A first draft."
    page.get_by_role("button", name="Make drafts of them").click()
    page.get_by_text("3 answers came in from the sheet as drafts.").wait_for()
    assert list(RoundDraft.objects.order_by("line").values_list("done", "no_change", "forecast", "said_by")) == [
        ("291 of 340 renewed.", False, "31 January 2027", "T/ACC Hale"),
        ("A second draft.", False, "", ""),
        ("", True, "", ""),
    ]
    assert RoundAnswer.objects.count() == 0
    upload(page, asked, file, "Upload the sheet")
    expect(
        page.get_by_text("Nothing new: no row of this sheet has an answer that is not here already.")
    ).to_be_visible()
    assert_accessible(page)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_colleagues_newer_draft_is_shown_beside_the_sheets_text(
    browse, asked, force_lead, tmp_path, with_libreoffice, assert_accessible
):
    page = browse(force_lead)
    file = download(page, asked, tmp_path)
    with_libreoffice(
        file, "WM-0001", DONE, "From the sheet.", "WM-0002", FORECAST, "31/2/2027", "WM-0002", DONE, "Second."
    )
    save_drafts(round=asked, typed=[typed(asked.lines.first(), done="Meanwhile.")], by=force_lead, at=now())
    upload(page, asked, file, "Upload the sheet")
    page.get_by_role("group", name="1 line has a newer draft than the sheet").wait_for()
    expect(page.get_by_text("Row 4, WM-0002: Forecast: 31 February 2027 does not exist.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Use the sheet’s text for WM-0001").check()
    page.get_by_role("button", name="Make drafts of them").click()
    page.get_by_text("2 answers came in from the sheet as drafts.").wait_for()
    assert_accessible(page)
    assert set(RoundDraft.objects.values_list("done", flat=True)) == {"From the sheet.", "Second."}


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_the_office_brings_in_the_sheet_of_a_force_without_an_account(
    browse, asked, officer, tmp_path, with_libreoffice, assert_accessible
):
    page = browse(officer)
    page.goto(asked.get_absolute_url())
    expect(page.get_by_text("No one at Westmarch Police can sign in to answer.")).to_be_visible()
    assert_accessible(page)
    file = download(page, asked, tmp_path)
    closure = ("WM-0001", "Ask to close (outcome)", "Implemented", "WM-0001", "Why it can be closed", "It holds.")
    with_libreoffice(file, "WM-0001", DONE, "Seen to.", "WM-0001", SAID_BY, "DCC Nair", *closure)
    upload(page, asked, file, "Bring in the force’s sheet")
    page.get_by_role("heading", name="Check what the rows would do").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Bring in 1 answer").click()
    page.get_by_text("1 answer came in from the sheet.").wait_for()
    expect(page.get_by_text("1 of 4 answered")).to_be_visible()
    page.get_by_role("article", name="WM-0001").focus()
    page.keyboard.press("a")
    page.get_by_text("WM-0001 has a new force update.").wait_for()
    update = ForceUpdate.objects.get()
    assert (update.done, update.said_by, update.effective_on) == ("Seen to.", "DCC Nair", localdate())
    assert RoundAnswer.objects.get().source == "updates-westmarch-winter-round.xlsx"
    assert verification.verify() == []


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_another_rounds_sheet_is_refused_and_what_was_answered_stays_out(
    browse, asked, westmarch, officer, force_lead, tmp_path, with_libreoffice, assert_accessible
):
    inspection = make_inspection(westmarch, title="Vetting", published_on=localdate() - 300 * DAY, at=now())
    other = rounds.ask_for_updates(
        force=westmarch,
        tracked=[make_tracked(inspection, at=now())],
        due_on=localdate(),
        name="Other",
        by=officer,
        at=now(),
    )
    page = browse(force_lead)
    upload(page, asked, download(page, other, tmp_path), "Upload the sheet")
    page.get_by_role("link", name="This is the sheet of another round: Westmarch Police, Other.").wait_for()
    assert_accessible(page)
    file = download(page, asked, tmp_path)
    with_libreoffice(file, "WM-0001", DONE, "From the sheet.", "WM-0002", DONE, "Second.")
    answered(asked.lines.first(), force_lead, at=now())
    upload(page, asked, file, "Upload the sheet")
    expect(page.get_by_text("Row 3, WM-0001: Its answer was released already.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Make drafts of them").click()
    page.get_by_text("1 answer came in from the sheet as drafts.").wait_for()
