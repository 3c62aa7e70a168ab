"""The office's spreadsheet comes in by the command as by the pages: whole or not at all, and once."""

import csv
import datetime
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.management.commands.import_register import NOTHING_NEW
from recommendations.models import SheetImport, SheetMapping, Standing, TrackedRecommendation, TrailEntry
from recommendations.periods import london_day, say
from tests.commands.registers import (
    HEADINGS,
    REPORT,
    ROWS,
    WORDS,
    numbers,
    ran,
    refused,
    refused_json,
    register,
    run,
    written,
)
from tests.conftest import AT
from tests.exchange.imports.exports import cell, edited, taken_out
from tests.makers.spreadsheet_file import book_file
from tests.snapshots import changed, contents

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def file(tmp_path, westmarch, eastvale):
    return register(tmp_path)


@pytest.fixture
def mapping(tmp_path):
    return written(tmp_path / "mapping.json", WORDS)


def test_it_brings_in_the_whole_register(file, mapping, westmarch, officer):
    out = run(file, "--mapping", mapping, "--by", "HANNAH.whitlock@example.org")
    done = SheetImport.objects.get()
    assert out.splitlines() == [
        "Sheet Register, Westmarch Police: 3 rows.",
        "  Columns: Ref is Reference; Report is Inspection; Published is Published; Rec No is Number; "
        "Recommendation is Recommendation; Exec lead is Chief officer lead; Target date is Target; RAG is RAG.",
        f"New inspection: {REPORT[0]}",
        "register.xlsx: 3 new, 0 changed, 0 unchanged.",
        f"Brought in as import {done.pk}.",
    ]
    assert (done.source_name, done.recorded_by, done.created, len(done.source_sha256)) == (
        "register.xlsx",
        officer,
        3,
        64,
    )
    rows = Standing.objects.now().order_by("reference")
    assert list(
        rows.values_list("reference", "tracked__recommendation__number", "chief_officer_lead", "target_on", "stage")
    ) == [
        ("OP-1", "1", "DCC Nair", datetime.date(2020, 9, 30), "in_progress"),
        ("OP-2", "2", "ACC Rowe", datetime.date(2021, 3, 31), "awaiting_allocation"),
        ("OP-3", "3", "ACC Rowe", None, "in_progress"),
    ]
    assert {row.force for row in rows} == {westmarch}
    assert TrailEntry.objects.filter(verb="bring_in_sheet").get().by == officer
    assert verification.verify() == []


def test_a_second_run_finds_all_of_it_there_and_writes_nothing(file, mapping):
    run(file, "--mapping", mapping)
    before = contents()
    assert numbers(ran(file)) == (0, 0, 3, 0)
    assert run(file).splitlines()[-1] == NOTHING_NEW
    assert changed(before, contents()) == []


def test_the_rows_in_another_order_are_the_same_rows(file, mapping, tmp_path):
    run(file, "--mapping", mapping)
    before = contents()
    assert numbers(ran(register(tmp_path, *reversed(ROWS), name="sorted.xlsx"))) == (0, 0, 3, 0)
    assert changed(before, contents()) == []


def test_an_edited_register_changes_exactly_what_was_edited(file, mapping, tmp_path):
    run(file, "--mapping", mapping)
    edited = [list(row) for row in ROWS]
    edited[0][5], edited[1][6] = "DCC Amory", "30/06/2021"
    new = ("OP-4", *REPORT, "4", "The force should ask.", "", "", "Amber")
    said = ran(register(tmp_path, *edited, new, name="edited.xlsx"))
    assert numbers(said) == (1, 2, 1, 0)
    assert [(row["row"], row["outcome"], row["changes"]) for row in said["rows"][:3]] == [
        (2, "changed", [{"column": "Chief officer lead", "from": "DCC Nair", "to": "DCC Amory"}]),
        (3, "changed", [{"column": "Target", "from": "31 March 2021", "to": "30 June 2021"}]),
        (4, "unchanged", []),
    ]
    first, second = TrackedRecommendation.objects.order_by("reference")[:2]
    assert (first.chief_officer_lead, second.standing.target_on, second.standing.target_moves) == (
        "DCC Amory",
        datetime.date(2021, 6, 30),
        1,
    )
    assert verification.verify() == []


def test_a_terminal_is_told_what_changes_from_what_to_what(file, mapping, tmp_path):
    run(file, "--mapping", mapping)
    edited = (*ROWS[0][:5], "DCC Amory", *ROWS[0][6:])
    out = run(register(tmp_path, edited, *ROWS[1:], name="edited.xlsx"), "--dry-run").splitlines()
    day = say(london_day(SheetMapping.objects.get().recorded_at))
    assert out[0] == f"Read as your register of {day} (register.xlsx). --afresh reads it as if it were the first."
    assert out[3:] == [
        "Row 2: OP-1 Chief officer lead from “DCC Nair” to “DCC Amory”",
        "edited.xlsx: 0 new, 1 changed, 2 unchanged.",
        "Nothing was saved: this was a dry run.",
    ]


