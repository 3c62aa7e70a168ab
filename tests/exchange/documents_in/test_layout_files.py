"""A file of layouts: what goes out comes in again, without a word of a document; and what is no such file says why."""

import json

import pytest

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.exchange.documents_in.marking import layout_files
from recommendations.exchange.documents_in.marking.layout_files import (
    MOST_BYTES,
    MOST_LAYOUTS,
    NONE,
    NOT_LAYOUTS,
    TOO_LARGE,
    TOO_MANY,
    WrongLayoutFile,
)
from recommendations.exchange.imports.layout_files import layout_file, read_layout_file
from tests.conftest import PUBLISHED, TODAY
from tests.makers.layouts import layout_of_text, new_layout, remember

# A word in each place of a document: title, label, recommendation, comment, names, and none of them may leave.
CANARIES = """Wrenfield custody

Recommendation 1 Ospreydale
The Kestrelham force should by Lapwing Day test bells, Inspector Plover Dunnock.
Heronsgate comment: Agreed with Curlew.
Siskin | Redstart
"""


@pytest.fixture
def layout(body):
    given = new_layout(layout_of_text(CANARIES), body=body, document_name="Goshawk report", document_on=PUBLISHED)
    return remember(given)


def file_with(**changes) -> bytes:
    whole = {"format": layout_files.FORMAT, "version": 1}
    one = {"kind": "response", "body": "", "day": "", "layout": layout_of_text("Recommendation 1\nDo it.\n")}
    layouts = changes.pop("layouts", [one | changes.pop("one", {})])
    return json.dumps(whole | {"layouts": layouts} | changes).encode()


def test_what_is_exported_is_imported_with_its_body_on_record(layout, body):
    (read,) = read_layout_file(layout_file([layout]), TODAY)
    same = NewLayout(kind="response", layout=layout.layout, document_on=PUBLISHED, body=body)
    assert (read, read.digest) == (same, layout.digest)


def test_a_body_that_is_not_on_record_is_kept_by_its_name(body):
    (read,) = read_layout_file(file_with(one={"body": "Eastvale OPCC"}), TODAY)
    assert (read.body, read.body_name) == (None, "Eastvale OPCC")
    (read,) = read_layout_file(file_with(one={"body": "marches opcc"}), TODAY)
    assert (read.body, read.body_name) == (body, "")


def test_no_word_of_a_document_is_kept_or_exported(layout):
    words = {word.strip(".:,") for word in CANARIES.split() if word[0].isupper() and len(word) > 5}
    assert words > {"Wrenfield", "Ospreydale", "Kestrelham", "Lapwing", "Plover", "Dunnock", "Heronsgate", "Redstart"}
    said = (json.dumps(layout.layout) + layout_file([layout]).decode()).casefold()
    assert {word for word in words | {"Goshawk"} if word.casefold() in said} == {"Recommendation"}  # a role


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", NOT_LAYOUTS),
        (b"\xff\xfe\x00", NOT_LAYOUTS),
        (b"not JSON", NOT_LAYOUTS),
        (b"[" * 200_000, NOT_LAYOUTS),
        (b"[1]", NOT_LAYOUTS),
        (file_with(one={"body": "\x00"}), NOT_LAYOUTS),
        (file_with(one={"body": "\ud800"}), NOT_LAYOUTS),
        (file_with(format="Others"), NOT_LAYOUTS),
        (file_with(layouts="all"), NOT_LAYOUTS),
        (file_with(layouts=[]), NONE),
        (file_with(layouts=[{}] * (MOST_LAYOUTS + 1)), TOO_MANY),
        (b" " * (MOST_BYTES + 1), TOO_LARGE),
    ],
    ids=["empty", "binary", "words", "deep", "a list", "null", "half", "other", "no list", "none", "many", "large"],
)
def test_what_is_no_file_of_layouts_says_so(content, words):
    with pytest.raises(WrongLayoutFile) as found:
        read_layout_file(content, TODAY)
    assert str(found.value) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"version": 2}, "version 2"),
        ({"layouts": ["a"]}, "Layout 1"),
        ({"one": {"kind": "coroner"}}, "coroner"),
        ({"one": {"kind": ["response"]}}, "Layout 1"),
        ({"one": {"body": 7}}, "Layout 1"),
        ({"one": {"body": "x" * 161}}, "160"),
        ({"one": {"day": "soon"}}, "2026-10-02"),
        ({"one": {"day": 5}}, "2026-10-02"),
        ({"one": {"layout": {}}}, "Layout 1"),
        ({"one": {"layout": {"version": 9, "columns": [], "blocks": []}}}, "version 9"),
        ({"one": {"layout": "role"}}, "Layout 1"),
    ],
)
def test_a_layout_that_is_wrong_is_named_with_what_is_wrong(changes, named):
    with pytest.raises(WrongLayoutFile) as found:
        read_layout_file(file_with(**changes), TODAY)
    assert named in str(found.value)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["minister", 5, ["comment"], {"a": 1}, None])
def test_a_role_that_there_is_not_is_refused(role):
    layout = layout_of_text("Recommendation 1\nDo it.\n")
    layout["blocks"][0][0] = role
    with pytest.raises(WrongLayoutFile) as found:
        read_layout_file(file_with(one={"layout": layout}), TODAY)
    assert "Layout 1" in str(found.value)
