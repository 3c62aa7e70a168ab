"""One document of each family, from upload to saved: at most one correction a recommendation on average."""

import re

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation
from tests.readers.facts import facts_of
from tests.readers.layouts import file_of
from tests.readers.source import source

REPORT = [("report-peel-boxes", "web:hmicfrs")]
OTHERS = [
    ("form-labelled", "word:styles"),
    ("roman-and-words", "pdf:letter"),
    ("list-then-answers", "web:accordion"),
    ("letter-text-only", "text:wrapped"),
    ("table-two-columns", "pdf:printed"),
    ("report-concern-without-word", "pdf:report"),
]
LEFT = pytest.param(OTHERS, marks=(pytest.mark.soak, pytest.mark.sqlite_alone), id="others")


@pytest.mark.parametrize("families", [pytest.param(REPORT, id="report"), LEFT])
def test_each_family_comes_in_with_few_corrections(page, sign_in, officer, body, westmarch, families):
    sign_in(officer)
    corrections = sum(bring_in(page, source(name), layout) for name, layout in families)
    assert corrections <= Recommendation.objects.count()


def bring_in(page, document, layout) -> int:
    """Upload, check and save it; what had to be corrected first. What is saved is what a person reads in it."""
    before = set(Recommendation.objects.values_list("pk", flat=True))
    upload(page, document, layout)
    corrected = correct(page)
    save = page.get_by_role("button", name="Save report" if document.is_report else "Save response").first
    save.click()
    asked_or_saved = "/inspections.[0-9]+.$/.test(location.pathname) || document.querySelector('.govuk-error-summary')"
    page.wait_for_function(asked_or_saved)
    section_55 = page.get_by_label("Yes: a response is due within 56 days")
    if section_55.count():  # a title that does not say its kind: then a person says it
        section_55.check()
        page.get_by_role("button", name="Keep these").click()
        section_55.wait_for(state="detached")
        save.click()
        page.wait_for_function(asked_or_saved)
    if page.locator(".govuk-error-summary").count():  # of another force, which is asked about once
        expect(page.locator(".govuk-error-summary")).to_contain_text("is another force’s")
        save.click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    saved = Recommendation.objects.exclude(pk__in=before).order_by("position")
    assert [rec.number.removeprefix("AFI ") for rec in saved] == [
        rec["number"] for rec in facts_of(document)["recommendations"]
    ]
    return corrected


def upload(page, document, layout):
    data, name = file_of(document, layout)
    page.goto("/inspections/bring-in/" if document.is_report else "/responses/add/")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_label("Force").select_option("Westmarch Police")
    page.get_by_label("Report published").fill("20 January 2026")
    if not document.is_report:
        page.get_by_label("Response published").fill("2 March 2026")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Check what was read").wait_for()


def correct(page) -> int:
    """Leave out the lines that have no place; how many there were. What was read with doubt is as it should be."""
    without = page.locator(".app-docline--D").count()
    if without:
        page.get_by_role("button", name="Leave the rest out").click()
        expect(page.locator(".app-docline--D")).to_have_count(0)
    return without