def test_a_csv_comes_in_as_the_workbook_does(file, mapping, tmp_path):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADINGS, *ROWS])
    text = written(tmp_path / "register.csv", out.getvalue().encode("cp1252"))
    assert numbers(ran(text, "--mapping", mapping)) == (3, 0, 0, 0)
    assert numbers(ran(file)) == (0, 0, 3, 0)


def test_json_has_these_things_and_no_others_and_a_dry_run_prints_the_same(file, mapping):
    before = contents()
    dry = ran(file, "--mapping", mapping, "--dry-run")
    assert changed(before, contents()) == []
    assert dry == ran(file, "--mapping", mapping)
    assert list(dry) == ["created", "changed", "unchanged", "layout", "sheets", "problems", "rows"]
    assert numbers(dry) == (3, 0, 0, 0)
    first = dry["rows"][0]
    assert first == {
        "row": 2,
        "outcome": "created",
        "force": "westmarch",
        "inspection": REPORT[0],
        "reference": "OP-1",
        "label": "rec 1",
        "changes": [
            {"column": "Inspection", "from": "", "to": REPORT[0]},
            {"column": "Kind", "from": "", "to": "Recommendation"},
            {"column": "Number", "from": "", "to": "1"},
            {"column": "Recommendation", "from": "", "to": "The force should write it down."},
            {"column": "Reference", "from": "", "to": "OP-1"},
            {"column": "Chief officer lead", "from": "", "to": "DCC Nair"},
            {"column": "Stage", "from": "Awaiting allocation", "to": "In progress"},
            {"column": "First target", "from": "", "to": "30 September 2020"},
        ],
        "notes": [],
    }


def test_what_was_answered_is_kept_as_the_pages_keep_it(file, mapping):
    run(file, "--mapping", mapping)
    kept = SheetMapping.objects.get()
    assert kept.headings.splitlines() == [heading.casefold() for heading in HEADINGS]
    assert kept.answers["meanings"] == WORDS["meanings"]
    assert kept.answers["columns"]["7"] == "rag"


def test_an_unanswered_word_is_one_problem_that_says_what_to_write(file):
    said = refused_json(file)
    assert [(each["row"], each["column"], each["value"]) for each in said["problems"]] == [
        (2, "RAG", "Green"),
        (3, "RAG", "Amber"),
    ]
    assert said["problems"][0]["message"] == (
        "Say what “Green” in the column RAG means (2 rows). "
        'In the mapping file: "meanings": {"rag": {"green": "MEANING"}}. MEANING is one of '
        "closed:implemented (Implemented), closed:not_implemented (Not implemented), closed:superseded (Superseded), "
        "closed:withdrawn (Withdrawn), stage:awaiting_allocation (Awaiting allocation), "
        "stage:in_progress (In progress), "
        "stage:pending_sign_off (Pending sign-off), position:accepted (Accepted), "
        "position:partly_accepted (Accepted in part), position:not_accepted (Not accepted), "
        "nothing (Ignore (Oversight works out the colour))."
    )
    assert {row["outcome"] for row in said["rows"]} == {"problem"}
    assert not TrackedRecommendation.objects.exists()


def test_a_terminal_gets_a_mapping_file_to_fill_in(file, tmp_path):
    message = refused(file)
    assert message.splitlines()[0] == "Row 2, RAG, “Green”: Say what “Green” in the column RAG means (2 rows)."
    blank = json.loads(message[message.index("{") : message.rindex("}") + 1])
    assert blank == {"meanings": {"rag": {"green": "", "amber": ""}}}
    assert "rag: one of closed:implemented (Implemented)," in message
    assert message.endswith("Fix 2 problems first. Nothing was saved.")
    blank["meanings"]["rag"] = dict.fromkeys(blank["meanings"]["rag"], "nothing")
    assert numbers(ran(file, "--mapping", written(tmp_path / "filled.json", blank))) == (3, 0, 0, 0)


