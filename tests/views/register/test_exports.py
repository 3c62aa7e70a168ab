"""Taking out what a page shows: the same rows in the same order, as a file to save, with an entry on the trail."""

import csv
import io
import json
import re

import docx
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from recommendations.domain.notes.notes import add_note
from recommendations.domain.people.records import keep
from recommendations.domain.register import voices
from recommendations.domain.register.export.marks import unsign
from recommendations.domain.register.restrictions import restrict
from recommendations.enums.actions import ActionVoice
from recommendations.models import Label, TrailEntry
from recommendations.periods import say
from tests.conftest import AT, PUBLISHED, make_inspection, make_many_tracked, make_tracked
from tests.examples import LETTERS, examples
from tests.makers.actions import make_action
from tests.per_module import per_module
from tests.views.register.page import address, ago, now, recent_inspection, shown, three_overdue

FORMS = ("xlsx", "csv", "json", "docx")
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export(client, form: str, **asked):
    return client.get(reverse("export_register", args=[form]), asked)


def references(response, form: str) -> list[str]:
    """The references that a file has, in its order."""
    content = response.content
    if form == "json":
        return [row["reference"] for row in json.loads(content)["rows"]]
    if form == "csv":
        return [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(content))["Register"]
        return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    tables = docx.Document(io.BytesIO(content)).tables
    return [row.cells[0].text.split("\n")[0] for row in tables[0].rows][1:] if tables else []


def entries() -> list[tuple]:
    return list(TrailEntry.objects.order_by("sequence").values_list("verb", "about", "by_name"))


@per_module
def several(westmarch, eastvale):
    """Five rows of two forces, three of them overdue, one closed to nobody's mind."""
    three_overdue(recent_inspection(westmarch))
    theirs = make_inspection(eastvale, title="Elsewhere", published_on=ago(90), at=now())
    return [make_tracked(theirs, number=str(each), text=f"Theirs {each}.", at=now()) for each in (1, 2)]


ASKED = (
    {},
    {"show": "overdue", "sort": "-reference"},
    {"force": "eastvale"},
    {"q": "text 2"},
    {"show": "all", "as_at": ago(95).isoformat()},
    {"as_at": ago(200).isoformat(), "known_at": ago(1).isoformat()},
    {"page": "2", "add": "1", "sort": "nonsense"},
    {"q": "nothing like this"},
)


@pytest.mark.parametrize(
    ("forms", "asked"),
    [
        pytest.param(("csv",), ASKED[::2], id="some_questions"),
        pytest.param(FORMS, ASKED[1:2], id="each_form"),
        pytest.param(FORMS, ASKED, id="each_question_in_each_form", marks=pytest.mark.soak),
    ],
)
def test_a_file_has_exactly_the_rows_of_the_page_in_its_order(sign_in, several, officer, forms, asked):
    """What is asked is read alike for each form (lines_out)."""
    client = sign_in(officer)
    for each in asked:
        page = shown(client.get(address(**{name: value for name, value in each.items() if name != "page"})))
        assert {form: references(export(client, form, **each), form) for form in forms} == dict.fromkeys(forms, page)


def test_a_file_has_all_rows_where_the_page_has_fifty(sign_in, inspection, officer):
    make_many_tracked(inspection, range(52), at=now())
    client = sign_in(officer)
    assert (len(shown(client.get(address()))), len(references(export(client, "csv"), "csv"))) == (50, 52)


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_saved_and_kept_by_no_cache(sign_in, several, officer, form):
    client = sign_in(officer)
    answer = export(client, form, as_at=PUBLISHED.isoformat())
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[form]
    assert answer["Content-Disposition"] == f'attachment; filename="register-2026-01-15.{form}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    plain = export(client, form)["Content-Disposition"]
    assert plain == f'attachment; filename="register-{ago(0).isoformat()}.{form}"'


def test_taking_out_is_an_entry_of_the_trail_and_asking_whether_it_is_there_is_none(sign_in, several, officer):
    client, before = sign_in(officer), len(entries())
    head = client.head(reverse("export_register", args=["xlsx"]))
    assert (head.status_code, head["Content-Type"], head.content) == (200, KINDS["xlsx"], b"")
    assert len(entries()) == before
    day = ago(0).isoformat()
    export(client, "xlsx", show="overdue", force="westmarch")
    export(client, "csv", q="theirs 1")
    assert entries()[before:] == [
        ("export_register", f"xlsx, 3 rows as at {day}: Force: Westmarch; Only overdue", "Hannah Whitlock"),
        ("export_register", f"csv, 1 row as at {day}: Search: theirs 1", "Hannah Whitlock"),
    ]


