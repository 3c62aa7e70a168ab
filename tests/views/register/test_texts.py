"""A text of an update or of a record arrives everywhere: one row of a table is all that it takes."""

import datetime
import io
import json

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from recommendations.documents.papers.register_files import register_of
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register.sheet_columns import RECORD_TEXTS, UPDATE_TEXTS, paper_text
from recommendations.domain.rounds.rounds import accept_answer, return_answer
from recommendations.exchange.imports.column_guessing import guess_columns
from recommendations.models import RoundDraft, ScrutinyReport
from tests.conftest import AT, make_tracked
from tests.makers.action_plans import fire_inspection
from tests.makers.rounds import answered, make_round
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.rounds.test_sheets import downloaded, page_of

LATER = AT + datetime.timedelta(hours=1)
texts = pytest.mark.parametrize("field", UPDATE_TEXTS, ids=lambda field: field.key)


def words_of(field) -> str:
    return f"What {field.key} says."


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, due_on=datetime.date(2099, 1, 5))


@per_module
def answer(asked, force_lead):
    """An answer with every text, which the office has not looked at."""
    return answered(asked.lines.first(), force_lead, **{field.key: words_of(field) for field in UPDATE_TEXTS})


@per_module
def accepted(answer, officer):
    """The force update that it becomes."""
    return accept_answer(answer=answer, by=officer, at=LATER)


def text_of(response) -> str:
    return " ".join(page_of(response).css_first("main").text().split())


@texts
def test_the_recommendations_page_and_its_word_file_say_it(sign_in, accepted, officer, field):
    client, pk = sign_in(officer), accepted.tracked_id
    said = f"{field.heading}: {words_of(field)}"
    assert said in text_of(client.get(reverse("tracked", args=[pk])))
    document = docx.Document(io.BytesIO(client.get(reverse("tracked_word", args=[pk])).content))
    lines = [line for row in document.tables[-1].rows for line in row.cells[-1].text.split("\n")]
    assert lines.count(said) == 1


@texts
def test_exports_have_it_as_a_column_that_an_import_knows_again(sign_in, accepted, officer, field):
    client, reference = sign_in(officer), accepted.tracked.reference
    files = {form: client.get(reverse("export_register", args=[form])).content for form in ("xlsx", "csv", "json")}
    rows = {row["reference"]: row for row in json.loads(files["json"])["rows"]}
    assert rows[reference][field.key] == words_of(field)
    sheet = load_workbook(io.BytesIO(files["xlsx"]))["Register"]
    head, *lines = sheet.iter_rows(values_only=True)
    assert {line[0]: line[head.index(field.heading)] for line in lines}[reference] == words_of(field)
    assert words_of(field) in files["csv"].decode()
    assert [guess_columns([heading], []) for heading in field.seen] == [{0: field.key}] * len(field.seen)


@texts
def test_the_round_shows_it_to_both_sides(sign_in, answer, officer, force_lead, field):
    url = reverse("round", args=[answer.line.round_id])
    assert f"{field.heading} {words_of(field)}" in text_of(sign_in(officer).get(url))
    assert f"{field.heading}: {words_of(field)}" in text_of(sign_in(force_lead).get(f"{url}?show=all"))


@texts
def test_the_rounds_sheet_has_it_both_ways(sign_in, asked, officer, force_lead, field):
    client = sign_in(force_lead)
    book = downloaded(client, asked)
    column = [cell.value for cell in book.active[2]].index(field.heading) + 1
    done = [cell.value for cell in book.active[2]].index("What was done since") + 1
    book.active.cell(3, done).value, book.active.cell(3, column).value = "Begun.", words_of(field)
    out = io.BytesIO()
    book.save(out)
    document = SimpleUploadedFile("from Westmarch.xlsx", out.getvalue())
    shown = client.post(reverse("bring_in_round_sheet", args=[asked.pk]), {"document": document}, follow=True)
    form = page_of(shown).css_first("main form")
    client.post(form.attributes["action"], fields_among(form.css("[name]")))
    draft = RoundDraft.objects.get()
    assert getattr(draft, field.key) == words_of(field)
    again = downloaded(client, asked)
    assert again.active.cell(3, column).value == words_of(field)


@texts
def test_a_returned_answer_is_a_draft_with_it(answer, officer, field):
    return_answer(answer=answer, question="How many?", by=officer, at=LATER)
    assert getattr(RoundDraft.objects.get(line=answer.line), field.key) == words_of(field)


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("field", RECORD_TEXTS, ids=lambda field: field.key)
def test_a_text_of_a_record_is_typed_shown_and_taken_out(sign_in, westmarch, officer, field):
    follow("fire")
    tracked = make_tracked(fire_inspection(westmarch))
    client, words = sign_in(officer), f"Of {field.key}"[: field.longest]
    edit = reverse("tracked", args=[tracked.pk]) + "?form=edit"
    form = page_of(client.get(edit)).css_first("#form form")
    client.post(form.attributes["action"], fields_among(form.css("[name]")) | {field.key: words})
    page = client.get(edit)
    assert f"{field.short or field.heading} {words}" in text_of(page)
    assert fields_among(page_of(page).css(f"#id_{field.key}")) == {field.key: [words]}
    rows = json.loads(client.get(reverse("export_register", args=["json"])).content)["rows"]
    assert [row[field.key] for row in rows] == [words]


def test_a_paper_has_what_it_has_room_for_below_the_update(accepted, westmarch):
    paper = ScrutinyReport(force=westmarch, start=AT.date(), end=AT.date())
    lines = register_of(compile_figures(paper=paper, known_at=LATER)).lines
    said = [line.update for line in lines if line.reference == accepted.tracked.reference]
    assert said == [paper_text(accepted.done, accepted)]
