"""A register whose update column has an unheard-of name: asked about once, known the second time, then retired."""

from pathlib import Path

from playwright.sync_api import expect

from recommendations.models import SheetMapping, TrackedRecommendation
from recommendations.periods import london_day, say
from tests.journeys.register.test_spreadsheet import CHECK, heading
from tests.makers.spreadsheet_file import book_file
from tests.views.imports.upload import HEADINGS, row

ODD = (*HEADINGS[:-1], "State of play", "Where next", "Target date")
DONE, NEXT = "The policy is out and read by all.", "A leaflet follows in the new year."
ASKED = ("State of play", "Where next")
TARGETS = ("Immediate", "30/9/2026", "Q3 2026/27", "When funded", "30/9/2026", "30/9/2026")
NARROW, WIDE = {"width": 375, "height": 768}, {"width": 1366, "height": 768}


def register(folder: Path, name: str) -> Path:
    """A small register in the office's own layout."""
    lines = [
        (*row(number)[:-1], f"{DONE} {number}.", f"{NEXT} {number}.", target)
        for number, target in enumerate(TARGETS, start=1)
    ]
    file = folder / name
    file.write_bytes(book_file({"Register": [ODD, *lines]}))
    return file


def choose(page, file: Path) -> None:
    page.goto("/register/bring-in/")
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_label("Force").select_option(label="Westmarch Police")
    page.get_by_role("button", name="Read it").click()
    heading(page, "Match your columns")


def look_at(page) -> list[str]:
    """The headings of the columns to look at."""
    return page.locator("section[aria-labelledby^=look-] tbody label").all_inner_texts()


def test_an_unheard_of_column_is_asked_about_once(browse, body, officer, administrator, tmp_path, assert_accessible):
    page = browse(officer)
    choose(page, register(tmp_path, "October.xlsx"))
    answer_once(page, assert_accessible)
    bring_in(page)
    assert TrackedRecommendation.objects.get(reference="OP-2").updates.get().done == f"{DONE} 2."
    know_it_the_second_time(page, tmp_path, assert_accessible)
    retire_it(browse(administrator), assert_accessible)
    choose(page, register(tmp_path, "April.xlsx"))
    expect(page.get_by_text("Guessed from the headings and cells")).to_be_visible()
    assert look_at(page) == [*ASKED]


def answer_once(page, assert_accessible) -> None:
    assert look_at(page) == [*ASKED]
    expect(page.get_by_role("heading", name="What are these?")).to_be_visible()
    expect(page.locator("section[aria-labelledby^=look-]")).to_contain_text(f"{DONE} 3.")
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert_accessible(page)
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name=CHECK).first.click()
    page.get_by_role("link", name="Say what “State of play” is, or leave it out.").click()
    expect(page.get_by_label("State of play", exact=True)).to_be_focused()
    assert_accessible(page)
    page.get_by_label("State of play", exact=True).select_option(label="Latest update")
    page.get_by_role("button", name="Leave out those without an answer").click()
    assert look_at(page) == []
    expect(page.get_by_label("Immediate", exact=True)).to_have_value("none")
    expect(page.get_by_label("Q3 2026/27", exact=True)).to_have_value("31 December 2026")
    page.get_by_label("When funded", exact=True).fill("none")
    page.get_by_label("Date for entries without one").fill("1 November 2026")


def bring_in(page) -> None:
    page.get_by_role("button", name=CHECK).last.click()
    heading(page, "Check what the rows would do")
    page.get_by_role("button", name="Bring in 6 new").click()
    page.get_by_text("Brought in from October.xlsx: 6 new.").wait_for()


def know_it_the_second_time(page, folder: Path, assert_accessible) -> None:
    choose(page, register(folder, "January.xlsx"))
    day = say(london_day(SheetMapping.objects.get().recorded_at))
    expect(page.get_by_text(f"Read as your register of {day}")).to_be_visible()
    assert look_at(page) == []
    expect(page.locator("#id_column-0-7")).to_have_value("update")
    expect(page.get_by_label("When funded", exact=True)).to_have_value("none")
    assert_accessible(page)
    page.get_by_role("button", name="Read it afresh").click()
    expect(page.get_by_text("Guessed from the headings and cells")).to_be_visible()
    assert look_at(page) == [*ASKED]


def retire_it(page, assert_accessible) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Layouts", exact=True).click()
    page.locator("summary", has_text="10 columns").click()
    assert_accessible(page)
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("No layout of a register is remembered yet.")).to_be_visible()
    assert_accessible(page)
