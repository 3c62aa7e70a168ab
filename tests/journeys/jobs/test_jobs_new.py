"""Jobs that came later: a view for the office, a file, a note. The clicks and pages that each may take."""

import re

from playwright.sync_api import expect

from recommendations.models import Attachment, OfficeNote, SavedView
from tests.journeys.jobs.counting import follow, press, takes


def test_15_a_view_for_the_office(at_home, officer, register):
    page = at_home(officer)
    page.goto("/register/?rag=red")
    with takes(page, clicks=3, pages=2):
        follow(page, "Save as a view")
        page.get_by_label("Name", exact=True).fill("Red")
        page.get_by_label("The office").check()
        press(page, "Save", exact=True)
        page.wait_for_url(re.compile("view="))
    assert SavedView.objects.get().shared


def test_17_a_file_is_attached(at_home, officer, register, tmp_path):
    file = tmp_path / "return.txt"
    file.write_text("The return of the vetting unit.", encoding="utf-8")
    page = at_home(officer)
    page.goto(register[0].get_absolute_url())
    with takes(page, clicks=2, pages=2):
        follow(page, re.compile("^Files"))
        form = page.get_by_role("form", name="Attach files")
        form.get_by_label("Files", exact=True).set_input_files(file)
        press(form, "Attach", exact=True)
        expect(form.get_by_text("attached", exact=False).first).to_be_visible()
    assert Attachment.objects.get().name == "return.txt"


def test_18_a_note_that_names_a_colleague(at_home, officer, register):
    page = at_home(officer)
    page.goto(register[0].get_absolute_url())
    with takes(page, clicks=2, pages=2):
        follow(page, "Office note")
        page.get_by_label("Note", exact=False).last.fill("Is this the last return?")
        press(page, "Save note")
        expect(page.get_by_text("Is this the last return?").first).to_be_visible()
    assert OfficeNote.objects.count() == 1