def test_a_file_says_under_which_head_of_the_trail_it_was_read(sign_in, several, officer):
    client, last = sign_in(officer), TrailEntry.objects.order_by("sequence").last()
    said = json.loads(export(client, "json", rag="red").content)["about"]
    assert said["trail"] == {"entries": last.sequence, "head": last.hash}
    assert (said["asked"], said["taken_out_by"]) == (["RAG: Red"], "Hannah Whitlock")


def test_another_form_is_not_there_and_a_day_that_is_none_is_said_on_the_page(sign_in, several, officer):
    client, before = sign_in(officer), len(entries())
    assert export(client, "pdf").status_code == 404
    answer = export(client, "xlsx", as_at="31/2/2026", q="text")
    assert (answer.status_code, answer.url) == (302, f"{reverse('register')}?as_at=31%2F2%2F2026&q=text")
    assert len(entries()) == before


def test_a_force_takes_out_its_own_rows_only(sign_in, several, force_lead, other_force_lead):
    for form in FORMS:
        answer = export(sign_in(force_lead), form, show="all", force="eastvale")
        assert references(answer, form) == ["WM-0001", "WM-0002", "WM-0003"]
    assert references(export(sign_in(other_force_lead), "csv", show="all"), "csv") == ["EV-0001", "EV-0002"]


def test_the_offices_own_words_go_out(sign_in, tracked, officer):
    keep(record=Label(vocabulary="stage", key="in_progress", words="Under way"), by=None, at=AT)
    voices.log_force_update(tracked=tracked, done="Begun.", by=officer, at=AT)
    (row,) = json.loads(export(sign_in(officer), "json").content)["rows"]
    assert (row["stage"], row["update"]) == ("Under way", "Begun.")


def test_a_file_costs_the_same_queries_for_any_number_of_rows(sign_in, inspection, officer, django_assert_num_queries):
    client = sign_in(officer)
    for rows in (1, 2):
        for each in range(rows):
            tracked = make_tracked(inspection, number=f"{rows}.{each}", parts=("a",), at=AT)
            voices.log_force_update(tracked=tracked, done="Begun.", by=officer, at=AT)
            make_action(tracked)
        for form in FORMS:
            with django_assert_num_queries(QUERIES[form], info=f"{form}, {rows} more"):
                export(client, form)


QUERIES = {"xlsx": 30, "csv": 21, "json": 21, "docx": 21}  # a workbook has every update and action too


hostile = st.dictionaries(
    st.sampled_from(
        ["q", "force", "rag", "flag", "stage", "kind", "inspection", "lead", "sort", "show", "as_at", "page"]
    ),
    st.one_of(
        st.text(LETTERS, max_size=30), st.sampled_from(["red", "%00", "9" * 40, "-due", "1/1/2026", "0001-01-01", "'"])
    ),
    max_size=5,
)


@settings(max_examples=examples(60))
@given(asked=hostile, form=st.sampled_from(FORMS))
def test_no_query_string_makes_a_file_fail(signed_in, asked, form):
    assert export(signed_in, form, **asked).status_code in (200, 302)


@pytest.fixture
def signed_in(sign_in, several, officer):
    return sign_in(officer)


# One record


def test_a_recommendation_as_a_word_document(sign_in, tracked, officer):
    voices.log_force_update(tracked=tracked, done="Bells are tested.", said_by="Sgt Hale", by=officer, at=AT)
    client, before = sign_in(officer), len(entries())
    url = reverse("tracked_word", args=[tracked.pk])
    assert client.head(url)["Content-Disposition"] == 'attachment; filename="wm-0001.docx"'
    assert len(entries()) == before
    answer = client.get(url)
    document = docx.Document(io.BytesIO(answer.content))
    assert answer["Content-Type"] == KINDS["docx"]
    assert document.paragraphs[0].text == "WM-0001: The force should test cell call bells daily."
    assert [table.rows[0].cells[0].text for table in document.tables] == [
        "Reference",
        "HMICFRS deadline",
        "Force position",
        "Day",
    ]
    assert "Bells are tested." in document.tables[2].rows[1].cells[0].text
    assert entries()[before:] == [("export_tracked", "WM-0001", "Hannah Whitlock")]