def test_a_day_that_cannot_be_is_named_beside_unanswered_words_and_nothing_is_saved(file, mapping, tmp_path):
    wrong = (*ROWS[0][:6], "31/06/2020", "Green"), (*ROWS[1][:6], "11/31/2020", "Amber"), ROWS[2]
    wrong = register(tmp_path, *wrong, name="wrong.xlsx")
    assert len(refused_json(wrong)["problems"]) == 4
    before = contents()
    said = refused_json(wrong, "--mapping", mapping)
    assert said["problems"] == [
        {"row": 2, "column": "Target date", "value": "31/06/2020", "message": "31 June 2020 does not exist."},
        {
            "row": 3,
            "column": "Target date",
            "value": "11/31/2020",
            "message": "There is no month 31. Enter the day first, then the month, as in 7/11/2026.",
        },
    ]
    assert [row["outcome"] for row in said["rows"]] == ["problem", "problem", "created"]
    assert changed(before, contents()) == []
    corrected = WORDS | {"corrections": {"target_on": {"31/06/2020": "30/06/2020", "11/31/2020": ""}}}
    assert numbers(ran(wrong, "--mapping", written(tmp_path / "b.json", corrected))) == (3, 0, 0, 0)


def test_a_row_that_cannot_come_in_can_be_left_out(tmp_path, westmarch, mapping):
    file = register(tmp_path, *ROWS, ("", "", "", "", "A note to self that fills a cell", "", "", "Green"))
    (problem,) = refused_json(file, "--mapping", mapping)["problems"]
    assert (problem["row"], problem["column"]) == (5, "")
    left_out = WORDS | {"corrections": {"row": {"row 5": ""}}}
    assert numbers(ran(file, "--mapping", written(tmp_path / "b.json", left_out))) == (3, 0, 0, 0)


def test_two_columns_that_say_the_same_are_refused(file, tmp_path):
    columns = {"Register": dict(zip(HEADINGS, ("reference", "inspection", "published_on", "reference"), strict=False))}
    said = refused_json(file, "--mapping", written(tmp_path / "b.json", WORDS | {"columns": columns}))
    assert said["problems"][0] == {
        "row": 0,
        "column": "Rec No",
        "value": "",
        "message": "“Ref” and “Rec No” can’t all be Reference. Leave out all but one.",
    }


def sheets_per_force(tmp_path) -> Path:
    other = [(row[0].replace("OP", "EV"), "Vetting in Eastvale", "1 May 2020", *row[3:]) for row in ROWS]
    sheets = {"Westmarch": [HEADINGS, *ROWS], "Eastvale": [HEADINGS, *other]}
    return written(tmp_path / "both.xlsx", book_file(sheets))


def test_a_sheet_named_after_another_force_is_asked_about(tmp_path, westmarch, eastvale, mapping):
    (problem,) = refused_json(sheets_per_force(tmp_path), "--mapping", mapping)["problems"]
    assert problem == {
        "row": "Eastvale",
        "column": "",
        "value": "Eastvale",
        "message": "Choose the force that this sheet is about, or leave the sheet out. "
        'In the mapping file: "forces": {"Eastvale": "SLUG"}. '
        "SLUG is one of westmarch, eastvale, * where a column says it, or empty to leave it out.",
    }


