"""The first five of an officer's ten jobs, those of one person: the clicks and pages that each may take, and no more.

Each begins where somebody who does it is: on the first page, or on the page that they work on.
"""

import datetime
import re
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook
from playwright.sync_api import expect

from recommendations.models import (
    ForceUpdate,
    TrackedRecommendation,
)
from recommendations.periods import say
from tests.journeys.jobs.counting import follow, from_menu, go_to, press, takes
from tests.journeys.people.test_sign_in import PASSWORD, give
from tests.makers.spreadsheet_file import excel_file

DAY = datetime.timedelta(days=1)
SAMPLES = Path(__file__).parents[2] / "samples"
NO_DAY = "Date for entries without one"
CHECK = "See what each row would do"
HEADINGS = ("Ref", "Report", "Published", "Recommendation", "Owner", "Deadline", "RAG")
COLOURS = {"Green": "In progress", "Closed": "Implemented", "Red": "In progress"}


# 1. Sign in


def test_1_sign_in(page, officer, settings):
    settings.DEMO = True  # the demonstration's people have no second factor
    with takes(page, clicks=1, pages=2):
        page.goto("/")
        give(page, officer.email, PASSWORD)
        expect(page.get_by_role("heading", name="Start here")).to_be_visible()


# 2. Bring in what was published


PASTED = pytest.param("pasted", marks=(pytest.mark.soak, pytest.mark.sqlite_alone))  # as test_story.py does


@pytest.mark.parametrize("way", [PASTED, "uploaded"])
def test_2_a_published_response(at_home, officer, westmarch, way):
    page = at_home(officer)
    with takes(page, clicks=6, pages=5):
        go_to(page, "Responses")
        follow(page, "Add a published response")
        if way == "pasted":
            page.get_by_label("Or paste the text").fill((SAMPLES / "twin.txt").read_text(encoding="utf-8"))
        else:
            page.get_by_label("File", exact=True).set_input_files(SAMPLES / "twin.docx")
        page.get_by_label("Force").select_option("Westmarch Police")
        page.get_by_label("Report published").fill("5 January 2026")
        page.get_by_label("Response published").fill("20 February 2026")
        press(page, "Read it")
        press(page, "Save response")
        expect(page.get_by_text("Answered on day 47 of 56")).to_be_visible()


def test_2_an_inspection_by_hand(at_home, officer, westmarch):
    page = at_home(officer)
    with takes(page, clicks=9, pages=9):
        go_to(page, "Inspections")
        follow(page, "Add a report")
        follow(page, "Add it by hand")
        page.get_by_label("Title").fill("Custody in Westmarch")
        page.get_by_label("Short name").fill("Custody 26")
        page.get_by_label("Kind").select_option("custody")
        page.get_by_label("Published on").fill("7/1/2026")
        page.get_by_label("Westmarch Police").check()
        press(page, "Save and add its recommendations")
        for number, button in enumerate(("another", "another", "finish"), start=1):
            page.get_by_label("Text", exact=True).fill(f"The force should test bell {number} daily.")
            press(page, f"Save and {'add ' if button == 'another' else ''}{button}")
        page.wait_for_url(re.compile(r"/inspections/\d+/#recommendation-\d+$"))
    assert TrackedRecommendation.objects.count() == 3


# 3. Bring in the office's spreadsheet, and the same with one cell changed


def test_3_a_messy_spreadsheet_twice(at_home, officer, westmarch, tmp_path):
    file = tmp_path / "tracker.xlsx"
    colours = [*COLOURS]
    rows = [
        (f"HMI/{n}", "Custody", "1/6/2025", f"Test bell {n}.", "ACC Hale", "30/6/2027", colours[n % 3])
        for n in range(60)
    ]
    rows[7] = (*rows[7][:5], "when ready", rows[7][6])
    file.write_bytes(excel_file([HEADINGS, *rows]))
    page = at_home(officer)
    with takes(page, clicks=8, pages=7):
        choose(page, file)
        page.get_by_label("Sheet “Register”").select_option("Westmarch Police")
        press(page, CHECK)
        for word, meaning in COLOURS.items():
            page.get_by_label(word, exact=True).select_option(meaning)
        page.get_by_label("when ready", exact=True).fill("30/9/2027")
        press(page, CHECK)
        page.get_by_label(NO_DAY).fill(say(localdate()))
        press(page, CHECK)
        press(page, "Bring in 60 new")
        page.get_by_text("Brought in from tracker.xlsx").wait_for()
    change_a_cell(file)
    page.goto("/")
    with takes(page, clicks=8, pages=7):
        choose(page, file)
        page.get_by_label(NO_DAY).fill(say(localdate()))
        press(page, CHECK)
        press(page, "Bring in 1 changed")
        page.get_by_text("Brought in from tracker.xlsx: 1 changed").wait_for()


