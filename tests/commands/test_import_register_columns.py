"""How the command reads columns: what it guesses, asks, leaves out, and what a mapping file says instead."""

import json
from pathlib import Path

import pytest

from recommendations.exchange.imports.column_guessing import WHOSE_COMMENTS, WHOSE_DAY
from recommendations.models import TrackedRecommendation
from tests.commands.registers import (
    HEADINGS,
    ROWS,
    WORDS,
    numbers,
    ran,
    refused,
    refused_json,
    register,
    written,
)
from tests.makers.spreadsheet_file import book_file

pytestmark = pytest.mark.django_db
NAMELESS = ("No.", "Recommendation", "Comments", "Target date")
NAMELESS_ROWS = [
    (1, "The force should count.", "Counted.", "TBC"),
    (2, "It should ask.", "Asked.", "30/09/2020"),
    (3, "It should tell.", "Told.", "30/09/2020"),
]


@pytest.fixture
def mapping(tmp_path):
    return written(tmp_path / "mapping.json", WORDS)


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
    assert asked.splitlines()[0].startswith(f"The sheet, Due: {WHOSE_DAY} It has “")
    answer = asked[asked.index("{") : asked.rindex("}") + 1]
    assert json.loads(answer)["columns"] == {"PEEL 2019": {"Due": "FIELD"}}
    (sheet,) = refused_json(file, "--mapping", tmp_path / "mapping.json")["sheets"]
    due = sheet["asked"][-1]
    assert (due["column"], due["field"], due["why"], sheet["left_out"]) == ("Due", "", WHOSE_DAY, ["No."])
    for field in ("target_on", ""):
        said = mapping | {"columns": {"PEEL 2019": {"Due": field}}}
        assert numbers(ran(file, "--mapping", written(tmp_path / "said.json", said), "--dry-run")) == (3, 0, 0, 0)


ODD = ("State of play", "Where next")


def odd(folder):
    """The register with two columns that nobody has heard of."""
    more = [("Written and read by all.", "A leaflet by summer 2021.")] * 3
    return register(folder, *((*row, *two) for row, two in zip(ROWS, more, strict=True)), headings=(*HEADINGS, *ODD))


def test_a_full_column_without_a_field_is_a_problem_that_says_what_is_in_it(mapping, tmp_path, westmarch):
    said = refused_json(odd(tmp_path), "--mapping", mapping)
    assert [(each["row"], each["column"]) for each in said["problems"]] == [(0, each) for each in ODD]
    assert said["problems"][0]["message"].startswith(
        "Say what this column is, or leave it out. It has “Written and read by all.”. In the mapping file: "
        '"columns": {"Register": {"State of play": "FIELD"}}. FIELD is "" to leave it out, or one of addressees, '
    )
    (sheet,) = said["sheets"]
    assert (sheet["left_out"], sheet["asked"][0]) == (
        [],
        {
            "column": "State of play",
            "field": "",
            "why": "Say what this column is, or leave it out.",
            "cells": ["Written and read by all."],
        },
    )


def test_it_is_answered_in_the_mapping_and_known_the_next_time(tmp_path, westmarch):
    message = refused(odd(tmp_path))
    blank = json.loads(message[message.index("{") : message.rindex("}") + 1])
    assert blank["columns"] == {"Register": dict.fromkeys(ODD, "FIELD")}
    assert 'columns: "" to leave it out, or one of addressees, ' in message
    filled = WORDS | {"columns": {"Register": {"State of play": "update", "Where next": ""}}}
    assert numbers(ran(odd(tmp_path), "--mapping", written(tmp_path / "filled.json", filled))) == (3, 0, 0, 0)
    again = ran(odd(tmp_path))
    assert (numbers(again), again["layout"]["file"]) == ((0, 0, 3, 0), "register.xlsx")
    afresh = refused_json(odd(tmp_path), "--afresh")
    assert (afresh["layout"], {each["column"] for each in afresh["problems"]}) == ({}, {"RAG", *ODD})


def test_a_word_for_a_day_is_one_problem_that_says_what_to_write(mapping, tmp_path, westmarch):
    words = ("Immediate", "Immediate", "Q3 2024/25")
    lines = [(*row[:6], word, row[7]) for row, word in zip(ROWS, words, strict=True)]
    sheet = register(tmp_path, *lines, name="words.xlsx")
    said = refused_json(sheet, "--mapping", mapping)
    assert [(each["row"], each["value"]) for each in said["problems"]] == [(2, "Immediate"), (4, "Q3 2024/25")]
    assert said["problems"][0]["message"] == (
        "Say which day “Immediate” in the column Target date stands for (2 rows). In the mapping file: "
        '"corrections": {"target_on": {"immediate": "DAY"}}. DAY is a day, as in 7 November 2026, or "" for none.'
    )
    given = {"immediate": "", "q3 2024/25": "31 December 2024"}
    filled = WORDS | {"corrections": {"target_on": given}}
    assert numbers(ran(sheet, "--mapping", written(tmp_path / "filled.json", filled))) == (3, 0, 0, 0)