@pytest.mark.parametrize(("slug", "created"), [("eastvale", 6), ("", 3)])
def test_the_sheets_of_several_forces_come_in_as_the_mapping_says(tmp_path, westmarch, eastvale, slug, created):
    mapping = written(tmp_path / "mapping.json", WORDS | {"forces": {"Eastvale": slug}})
    said = ran(sheets_per_force(tmp_path), "--mapping", mapping)
    assert numbers(said) == (created, 0, 0, 0)
    assert [row["row"] for row in said["rows"]][:created:3] == ["Westmarch: 2", "Eastvale: 2"][: created // 3]
    assert TrackedRecommendation.objects.filter(force=eastvale).count() == created - 3
    assert verification.verify() == []


def test_a_column_can_say_the_force(tmp_path, westmarch, eastvale):
    rows = [(*row, force) for row, force in zip(ROWS, ("Westmarch", "Eastvale Police", "eastvale"), strict=True)]
    file = register(tmp_path, *rows, headings=(*HEADINGS, "Force"))
    mapping = written(tmp_path / "a.json", WORDS)
    message = "This row is about Eastvale Police, and the sheet is brought in for Westmarch Police. Leave it out."
    said = refused_json(file, "--mapping", mapping)
    assert [(each["row"], each["message"]) for each in said["problems"]] == [(3, message), (4, message)]
    said = ran(file, "--mapping", written(tmp_path / "b.json", WORDS | {"forces": {"Register": "*"}}))
    assert [row["force"] for row in said["rows"]] == ["westmarch", "eastvale", "eastvale"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "The mapping file is not JSON: Expecting property name"),
        ("[]", "The mapping file: this is to be an object, in curly brackets."),
        ({"column": {}}, "The mapping file: there is no “column”; there are forces, columns, meanings,"),
        ({"forces": {"Sheet1": "westmarch"}}, "forces: there is no “Sheet1”; the file has Register."),
        ({"forces": {"Register": "north"}}, "forces, Register: “north” is not one of westmarch, eastvale, *, "),
        (
            {"columns": {"Register": {"Colour": "rag"}}},
            "columns, Register, Colour: the sheet has no such column. It has:",
        ),
        ({"columns": {"Register": {"8": "rag"}}}, "columns, Register, 8: the sheet has no such column."),
        ({"columns": {"Register": {"RAG": "colour"}}}, "columns, Register, RAG: “colour” is not one of addressees, "),
        ({"columns": {"Register": {"RAG": "rag_reason"}}}, "columns, Register, RAG: “rag_reason” is not one of"),
        ({"columns": {"Register": "rag"}}, "columns, Register: this is to be an object"),
        ({"meanings": {"text": {}}}, "meanings: there is no “text”; there are force, source, kind, delay_cause, rag,"),
        ({"meanings": {"rag": {"green": "fine"}}}, "meanings, rag, green: “fine” is not one of closed:implemented, "),
        ({"meanings": {"rag": {"green": ["nothing"]}}}, "meanings, rag, green: “['nothing']” is not one of"),
        ({"corrections": {"row": {"row 2": "x"}}}, 'corrections, row, row 2: “x” is not one of "" (leave it out).'),
        ({"corrections": {"target_on": {"soon": 3}}}, "corrections, target_on, soon: this is to be a text"),
        ({"published": {"A report": "June 2026"}}, "published, A report: “June 2026” is a month, not a day."),
        ({"undated_on": "tbc"}, "undated_on: “tbc” is not a day."),
    ],
)
def test_a_mapping_file_that_says_something_else_is_refused(file, tmp_path, content, message):
    assert refused(file, "--mapping", written(tmp_path / "mapping.json", content)).startswith(message)
    assert not TrackedRecommendation.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "force", "message"),
    [
        ((), "northmarch", "There is no force northmarch. There are: eastvale, westmarch."),
        (("--by", "nobody@example.org"), "westmarch", "There is no account for nobody@example.org."),
        (("--by", "callum.tranter@example.org"), "westmarch", "Callum Tranter may not bring in the register: "),
        (("--mapping", "missing.json"), "westmarch", "missing.json cannot be opened: No such file or directory."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(file, force_lead, arguments, force, message):
    assert refused(file, *arguments, force=force).startswith(message)
    assert not TrackedRecommendation.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.xlsx", None, "cannot be opened: No such file or directory"),
        ("empty.xlsx", b"", "This file is empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "This is an old Excel file (.xls)."),
        ("huge.csv", b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
        ("notes.csv", b"Just a note\n", "No table was found in this file."),
    ],
)
def test_an_unreadable_file_is_refused_in_words(tmp_path, westmarch, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert message in refused(path)


def manage(*arguments, database):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, ROOT / "manage.py", "import_register", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_an_empty_database_is_said_in_words_and_the_exit_code_is_1(tmp_path):
    done = manage(register(tmp_path), "--force", "westmarch", "--json", database=tmp_path / "none.sqlite3")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Is it there, and migrated?" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_export_comes_back_without_what_changed_here_meanwhile(tmp_path, tracked, officer):
    def change(sheet):
        cell(sheet, tracked.reference, "opcc_lead").value = "Zoe Pike"
        cell(sheet, tracked.reference, "business_lead").value = "Supt Fenner"

    file = written(tmp_path / "register.xlsx", edited(taken_out(officer, "xlsx"), change))
    facts = {"opcc_lead": "Ann Rook", "reason": "A new lead."}
    edit_tracked(tracked=tracked, version=tracked.version, by=officer, at=AT, **facts)
    lines = run(file).splitlines()
    assert [line for line in lines if "Updates" in line or line.startswith("Row")] == [
        "Sheet Updates is not read: it lists the updates that went out with an export.",
        "Row 2: WM-0001 Business lead from nothing to “Supt Fenner”",
        "Row 2: WM-0001, OPCC lead: changed here since the export. It stays; choose on the page to take it.",
    ]
    tracked.refresh_from_db()
    assert (tracked.opcc_lead, tracked.business_lead) == ("Ann Rook", "Supt Fenner")


def test_a_run_asks_once_which_sections_the_office_uses(file, mapping):
    with CaptureQueriesContext(connection) as queries:
        ran(file, "--mapping", mapping, "--dry-run")
    assert sum("recommendations_officeuse" in query["sql"] for query in queries) == 1
