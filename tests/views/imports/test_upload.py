"""Choosing the spreadsheet: what is read of it, what is refused beside the field, and the demonstration's example."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from recommendations.forms.imports.upload import MOST_BYTES
from recommendations.models import SheetDraft
from tests.exchange.imports.test_refused import OLE
from tests.makers.spreadsheet_file import excel_file
from tests.views.hooks import wrong
from tests.views.imports.upload import address, book, bring_in, choose, errors, row, rows, value, words

LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


def test_what_was_read_is_a_draft_of_whoever_chose_it(office, officer):
    answer = choose(office, book(*rows(2)))
    draft = SheetDraft.objects.get()
    assert address(answer) == reverse("sheet_columns", args=[draft.token])
    assert (draft.by, draft.name, draft.purpose, len(draft.sha256)) == (officer, "register.xlsx", "register", 64)
    assert draft.answers["forces"] == {"Register": "westmarch"}


def test_a_csv_is_read_too(office):
    answer = choose(office, "Ref;Recommendation;RAG\r\nOP-1;Caf\xe9 hours.;Green\r\n".encode("cp1252"), "register.csv")
    assert words(answer, ".app-sheet__sample") == ["OP-1", "Café hours.", "Green"]


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.xlsx", b"", "empty"),
        ("binary.xlsx", b"\x7fELF\0\1\2" * 99, "is a program"),
        ("noise.csv", b"\0\1\2\3" * 99, "not text"),
        ("huge.csv", b"x" * (MOST_BYTES + 1), "8 MB"),
        ("locked.xlsx", LOCKED, "password"),
        ("old.xls", OLE, "(.xls)"),
        ("paper.pdf", b"%PDF-1.7", "PDF"),
        ("torn.xlsx", excel_file([("Ref", "RAG"), ("1", "Red")])[:400], "damaged"),
        ("blank.xlsx", excel_file([()]), "No table"),
    ],
)
def test_a_bad_file_is_named_beside_it_and_the_force_stays_chosen(office, name, content, message):
    answer = choose(office, content, name)
    (said,) = errors(answer)
    assert (wrong(answer), message in said) == (["document"], True)
    assert value(answer, "Force") == "westmarch"
    assert SheetDraft.objects.count() == 0


def test_no_file_and_a_force_that_is_none(office):
    answer = office.post(reverse("bring_in"), {"force": "nowhere"})
    assert wrong(answer) == ["document", "force"]


def test_only_a_day_of_a_persons_drafts_is_kept(office, officer, at):
    old = SheetDraft(token="old", by=officer, at=at.replace(year=2020), name="x", sha256="0", table={})
    old.save(force_insert=True)
    choose(office, book(row()))
    assert SheetDraft.objects.get().token != "old"


@pytest.mark.soak
def test_the_example_is_there_in_the_demonstration_alone(office, tracked, eastvale, settings):
    address = reverse("example_sheet")
    assert office.get(address).status_code == 404
    assert address not in office.get(reverse("bring_in")).content.decode()
    settings.DEMO = True
    assert address in office.get(reverse("bring_in")).content.decode()
    answer = office.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="marches-hmicfrs-tracker.xlsx"'
    found = load_workbook(io.BytesIO(answer.content))
    assert found.sheetnames == ["Westmarch", "Eastvale", "Lists"]
    assert found["Westmarch"].cell(503, 1).value == tracked.reference
    assert office.head(address).headers["Content-Disposition"] == answer.headers["Content-Disposition"]


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_page_costs_the_same_for_one_import_as_for_three(office, number, django_assert_num_queries):
    for each in range(1, number + 1):
        bring_in(office, row(each))
    office.get(reverse("bring_in"))
    with django_assert_num_queries(7):
        answer = office.get(reverse("bring_in"))
    assert words(answer, ".app-panel--next a")[:-1] == ["register.xlsx"] * number
