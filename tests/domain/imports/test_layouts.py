"""What a person answered about a register is remembered by body and headings, without any text of its cells."""

import datetime
import json

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.imports.layouts import remembered_answers, retire_layout
from recommendations.domain.people import records
from recommendations.models import Force, Oversight, PolicingBody, SheetMapping, TrailEntry
from tests.conftest import AT, TODAY
from tests.exchange.imports.sheets_of import SIMPLE, brought_in
from tests.refusals import refusal

REPORT = {"inspection": "Custody in Westmarch: an unannounced inspection", "published_on": "15/1/2026"}
ROW = {"reference": "OP-1", **REPORT, "number": "4", "text": "The force should write it down."}
COLUMNS = SIMPLE | {"update": "State of play, January 2026", "": "Notes to self", "target_on": "By"}
FULL = ROW | {"update": "It is written down.", "": "zqnote", "target_on": "Immediate"}
HEADINGS = tuple(COLUMNS.values())


def remembered(*headings: str, forces=("westmarch",), on=TODAY) -> dict:
    return remembered_answers({"Sheet": headings}, Force.objects.filter(slug__in=forces), on)


def columns(*headings: str, **more) -> dict[str, str]:
    """Heading → field, of what is remembered."""
    found = remembered(*headings, **more).get("columns", {}).get("Sheet", {})
    return {headings[int(place)]: key for place, key in found.items()}


@pytest.fixture
def layout(body, officer) -> SheetMapping:
    brought_in(COLUMNS, FULL, by=officer, undated_on="1/2/2026", corrections={"target_on": {"immediate": ""}})
    return SheetMapping.objects.get()


def test_a_layout_says_whose_it_is_and_from_what_and_by_whom(layout, body, officer):
    assert (layout.body, layout.source_name, layout.recorded_by, layout.recorded_at) == (
        body,
        "register.xlsx",
        officer,
        AT,
    )
    assert columns(*HEADINGS) == {heading: key for key, heading in COLUMNS.items()}
    kept = remembered(*HEADINGS)
    assert kept["corrections"] == {"target_on": {"immediate": ""}}
    assert kept["layout"] == {"day": AT.date().isoformat(), "file": "register.xlsx", "columns": {"Sheet": [*range(8)]}}
    assert verification.verify() == []


def test_no_text_of_a_cell_is_kept(body):
    wrong = ROW | {"reference": "zqreference, which is longer than anyone can say"}
    said = {"reference": {wrong["reference"]: "OP-1"}, "text": {ROW["text"].casefold(): "zqtext"}}
    brought_in(COLUMNS, FULL | wrong, undated_on="1/2/2026", corrections=said | {"target_on": {"immediate": ""}})
    kept = json.dumps(SheetMapping.objects.get().answers).casefold()
    assert [word for word in ("zqnote", "zqreference", "zqtext", "custody", "written") if word in kept] == []


def test_what_changes_from_quarter_to_quarter_is_the_same_heading(layout):
    now = tuple(each.replace("January 2026", "April 2026") for each in HEADINGS)
    assert columns(*now)["State of play, April 2026"] == "update"


def test_a_column_more_or_in_another_order_leaves_the_others_known(layout):
    moved = (*reversed(HEADINGS), "A new one")
    assert columns(*moved) == {heading: key for key, heading in COLUMNS.items()}


def test_a_table_with_few_headings_in_common_is_another(layout):
    assert remembered(*HEADINGS[:4], "Who", "What", "Where", "When") == {}


def test_another_body_reads_with_its_own_answers(layout, eastvale):
    """Both offices call a column “State of play”; only one of them has said what it is."""
    other = PolicingBody(name="The other commissioner", slug="other", kind="commissioner", office_name="Other OPCC")
    records.keep(record=other, by=None, at=AT)
    link = Oversight.objects.get(force=eastvale)
    link.until = TODAY - datetime.timedelta(days=1)
    records.keep(record=link, by=None, at=AT)
    records.keep(record=Oversight(body=other, force=eastvale, since=TODAY), by=None, at=AT)
    assert remembered(*HEADINGS, forces=("eastvale",)) == {}
    assert columns(*HEADINGS, forces=("eastvale",), on=TODAY - datetime.timedelta(days=1)) != {}


def test_a_later_reading_replaces_an_earlier_one(layout, officer):
    later = AT + datetime.timedelta(days=1)
    renamed = {("evidence" if key == "update" else key): heading for key, heading in COLUMNS.items()}
    row = {("evidence" if key == "update" else key): text for key, text in FULL.items()}
    brought_in(renamed, row, by=officer, at=later, corrections={"target_on": {"immediate": ""}})
    assert SheetMapping.objects.get().recorded_at == later
    assert columns(*HEADINGS)["State of play, January 2026"] == "evidence"


def test_a_retired_layout_is_not_used_and_the_next_import_keeps_another(layout, administrator):
    retire_layout(layout=layout, by=administrator, at=AT)
    assert remembered(*HEADINGS) == {}
    entry = TrailEntry.objects.latest("sequence")
    assert (entry.verb, entry.by, entry.subject_id) == ("retire_register_layout", administrator, layout.pk)
    with refusal("already-retired"):
        retire_layout(layout=layout, by=administrator, at=AT)
    brought_in(COLUMNS, FULL, undated_on="1/2/2026", corrections={"target_on": {"immediate": ""}})
    assert SheetMapping.objects.in_use().exclude(pk=layout.pk).count() == 1
    assert verification.verify() == []


def test_what_was_kept_before_bodies_were_told_apart_is_used_and_then_belongs_to_one(westmarch, request, officer):
    brought_in(COLUMNS, FULL, undated_on="1/2/2026", corrections={"target_on": {"immediate": ""}})
    assert SheetMapping.objects.get().body is None
    body = request.getfixturevalue("body")
    assert columns(*HEADINGS) != {}
    brought_in(COLUMNS, FULL, undated_on="1/2/2026", corrections={"target_on": {"immediate": ""}})
    assert SheetMapping.objects.get().body == body


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_for_one_layout_as_for_thirty(body, number, django_assert_num_queries):
    for each in range(number):
        brought_in(COLUMNS | {"number": f"Number {chr(97 + each)}"}, FULL, undated_on="1/2/2026",
                   corrections={"target_on": {"immediate": ""}})  # fmt: skip
    with django_assert_num_queries(2):
        remembered(*HEADINGS)
