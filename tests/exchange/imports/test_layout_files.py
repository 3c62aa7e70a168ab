"""A file with layouts of registers: only what this office has comes in, and what is no layout is refused."""

import json

import pytest

from recommendations.exchange.documents_in.marking.layout_files import (
    FORMAT,
    VERSION,
    WrongLayoutFile,
    layouts_of_kind,
)
from recommendations.exchange.imports.layout_files import read_layout_file
from tests.conftest import TODAY

ANSWERS = {
    "columns": {"0": "reference", "1": "kind", "2": ""},
    "force": "westmarch",
    "meanings": {"kind": {"rec": "recommendation"}},
    "corrections": {"target_on": {"immediate": ""}},
    "sent_on": "not known",
}
HEADINGS = ["ref", "kind", "notes"]


def file_of(row: dict) -> bytes:
    return json.dumps({"format": FORMAT, "version": VERSION, "layouts": [row]}).encode()


def file_with(headings=HEADINGS, body="", **answers) -> bytes:
    layout = {"headings": headings, "answers": ANSWERS | answers}
    return file_of({"kind": "register", "body": body, "layout": layout})


def answers_in(**answers) -> dict:
    (read,) = read_layout_file(file_with(**answers), TODAY)
    return read.layout["answers"]


def test_what_this_office_has_comes_in_for_its_body(westmarch, body):
    (read,) = read_layout_file(file_with(headings=["Ref", "Kind", " Notes"], body=body.name.upper()), TODAY)
    assert (read.kind, read.body) == ("register", body)
    assert read.layout == {"headings": "ref\nkind\nnotes", "answers": ANSWERS}


def test_what_this_office_does_not_have_is_left_out(westmarch):
    read = answers_in(
        columns={"0": "reference", "1": "mood", "3": "kind", "x": "kind", "9" * 5000: "kind", "\u00b2": "kind"},
        force="elsewhere",
        meanings={"kind": {"rec": "recommendation", "wish": "wish"}, "risk": {"red": "no-such"}, "text": {"a": "b"}},
        corrections={"text": {"a": "b"}, "mood": {"a": "b"}, "target_on": {"soon": ""}},
        sent_on="the day after",
    )
    assert read == {
        "columns": {"0": "reference"},
        "force": "",
        "meanings": {"kind": {"rec": "recommendation"}, "risk": {}},
        "corrections": {"target_on": {"soon": ""}},
        "sent_on": "",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"headings": []},
        {"headings": "ref"},
        {"headings": [1]},
        {"body": 7},
        {"columns": ["reference"]},
        {"columns": {"0": 1}},
        {"force": None},
        {"meanings": {"kind": "recommendation"}},
        {"meanings": {"kind": {"rec": ["recommendation"]}}},
        {"corrections": []},
        {"sent_on": {}},
    ],
)
def test_what_is_no_layout_of_a_register_is_refused(wrong):
    with pytest.raises(WrongLayoutFile, match="Layout 1 is of a register"):
        read_layout_file(file_with(**wrong), TODAY)


@pytest.mark.django_db
def test_a_row_of_a_register_without_a_layout_is_refused():
    with pytest.raises(WrongLayoutFile, match="Layout 1 is of a register"):
        read_layout_file(file_of({"kind": "register"}), TODAY)


def test_documents_are_read_by_a_file_that_has_registers_too():
    assert layouts_of_kind(file_with(), "response") == []