def test_its_actions_are_in_the_word_document_and_on_a_sheet_of_the_workbook(sign_in, tracked, officer, settings):
    first = make_action(tracked, words="Let the contract.", due_on=ago(12), at=now())
    ours = {"voice": ActionVoice.OFFICE, "owner": "Hannah Whitlock", "waits_for": first}
    make_action(tracked, words="=Dip-sample", due_on=ago(-9), at=now(), **ours)
    client, url = sign_in(officer), reverse("tracked_word", args=[tracked.pk])

    def tables() -> list[list[list[str]]]:
        document = docx.Document(io.BytesIO(client.get(url).content))
        found = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
        return [table for table in found if table[0][0] == "Action"]

    def sheets() -> dict[str, list[tuple]]:
        book = load_workbook(io.BytesIO(export(client, "xlsx").content))
        return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}

    ((_, late, later),) = tables()
    assert late[1:2] + late[3:] == ["Head of custody", "To do, 12 days late"]
    assert later == [
        "=Dip-sample",
        "Hannah Whitlock\nOPCC",
        say(ago(-9)),
        "To do\nwaits for “Let the contract”, 12 days late",
    ]
    rows = sheets()["Actions"]
    assert [(row[0], row[1], row[2], row[7], row[9]) for row in rows] == [
        ("WM-0001", "Let the contract.", "Force", 12, None),
        ("WM-0001", "=Dip-sample", "OPCC", 0, "waits for “Let the contract”, 12 days late"),
    ]
    settings.SECTIONS_OFF = ("actions",)
    assert (tables(), "Actions" in sheets()) == ([], False)


def test_a_file_has_the_marking_of_what_its_actions_wait_for(sign_in, inspection, tracked, officer):
    secret = make_tracked(inspection, number="9")
    hidden = make_action(secret, words="Move the informant.", at=now())
    make_action(tracked, words="Train.", waits_for=hidden, at=now())
    client, url = sign_in(officer), reverse("tracked_word", args=[tracked.pk])

    def markings() -> list[bool]:
        texts = [docx.Document(io.BytesIO(client.get(url).content)).sections[0].header._element.xml]
        book = load_workbook(io.BytesIO(export(client, "xlsx", q=tracked.reference).content))
        return ["SENSITIVE" in text for text in (*texts, book["Register"].oddHeader.center.text)]

    before = markings()
    restrict(tracked=secret, reason="An informant.", by=officer, at=now())
    assert (before, markings()) == ([False, False], [True, True])


def test_an_inspection_as_a_word_document(sign_in, westmarch, eastvale, officer, force_lead):
    both = make_inspection([westmarch, eastvale])
    make_tracked(both, parts=("in each suite",), addressees=("Chief constables",))
    url = reverse("inspection_word", args=[both.pk])

    def headings(person) -> list[str]:
        document = docx.Document(io.BytesIO(sign_in(person).get(url).content))
        return [each.text for each in document.paragraphs if each.style.name == "Heading 3"]

    assert [each.split(".")[0] for each in headings(officer)] == ["EV-0001, Eastvale", "WM-0001, Westmarch"]
    assert [each.split(".")[0] for each in headings(force_lead)] == ["WM-0001, Westmarch"]
    assert entries()[-1] == ("export_inspection", "Custody in Westmarch", "Callum Tranter")


def test_word_documents_cost_the_same_queries(sign_in, inspection, officer, django_assert_num_queries):
    client = sign_in(officer)
    for updates in (1, 2):
        for each in range(updates):
            tracked = make_tracked(inspection, number=f"{updates}.{each}", parts=("a", "b"))
            for done in ("Begun.", "Done.")[:updates]:
                voices.log_force_update(tracked=tracked, done=done, by=officer, at=AT)
        with django_assert_num_queries(OF_ONE):
            client.get(reverse("tracked_word", args=[tracked.pk]))
        with django_assert_num_queries(OF_AN_INSPECTION):
            client.get(reverse("inspection_word", args=[inspection.pk]))


OF_ONE, OF_AN_INSPECTION = 28, 25


