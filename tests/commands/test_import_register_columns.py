"""How the command reads columns: what it guesses, asks, leaves out, and what a mapping file says instead."""

from pathlib import Path

import pytest

from recommendations.exchange.imports.column_guessing import WHOSE_COMMENTS, WHOSE_DAY
from recommendations.models import TrackedRecommendation
from tests.commands.registers import numbers, ran, refused, refused_json, register, written
from tests.makers.spreadsheet_file import book_file

pytestmark = pytest.mark.django_db
NAMELESS = ("No.", "Recommendation", "Comments", "Target date")
NAMELESS_ROWS = [
    (1, "The force should count.", "Counted.", "TBC"),
    (2, "It should ask.", "Asked.", "30/09/2020"),
    (3, "It should tell.", "Told.", "30/09/2020"),
]


def nameless(folder: Path, sheet: str = "Register") -> Path:
    return written(folder / "register.xlsx", book_file({sheet: [NAMELESS, *NAMELESS_ROWS]}))


def test_the_inspection_of_a_sheet_is_asked_first_and_a_mapping_file_names_it(tmp_path, westmarch):
    said = refused(nameless(tmp_path))
    assert said.splitlines()[0] == (
        "The sheet, “Register”: Say which inspection this sheet is about, or which column says it. "
        'In the mapping file: "inspections": {"Register": "TITLE"}. TITLE is the inspection’s title.'
    )
    assert '"inspections": {\n    "Register": ""\n  }' in said
    mapping = {"inspections": {"Register": "Light"}, "published": {"light": "15/01/2020"}, "undated_on": "2 May 2020"}
    assert numbers(ran(nameless(tmp_path), "--mapping", written(tmp_path / "mapping.json", mapping))) == (3, 0, 0, 0)
    tracked = TrackedRecommendation.objects.order_by("pk")
    assert [each.recommendation.inspection.title for each in tracked] == ["Light"] * 3


def test_json_lists_guessed_asked_and_left_out_columns(tmp_path, westmarch):
    (sheet,) = refused_json(nameless(tmp_path, "PEEL 2019"))["sheets"]
    assert sheet == {
        "sheet": "PEEL 2019",
        "force": "westmarch",
        "inspection": "PEEL 2019",
        "guessed": {"Recommendation": "text", "Target date": "target_on"},
        "asked": [
            {
                "column": "Comments",
                "field": "update",
                "why": WHOSE_COMMENTS,
            }
        ],
        "left_out": ["No."],
    }


def test_a_column_that_is_named_leaves_the_other_guesses(tmp_path, westmarch):
    file = register(tmp_path)
    named = {"columns": {"Register": {"RAG": "", "Exec lead": "business_lead"}}, "undated_on": "2 November 2020"}
    said = ran(file, "--mapping", written(tmp_path / "named.json", named), "--dry-run")
    assert said["sheets"][0]["guessed"] == {
        "Ref": "reference",
        "Report": "inspection",
        "Published": "published_on",
        "Rec No": "number",
        "Recommendation": "text",
        "Exec lead": "business_lead",
        "Target date": "target_on",
    }


def test_a_word_for_no_day_is_noted(tmp_path, westmarch):
    mapping = {"published": {"peel 2019": "15/01/2020"}, "undated_on": "2 May 2020"}
    said = ran(nameless(tmp_path, "PEEL 2019"), "--mapping", written(tmp_path / "mapping.json", mapping), "--dry-run")
    assert [row["notes"] for row in said["rows"]] == [["Target date says “TBC”: no day is set."], [], []]


def test_a_bare_due_is_asked_and_a_mapping_file_says_whose_day_it_is(tmp_path, westmarch):
    heads = tuple("Due" if heading == "Target date" else heading for heading in NAMELESS)
    file = written(tmp_path / "register.xlsx", book_file({"PEEL 2019": [heads, *NAMELESS_ROWS]}))
    mapping = {"published": {"peel 2019": "15/01/2020"}, "undated_on": "2 May 2020"}
    asked = refused(file, "--mapping", written(tmp_path / "mapping.json", mapping))
    assert asked.splitlines()[0] == (
        "The sheet, Due: Say whose day “Due” is: HMICFRS’s or another source’s deadline, or the force’s target. "
        'In the mapping file: "columns": {"PEEL 2019": {"Due": "FIELD"}}. '
        "FIELD is deadline_on, target_on, or empty to leave the column out."
    )
    (sheet,) = refused_json(file, "--mapping", tmp_path / "mapping.json")["sheets"]
    assert (sheet["asked"][-1], sheet["left_out"]) == ({"column": "Due", "field": "", "why": WHOSE_DAY}, ["No."])
    for field in ("target_on", ""):
        said = mapping | {"columns": {"PEEL 2019": {"Due": field}}}
        assert numbers(ran(file, "--mapping", written(tmp_path / "said.json", said), "--dry-run")) == (3, 0, 0, 0)