def choose(page, file: Path) -> None:
    go_to(page, "Register")
    page.get_by_role("heading", name="Register", exact=True).wait_for()
    if page.locator("tr[id^=row-]").count():  # an empty register says how to begin
        page.locator("summary", has_text="Add or bring in").click()
    follow(page, re.compile("Bring in (a|your) spreadsheet"))
    page.get_by_label("Spreadsheet").set_input_files(file)
    press(page, "Read it")


def change_a_cell(file: Path) -> None:
    book = load_workbook(file)
    book.active["E2"] = "DCC Nair"
    book.save(file)


# 4. The register


def test_4_find_by_words_filter_and_sort_and_look_back(at_home, officer, register):
    page = at_home(officer)
    with takes(page, clicks=2, pages=2):
        go_to(page, "Register")
        page.get_by_label("Search everything").fill("nair")
        press(page, "Search this register")
        expect(page.get_by_role("rowheader")).to_have_count(12)
    page.goto("/register/")
    with takes(page, clicks=3, pages=3):
        follow(page, re.compile(r"\d Red"))
        follow(page, re.compile(r"^Overdue \d"))
        follow(page, "Reference", exact=True)
        expect(page.get_by_role("rowheader")).to_have_count(12)
    page.goto("/register/")
    with takes(page, clicks=3, pages=3):
        from_menu(page, "Export and more", "As at another day")
        page.get_by_label("As at", exact=True).fill(say(localdate() - 90 * DAY))
        press(page, "Show", exact=True)
        expect(page.get_by_text("as it stood on").first).to_be_visible()
    page.goto("/register/")
    with takes(page, clicks=2, pages=2), page.expect_download() as download:
        from_menu(page, "Export and more", "Excel")
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_4_ten_updates_in_a_row_and_another_lead_for_six(at_home, officer, register):
    page = at_home(officer)
    page.goto("/register/")
    with takes(page, clicks=11, pages=12):
        page.locator("tr[id^=row-]").first.hover()
        follow(page, "Add update")
        for number in range(10):
            page.get_by_label("What was done").fill(f"Bell {number} is tested.")
            press(page, "Save and next")
            page.get_by_text("Force update added to").wait_for()
    assert ForceUpdate.objects.count() == 10
    page.goto("/register/")
    with takes(page, clicks=9, pages=3):
        for row in page.get_by_role("checkbox", name=re.compile("^Select WM-")).all()[:6]:
            row.check()
        press(page, "Change leads")
        page.get_by_label("OPCC lead", exact=True).fill("Joe Brandreth")
        press(page, "Show what will happen")
        press(page, "Change 6 recommendations")
        page.get_by_role("heading", name="Register", exact=True).wait_for()
    assert TrackedRecommendation.objects.filter(opcc_lead="Joe Brandreth").count() == 6


# 5. One recommendation


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_5_assurance_and_status_and_a_target(at_home, officer, register):
    page = at_home(officer)
    page.goto("/register/")
    with takes(page, clicks=6, pages=5):
        follow(page, "WM-0001", exact=True)
        follow(page, "OPCC assurance", exact=True)
        page.get_by_label("Partly assured").check()
        page.get_by_label("Why", exact=True).fill("One audit is not a trend.")
        press(page, "Save assurance")
        follow(page, "HMICFRS status", exact=True)
        page.locator("#form select").first.select_option("complete")
        press(page, "Save")
        expect(page.locator(".app-flash")).to_be_visible()
    with takes(page, clicks=3, pages=2):
        page.locator(".app-else > summary").click()
        follow(page, "Set the force’s target")
        page.get_by_label("Target", exact=True).fill("30 June 2027")
        press(page, "Set the target")
        page.get_by_text("30 June 2027").first.wait_for()


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_5_closure_by_two_people_and_reopening(at_home, officer, approver, register):
    office, decides = at_home(officer), at_home(approver)
    office.goto(register[0].get_absolute_url())
    with takes(office, clicks=4, pages=3):
        office.locator(".app-else > summary").click()
        follow(office, "Request closure")
        office.get_by_label("Implemented", exact=True).check()
        office.get_by_label("Why it can be closed").fill("Three months without a miss.")
        press(office, "Request closure")
        office.get_by_text("Closure requested").first.wait_for()
    decides.goto("/")
    with takes(decides, clicks=3, pages=4):
        follow(decides, re.compile("closure"))
        follow(decides, "WM-0001", exact=True)
        press(decides, "Approve closure")
        decides.get_by_text("Blue").first.wait_for()
    with takes(decides, clicks=2, pages=2):
        follow(decides, "Reopen")
        decides.get_by_label("Why it is reopened").fill("The auditor has left.")
        press(decides, "Reopen", exact=True)
        decides.get_by_text("The auditor has left.").first.wait_for()