def test_a_word_document_has_the_notes_of_the_office_where_the_office_asks_for_them(
    sign_in, tracked, officer, force_lead
):
    add_note(record=tracked, text="Ask the gaoler.", by=officer, at=AT)
    url = reverse("tracked_word", args=[tracked.pk])

    def has_it(person, asked: str) -> bool:
        content = sign_in(person).get(f"{url}{asked}").content
        return any(
            "gaoler" in cell.text for table in docx.Document(io.BytesIO(content)).tables for cell in table._cells
        )

    asked = [(officer, "?notes=yes"), (officer, ""), (force_lead, "?notes=yes")]
    assert [has_it(person, words) for person, words in asked] == [True, False, False]
    page = sign_in(officer).get(reverse("record_notes", args=["recommendation", tracked.pk])).content.decode()
    assert f'href="{url}?notes=yes"' in page


def test_each_page_leads_to_its_files(sign_in, tracked, officer):
    client = sign_in(officer)
    register = client.get(address(q="cell", sort="lead")).content.decode()
    for form in FORMS:
        url = reverse("export_register", args=[form])
        assert f'href="{url}?q=cell&amp;sort=lead&amp;"' in register
    assert "export/" not in client.get(address(q="nothing like this")).content.decode()
    for page, word in (("tracked", "tracked_word"), ("inspection", "inspection_word")):
        pk = tracked.pk if page == "tracked" else tracked.recommendation.inspection_id
        assert f'href="{reverse(word, args=[pk])}"' in client.get(reverse(page, args=[pk])).content.decode()


def test_a_file_that_holds_what_is_restricted_is_marked_so_for_the_office(
    sign_in, inspection, officer, approver, force_lead
):
    """Its force is not told which of its recommendations are restricted, by a marking neither."""
    tracked, other = (make_tracked(inspection, number=number) for number in "12")
    restrict(tracked=tracked, reason="An operation runs.", by=officer, at=AT)
    word = {each.reference: reverse("tracked_word", args=[each.pk]) for each in (tracked, other)}
    urls = {"register": reverse("export_register", args=["docx"]), "inspection": None} | word
    urls["inspection"] = reverse("inspection_word", args=[inspection.pk])

    def markings(person) -> dict[str, str]:
        client = sign_in(person)
        files = {name: docx.Document(io.BytesIO(client.get(url).content)) for name, url in urls.items()}
        return {name: file.core_properties.subject for name, file in files.items()}

    sensitive = {"register", "inspection", tracked.reference}
    marked = {name: "OFFICIAL-SENSITIVE" if name in sensitive else "OFFICIAL" for name in urls}
    assert markings(officer) == markings(approver) == marked
    assert markings(force_lead) == dict.fromkeys(urls, "OFFICIAL")


def test_the_spreadsheet_has_the_colours_as_fills_and_lists_to_choose_from(signed_in):
    answer = export(signed_in, "xlsx", show="all")
    sheet = load_workbook(io.BytesIO(answer.content))["Register"]
    headings = [cell.value for cell in sheet[1]]
    rag = headings.index("RAG") + 1
    fills = {sheet.cell(row, rag).fill.fill_type for row in range(2, sheet.max_row + 1)}
    assert (fills, sheet.max_row > 1) == ({"solid"}, True)
    ranges = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    listed = [headings[column_index_from_string(re.match("[A-Z]+", each)[0]) - 1] for each in ranges]
    assert listed == ["Status", "Force position", "Stage", "OPCC assurance", "HMICFRS status", "Risk level", "Outcome"]


def test_the_spreadsheet_has_every_update_and_a_mark_for_each_row(sign_in, several, officer, force_lead):
    tracked = several[0]
    for done in ("Begun.", "Done."):
        voices.log_force_update(tracked=tracked, done=done, by=officer, at=now())
    book = load_workbook(io.BytesIO(export(sign_in(officer), "xlsx").content))
    assert book.sheetnames == ["Register", "Updates", "Actions", "About"]
    rows = list(book["Updates"].iter_rows(min_row=2, values_only=True))
    assert sorted((row[0], row[6]) for row in rows) == [("EV-0001", "Begun."), ("EV-0001", "Done.")]
    marks = {row[0].value: row[-1].value for row in book["Register"].iter_rows(min_row=2)}
    assert [reference for reference, mark in marks.items() if unsign(mark, reference) is None] == []
    assert len(marks) == 5
    theirs = load_workbook(io.BytesIO(export(sign_in(force_lead), "xlsx").content))
    assert list(theirs["Updates"].iter_rows(min_row=2, values_only=True)) == []
