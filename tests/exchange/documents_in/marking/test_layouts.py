"""A layout that was remembered: what is kept of it, and how the next document is read by it."""

import json
import re

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.features import features_of
from recommendations.exchange.documents_in.marking.layouts import (
    WrongLayout,
    layout_of,
    layout_of_json,
    likeliest,
    likeness_to,
)
from recommendations.exchange.documents_in.marking.marks import Mark
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import read_source
from tests.exchange.documents_in.marking.documents import LABELLED, NEXT_YEAR, STRANGE, blocks_of_text, marked, shown

MARKS = [Mark(4, 4, BlockRole.NUMBER), Mark(6, 6, BlockRole.COMMENT)]
CANARY = "Quillsmoor"


def remembered():
    return layout_of(marked_blocks(blocks_of_text(STRANGE), MARKS))


def test_the_next_document_in_a_layout_is_read_without_a_mark():
    read = marked(NEXT_YEAR, [], remembered())
    assert [(rec.number, rec.text, rec.limbs, rec.comment) for rec in read.recommendations] == [
        ("1", "The Home Office should say who pays for recovery by 30 June 2028.", (), "I have asked the Minister."),
        (
            "2",
            "Chief constables should:",
            ("keep a list of garages; and", "look at it each year."),
            "The list is on the website of the force.",
        ),
    ]
    assert (read.narrative, read.unplaced, read.unaccounted) == (("This is a short report.",), (), ())


def test_blocks_say_that_a_layout_decided():
    assert shown(marked_blocks(blocks_of_text(NEXT_YEAR), [], remembered()))[2:7] == [
        "narrative",
        "number layout",
        "recommendation layout",
        "comment layout",
        "number layout",
    ]


def test_a_mark_counts_over_the_layout_and_over_its_blocks_of_the_same_look():
    point = NEXT_YEAR[NEXT_YEAR.index("Point 1") : NEXT_YEAR.index("Point 2")]
    text = NEXT_YEAR.replace(point, point + point.replace("Point 1", "Point 7") + point.replace("Point 1", "Point 8"))
    blocks = marked_blocks(blocks_of_text(text), [Mark(6, 6, BlockRole.FORCE)], remembered())
    assert shown(blocks)[3:12] == [
        "number layout",
        "recommendation layout",
        "force you",
        "number layout",
        "recommendation layout",
        "force like 6",
        "number layout",
        "recommendation layout",
        "force like 6",
    ]


def test_the_likeliest_layout_is_its_own_and_another_is_not_like_enough():
    other = layout_of(blocks_of_text(LABELLED))
    assert likeliest([("other", other), ("own", remembered())], blocks_of_text(NEXT_YEAR)) == ("own", remembered())
    assert likeliest([("other", other)], blocks_of_text(NEXT_YEAR)) is None
    assert likeliest([], blocks_of_text(NEXT_YEAR)) is None
    strange = features_of(blocks_of_text(STRANGE))
    assert likeness_to(remembered(), strange) > likeness_to(other, strange)


def test_a_layout_is_written_and_read_as_json():
    layout = remembered()
    assert layout_of_json(json.loads(json.dumps(layout.as_json()))) == layout


def test_no_word_of_the_document_is_in_its_layout():
    """A canary in each place: short and long, a label, a heading, a name, a number that is one."""
    text = "\n\n".join(
        f"{CANARY} {line}" if number % 2 else line.replace(":", f" {CANARY}:").replace(".", f" {CANARY}.")
        for number, line in enumerate([*STRANGE.split("\n\n"), CANARY, f"{CANARY}:", f"Ms {CANARY}", "99177"])
    )
    blocks = blocks_of_text(text)
    kept = json.dumps(layout_of(blocks).as_json()).lower()
    assert CANARY.lower() not in kept
    assert "99177" not in kept
    words = {word for block in blocks for word in re.findall(r"[a-z]{6,}", block.text.lower())}
    assert {word for word in words if f'"{word}"' in kept} == set()


def test_what_is_withheld_from_a_document_about_a_death_is_not_in_its_layout():
    text = "Dear Coroner\n\nMr Thistlewood died.\n\nConcern 1: A call was closed.\n\nResponse: It will be opened."
    read = read_source(lines_of_text(text), DocumentKind.CORONER_RESPONSE)
    blocks = blocks_of(read)
    withheld = [block for block in blocks if block.kind == "withheld"]
    guesses = {dict(block.look)["guess"] for block in layout_of(blocks).blocks}
    assert (withheld != [], "withheld" in guesses) == (True, False)


WRONG = {
    "no layout": ([], "This is not a layout: it has no “version”, “columns” and “blocks”."),
    "version": ({"version": 9}, "This layout is of version 9. Only version 1 can be used."),
    "columns": (
        {"columns": ["role"]}, "The columns of this layout do not begin with “role”, “role_before” and “about”.",
    ),
    "a column": (
        {"columns": ["role", "role_before", "about", "smell"]},
        "This layout has columns that are not known: smell.",
    ),
    "no blocks": ({"blocks": []}, "This layout has no blocks."),
    "too many": ({"blocks": [[]] * 5001}, "This layout has 5001 blocks. At most 5000 can be used."),
    "too short": ({"blocks": [["title"]]}, "Block 1 of this layout does not have 4 values."),
    "role": (
        {"blocks": [["king", "", "here", 1]]},
        "Block 1 of this layout has a role that is not known: king, , here.",
    ),
    "about": (
        {"blocks": [["title", "", "up", 1]]},
        "Block 1 of this layout has a role that is not known: title, , up.",
    ),
    "value": (
        {"blocks": [["title", "", "here", {}]]},
        "Block 1 of this layout has a value that is not a short text or a number.",
    ),
    "a long text": (
        {"blocks": [["title", "", "here", "x" * 41]]},
        "Block 1 of this layout has a value that is not a short text or a number.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_layout_is_refused_and_it_says_why(wrong, why):
    right = {"version": 1, "columns": ["role", "role_before", "about", "level"], "blocks": [["title", "", "here", 1]]}
    assert layout_of_json(right).as_json()["blocks"][0][:3] == ["title", "", "here"]
    with pytest.raises(WrongLayout) as refused:
        layout_of_json(right | wrong if isinstance(wrong, dict) else wrong)
    assert str(refused.value) == why
