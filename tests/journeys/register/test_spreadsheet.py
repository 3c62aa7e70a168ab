"""A newcomer brings the office's messy workbook in; what was taken out is edited in LibreOffice and brought back."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate
from openpyxl import load_workbook
from playwright.sync_api import expect

from recommendations.domain.inspections import inspections
from recommendations.domain.register import voices
from recommendations.models import SheetImport, TrackedRecommendation, TrailEntry
from recommendations.periods import say
from tests.conftest import make_inspection, make_tracked

DAY = datetime.timedelta(days=1)
# What a newcomer says about the demonstration's workbook: 10 answers and 3 corrections.
NONE_OF_THESE = "Ignore this column"
ANSWERS = {
    "Discharged": "Implemented",
    "Complete - awaiting HMIC": "Pending sign-off",
    "On-going": "In progress",
    "Not started": "Awaiting allocation",
    "Green": "In progress",
    "Closed": "Complete",
    "Open": "Being progressed",
    "a comment without a word for assurance": "Nothing: leave it out",
}
# Keeps what is shown of the progress: the browser's tools stand still while a page is on its way.
NOTE_PROGRESS = """() => {
  const place = document.querySelector("[data-progress]");
  const note = () => sessionStorage.setItem("progress", place.innerText);
  new MutationObserver(note).observe(place, { attributes: true, childList: true, subtree: true });
}"""
NO_DAY = "Date for entries without one"
CHECK = "See what each row would do"


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def on_record(westmarch, eastvale):
    """What the register has already: the last row of the workbook names another lead for it."""
    inspection = make_inspection(westmarch, published_on=localdate() - 300 * DAY, at=now())
    return make_tracked(inspection, number="4", leads={"chief_officer_lead": "ACC Hale"}, at=now())


def heading(page, words: str) -> None:
    page.get_by_role("heading", level=1, name=words, exact=True).wait_for()


def counts(page) -> list[str]:
    return [" ".join(each.inner_text().split()) for each in page.locator(".app-counts a").all()]


def choose(page, file: Path) -> None:
    page.goto("/register/")
    if page.locator("tr[id^=row-]").count():  # an empty register says how to begin
        page.locator("summary", has_text="Add or bring in").click()
    page.get_by_role("link", name=re.compile("Bring in (a|your) spreadsheet")).click()
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    heading(page, "Match your columns")


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_newcomer_brings_the_messy_workbook_in(
    sign_in, body, officer, on_record, settings, tmp_path, assert_accessible
):
    settings.DEMO = True
    page = sign_in(officer)
    workbook = download_the_example(page, tmp_path, assert_accessible)
    choose(page, workbook)
    answer_about_columns_and_words(page, assert_accessible)
    correct_what_cannot_be_read(page, assert_accessible)
    look_at_each_row(page, assert_accessible)
    bring_it_in(page, assert_accessible)
    see_the_register(page, assert_accessible)
    read_that_nothing_would_change(page, workbook, assert_accessible)
    undo_it(page, on_record, assert_accessible)
    call_command("verify_audit")
    verbs = [entry.verb for entry in TrailEntry.objects.order_by("sequence")]
    assert verbs[-2:] == ["bring_in_sheet", "undo_sheet_import"]


def download_the_example(page, folder: Path, assert_accessible) -> Path:
    page.goto("/register/bring-in/")
    assert_accessible()
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("This spreadsheet was not read").wait_for()
    assert_accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="800 rows, as messy as real ones").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def answer_about_columns_and_words(page, assert_accessible) -> None:
    expect(page.get_by_text("14 answers are missing")).to_be_visible()
    assert_accessible()
    page.get_by_role("button", name=CHECK).first.click()
    page.get_by_text("Some answers are missing").wait_for()
    assert_accessible()
    page.get_by_role("button", name=NONE_OF_THESE).click()
    expect(page.get_by_text("10 answers are missing")).to_be_visible()
    page.get_by_label("When / Due", exact=True).select_option("HMICFRS deadline")
    for word, meaning in ANSWERS.items():
        page.get_by_label(word, exact=True).select_option(meaning)
    page.get_by_label(NO_DAY).fill(say(localdate()))
    page.get_by_role("button", name=CHECK).last.click()
    heading(page, "Check what the rows would do")


def correct_what_cannot_be_read(page, assert_accessible) -> None:
    expect(page.get_by_text("Fix 3 problems first.")).to_be_visible()
    assert_accessible()
    for box in page.get_by_label("What When / Due should say").all():
        box.fill(say(localdate() + 30 * DAY))
    page.get_by_role("button", name="Save corrections").first.click()
    expect(page.get_by_text("3 corrections by you")).to_be_visible()


def look_at_each_row(page, assert_accessible) -> None:
    """Every row of the file is in sight: those of the table, those that go on with another, those that are left out."""
    assert counts(page) == [
        "680 recommendations",
        "679 new",
        "1 changed",
        "0 unchanged",
        "0 with problems",
        "8 left out",
    ]
    page.locator(".app-sheet__facts summary").first.click()
    expect(page.get_by_text("Custody in Westmarch: an unannounced visit").first).to_be_visible()
    assert_accessible()
    page.get_by_role("link", name="1 changed").click()
    row = page.get_by_role("row", name="WM-0001")
    expect(row).to_contain_text("Chief officer lead from ACC Hale to T/DCC Nair")
    page.get_by_role("link", name="8 left out").click()
    expect(page.get_by_text("NB revised dates need the DCC's agreement!!").first).to_be_visible()
    assert_accessible()


def bring_it_in(page, assert_accessible) -> None:
    page.evaluate(NOTE_PROGRESS)
    with page.expect_response("**/progress/") as told:
        page.get_by_role("button", name="Bring in 679 new and 1 changed").click()
    assert told.value.status == 200
    page.get_by_text("Brought in from marches-hmicfrs-tracker.xlsx: 679 new and 1 changed.").wait_for()
    shown = page.evaluate("sessionStorage.getItem('progress')")
    assert re.fullmatch(r"Bringing in: ([Ss]tarting|[\d,]+ of 680 rows)", shown.strip())
    assert counts(page)[0] == "800 rows"
    page.locator(".app-sheet__facts summary").first.click()
    assert_accessible()


def see_the_register(page, assert_accessible) -> None:
    page.get_by_role("link", name="See the register").click()
    heading(page, "Register")
    assert TrackedRecommendation.objects.filter(withdrawn_at=None).count() == 680
    page.get_by_label("Search everything").fill("HMI/W/002")
    page.get_by_role("button", name="Search this register").click()
    expect(page.get_by_role("link", name="HMI/W/002", exact=True)).to_be_visible()
    assert_accessible()


def read_that_nothing_would_change(page, workbook: Path, assert_accessible) -> None:
    """The second time one day is asked for, and nothing else."""
    choose(page, workbook)
    expect(page.get_by_text("Read as your register of")).to_be_visible()
    expect(page.get_by_text("1 answer is missing")).to_be_visible()
    page.get_by_label(NO_DAY).fill(say(localdate()))
    page.get_by_role("button", name=CHECK).first.click()
    expect(page.get_by_text("Nothing would change")).to_be_visible()
    assert counts(page)[1:4] == ["0 new", "0 changed", "680 unchanged"]
    assert_accessible()


def undo_it(page, on_record, assert_accessible) -> None:
    page.goto("/register/brought-in/")
    assert_accessible()
    page.get_by_role("link", name="marches-hmicfrs-tracker.xlsx").click()
    undo(page)
    left = TrackedRecommendation.objects.get(withdrawn_at=None)
    assert (left, left.chief_officer_lead) == (on_record, "ACC Hale")


def undo(page) -> None:
    page.get_by_label("Why it is undone").fill("It was to try it.")
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("The register is as it was before.").wait_for()


# -- taken out, and brought back


@pytest.fixture
def register(westmarch, eastvale, force_lead):
    """Recommendations of two forces, one with everything that is said of it."""
    inspection = make_inspection([westmarch, eastvale], published_on=localdate() - 300 * DAY, at=now())
    first = make_tracked(inspection, due_on=localdate() - 30 * DAY, at=now())
    make_tracked(inspection, number="2", text="The force should say =1+1, and\r\n- more.", at=now())
    words = {"done": "291 of 340 renewed.\nThe rest by May.", "stage": "in_progress", "said_by": "Sgt Hale"}
    voices.log_force_update(tracked=first, forecast_on=localdate() + 60 * DAY, by=force_lead, at=now(), **words)
    return first


def take_out(page, folder: Path) -> Path:
    page.goto("/register/")
    page.locator("summary", has_text="Export and more").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def bring_back(page, file: Path) -> None:
    choose(page, file)
    expect(page.get_by_text("There is nothing to answer about these columns.")).to_be_visible()
    page.get_by_role("button", name=CHECK).first.click()
    heading(page, "Check what the rows would do")


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_was_taken_out_comes_back_unchanged(sign_in, officer, register, tmp_path, assert_accessible):
    page = sign_in(officer)
    bring_back(page, take_out(page, tmp_path))
    expect(page.get_by_text("Nothing would change: 4 recommendations are in the register")).to_be_visible()
    assert counts(page)[1:5] == ["0 new", "0 changed", "4 unchanged", "0 with problems"]
    assert_accessible()
    assert SheetImport.objects.count() == 0


@pytest.fixture
def with_openpyxl():
    def fill_in(file: Path, reference: str, heading: str, words) -> None:
        book = load_workbook(file)
        rows = list(book.worksheets[0].iter_rows())
        (found,) = [row for row in rows if row[0].value == reference]
        found[[cell.value for cell in rows[0]].index(heading)].value = words
        book.save(file)

    return fill_in


@pytest.mark.soak
@pytest.mark.sqlite_alone
@pytest.mark.parametrize("editor", ["with_openpyxl", "with_libreoffice"])
def test_one_cell_that_was_edited_changes_exactly_that(
    sign_in, officer, register, tmp_path, assert_accessible, request, editor
):
    fill_in = request.getfixturevalue(editor)
    page = sign_in(officer)
    file = take_out(page, tmp_path)
    fill_in(file, register.reference, "Business lead", "Supt Maud Fenner")
    bring_back(page, file)
    assert counts(page)[1:5] == ["0 new", "1 changed", "3 unchanged", "0 with problems"]
    page.get_by_role("link", name="1 changed").click()
    expect(page.get_by_role("row", name=register.reference)).to_contain_text("Business lead Supt Maud Fenner")
    assert_accessible()
    before = {row.pk: row.version for row in TrackedRecommendation.objects.all()}
    page.get_by_role("button", name="Bring in 1 changed").click()
    page.get_by_text("Brought in from").first.wait_for()
    changed = [row for row in TrackedRecommendation.objects.all() if row.version != before[row.pk]]
    assert [(row.pk, row.business_lead) for row in changed] == [(register.pk, "Supt Maud Fenner")]
    undo_without_a_reason_and_with_one(page, assert_accessible)


def undo_without_a_reason_and_with_one(page, assert_accessible) -> None:
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("Nothing is undone").wait_for()
    assert_accessible()
    undo(page)
    assert_accessible()


def test_what_a_colleague_changed_meanwhile_is_asked_about(
    sign_in, officer, approver, register, tmp_path, assert_accessible, with_openpyxl
):
    page = sign_in(officer)
    file = take_out(page, tmp_path)
    with_openpyxl(file, register.reference, "Business lead", "Supt Maud Fenner")
    with_openpyxl(file, register.reference, "Latest update", "300 of 340 renewed.")
    with_openpyxl(file, register.reference, "Forecast", localdate() + 90 * DAY)
    change_meanwhile(register, approver)
    bring_back(page, file)
    expect(page.get_by_text("The sheet “Updates” is not read")).to_be_visible()
    expect(page.get_by_text("2 choices are open: what is in the register stays there.")).to_be_visible()
    assert counts(page)[1:5] == ["0 new", "1 changed", "3 unchanged", "0 with problems"]
    assert_accessible()
    page.get_by_role("group", name="Which holds for Business lead").get_by_label("Take the file’s").check()
    page.get_by_role("group", name="Which holds for Latest update").get_by_label("Keep the register’s").check()
    page.get_by_role("button", name="Save choices").click()
    expect(page.get_by_text("choices are open")).to_have_count(0)
    assert_accessible()
    page.get_by_role("button", name="Bring in 1 changed").click()
    page.get_by_text("Brought in from").first.wait_for()
    register.refresh_from_db()
    assert (register.business_lead, register.standing.forecast_on) == ("Supt Maud Fenner", localdate() + 90 * DAY)
    assert [row.done for row in register.updates.latest_first()][1] == "All 340 renewed."


def change_meanwhile(tracked, by) -> None:
    """A colleague names another lead, and the force's next update is logged."""
    tracked.refresh_from_db()
    facts = {"business_lead": "Supt Cole", "reason": "A new lead."}
    inspections.edit_tracked(tracked=tracked, version=tracked.version, by=by, at=now(), **facts)
    same = {"stage": "in_progress", "said_by": "Sgt Hale", "forecast_on": tracked.standing.forecast_on}
    voices.log_force_update(tracked=tracked, done="All 340 renewed.", by=by, at=now(), **same)


# -- without scripts


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_it_works_without_scripts(browse, officer, westmarch, tmp_path):
    page = browse(officer, java_script_enabled=False)
    file = tmp_path / "register.csv"
    file.write_text("Ref,Report,Published,Recommendation,Due,RAG\nOP-1,Custody,1/6/2025,Write it.,31/6/2026,Green\n")
    choose(page, file)
    page.get_by_label("Sheet “Sheet1”").select_option("Westmarch Police")
    page.get_by_role("button", name=CHECK).first.click()
    page.get_by_text("Some answers are missing").wait_for()
    page.get_by_label("Due", exact=True).select_option("HMICFRS deadline")
    page.get_by_label("Green", exact=True).select_option("Ignore (Oversight works out the colour)")
    page.get_by_role("button", name=CHECK).first.click()
    page.get_by_label("What Due should say").fill("30/6/2026")
    page.get_by_role("button", name="Save corrections").first.click()
    page.get_by_role("button", name="Bring in 1 new").click()
    page.get_by_text("Brought in from register.csv: 1 new.").wait_for()
    undo(page)
