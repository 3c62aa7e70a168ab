"""A misread document is put right by keys; the next in its layout needs none; an administrator looks after layouts."""

import re

import pytest
from playwright.sync_api import expect

from recommendations.models import DocumentLayout, ResponseVersion
from tests.makers.layouts import MARKS, MISREAD, NEXT

KEYS = {"nothing": "x", "title": "t", "recommendation": "r", "comment": "c"}


@pytest.mark.sqlite_alone
def test_a_layout_is_learned_by_keys_and_the_next_document_needs_none(
    browse, officer, administrator, body, westmarch, assert_accessible
):
    page = browse(officer)
    bring_in(page, MISREAD, "1/9/2025", "2/10/2025")
    for mark in MARKS:
        role, _, line = mark.partition(":")
        page.locator(f"#l{line} .app-docline__at").focus()
        page.keyboard.press(KEYS[role])
        expect(page.locator(f"#l{line}")).to_have_attribute("data-role", role)
    expect(page.locator("#l9")).to_have_attribute("data-role", "recommendation")
    dont = page.get_by_role("button", name="Don’t remember it")
    dont.press("Enter")
    again = page.get_by_role("button", name="Remember it", exact=True)
    expect(again).to_be_focused()
    again.press("Enter")
    expect(dont).to_be_focused()
    assert_accessible(page)
    save(page, kind="Custody (joint)", short_name="Custody 25")
    bring_in(page, NEXT, "1/9/2026", "5/10/2026")
    layout = DocumentLayout.objects.get()
    expect(page.locator("#check-bar")).to_contain_text(layout.document_words)
    expect(page.locator("#l7")).to_have_attribute("data-role", "recommendation")
    assert_accessible(page)
    save(page, kind="National thematic", short_name="Roads 26")
    version = ResponseVersion.objects.latest("pk")
    assert (version.layout, version.comments.count(), DocumentLayout.objects.count()) == (layout, 2, 1)
    look_after(browse(administrator), layout, assert_accessible)


def bring_in(page, text: str, published: str, responded: str) -> None:
    page.goto("/responses/add/")
    page.get_by_label("Or paste the text").fill(text)
    page.get_by_label("Force", exact=True).select_option(label="Westmarch Police")
    page.get_by_label("Report published").fill(published)
    page.get_by_label("Response published").fill(responded)
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator("#lines")).to_be_visible()
    page.wait_for_load_state()  # its script is there


def save(page, *, kind: str, short_name: str) -> None:
    """Type what the document does not say, and save."""
    page.locator("[data-edit=facts]").click()
    page.get_by_label("Kind").select_option(label=kind)
    page.get_by_label("Short name").fill(short_name)
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("#at-facts")).to_contain_text(kind)
    page.locator("#check-bar").get_by_role("button", name="Save response").click()
    expect(page).to_have_url(re.compile(r"/inspections/\d+/"))


def look_after(page, layout: DocumentLayout, assert_accessible) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Layouts", exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name=layout.document_words[0].upper() + layout.document_words[1:]).click()
    expect(page.get_by_role("rowheader", name="Roads policing in Westmarch")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    page.get_by_role("button", name="Retire this layout").click()
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("File of layouts").set_input_files(download.value.path())
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Add 1 layout").click()
    expect(page.get_by_role("row").filter(has_text="From the file")).to_have_count(1)
    assert_accessible(page)
