"""A list of who came is read: what minutes say, what sheets say, what cannot be read, and what is meant to harm."""

import contextlib
import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.panels.attendance_matching import ListedPerson
from recommendations.enums import Presence
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.exchange.panels.attendance_reader import (
    EMPTY,
    MOST_LETTERS,
    MOST_PEOPLE,
    NO_NAMES,
    TOO_LONG,
    TOO_MANY,
    ListRefused,
    read_list,
    read_sheet,
)
from tests.examples import LETTERS
from tests.makers.spreadsheet_file import excel_file

TIME = datetime.time
MINUTES = """
Present:
1. Ada Gray (Superintendent, Westmarch Police)
2. Siân O’Neill, Head of Safeguarding, Aldford Council
• Bo Hill – Prevent Lead, left at 11.30
Jo Park for Pat Kay
Kim Lee (substituting for Mo Jay)
Cllr Dee Moss (Chair), from 10.15
In attendance: Eve Long, Flo Ash (remote), Gil Orr (10:15 to 11:00) and Chief Inspector Hal Fox
Apologies for absence were received from Ian Yew and Jan Oak.
Observers: Ken Rae; Liz Vos, NHS
Online
Ned Poe [Youth Justice Service]
"""


def short(listed: ListedPerson) -> tuple:
    """What was read, without what is empty."""
    said = (listed.role, listed.body, listed.part_from, listed.part_to, listed.whom, listed.unread)
    return (listed.how.value, listed.name, *(each for each in said if each))


def refused(text: str, **kwargs) -> str:
    with pytest.raises(ListRefused) as error:
        read_list(text, **kwargs)
    return str(error.value)


def test_minutes_are_read_line_by_line():
    assert [short(each) for each in read_list(MINUTES)] == [
        ("present", "Ada Gray", "Superintendent", "Westmarch Police"),
        ("present", "Siân O’Neill", "Head of Safeguarding", "Aldford Council"),
        ("part", "Bo Hill", "Prevent Lead", TIME(11, 30)),
        ("substitute", "Jo Park", "Pat Kay"),
        ("substitute", "Kim Lee", "Mo Jay"),
        ("part", "Cllr Dee Moss", "Chair", TIME(10, 15)),
        ("present", "Eve Long"),
        ("remote", "Flo Ash"),
        ("part", "Gil Orr", TIME(10, 15), TIME(11)),
        ("present", "Chief Inspector Hal Fox"),
        ("apologies", "Ian Yew"),
        ("apologies", "Jan Oak"),
        ("observer", "Ken Rae"),
        ("observer", "Liz Vos", "NHS"),
        ("remote", "Ned Poe", "Youth Justice Service"),
    ]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Ada Gray", [("present", "Ada Gray")]),
        ("Ada Gray, Bo Hill", [("present", "Ada Gray"), ("present", "Bo Hill")]),
        ("Ada Gray, Chief Inspector", [("present", "Ada Gray", "Chief Inspector")]),
        ("Ada Gray, Chief Inspector, Bo Hill", [("present", "Ada Gray", "Chief Inspector"), ("present", "Bo Hill")]),
        ("Ada Gray, Education and Skills", [("present", "Ada Gray", "Education and Skills")]),
        ("Apologies: none", [("apologies", "none")]),
        ("Absent: Ada Gray", [("absent", "Ada Gray")]),
        ("Ada Gray - apologies", [("apologies", "Ada Gray")]),
        ("Ada Gray (via Teams)", [("remote", "Ada Gray")]),
        ("Ada Gray, Head of Support for Schools", [("present", "Ada Gray", "Head of Support for Schools")]),
        ("Ada Gray (for Bo Hill)", [("substitute", "Ada Gray", "Bo Hill")]),
        ("Ada Gray on behalf of Bo Hill", [("substitute", "Ada Gray", "Bo Hill")]),
        ("Ada Gray (Superintendent) for Bo Hill", [("substitute", "Ada Gray", "Superintendent", "Bo Hill")]),
        (
            "Ada Gray for Bo Hill, left at 11.30",
            [("substitute", "Ada Gray", "left at 11.30", "Bo Hill")],
        ),
        ("Ada Gray, left at 11.30, for Bo Hill", [("substitute", "Ada Gray", "Bo Hill", "the times")]),
        ("Ada Gray joined at 2.15pm", [("part", "Ada Gray", TIME(14, 15))]),
        ("Ada Gray (left at 99.99)", [("present", "Ada Gray", "left at 99.99")]),
        ("Ada Gray (left at 25.10)", [("part", "Ada Gray")]),
        ("Substitutes: Ada Gray", [("substitute", "Ada Gray")]),
        ("María-José d’Arcy-Ñúñez", [("present", "María-José d’Arcy-Ñúñez")]),
        ("The meeting opened at 10am.", [("present", "The meeting opened at 10am")]),
        ("Ada Gray\tSuperintendent", [("present", "Ada Gray", "Superintendent")]),
    ],
)
def test_a_line(line, read):
    assert [short(each) for each in read_list(line)] == read


def test_a_name_that_is_known_is_a_person_whatever_it_looks_like():
    assert [each.name for each in read_list("Ada Gray, Chair Board")] == ["Ada Gray"]
    assert [each.name for each in read_list("Ada Gray, Chair Board", known={"chair board"})] == [
        "Ada Gray",
        "Chair Board",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "Present:\nApologies:\n", "​‮\x00", "- \n1. "])
def test_nothing_is_refused(text):
    assert refused(text) == EMPTY


def test_a_list_that_is_too_long_is_refused():
    lines = [f"Person {chr(65 + n % 26)}" for n in range(500)]
    assert refused("\n".join(lines)) == TOO_MANY
    assert refused(", ".join(f"Ada {chr(65 + n % 26)}ob" for n in range(500))) == TOO_MANY
    assert len(read_list("\n".join(lines[:MOST_PEOPLE]))) == MOST_PEOPLE
    assert refused("a" * (MOST_LETTERS + 1)) == TOO_LONG
    said = f"“{'a' * 40}…” is too long for one person. Put each person on their own line."
    assert refused("a" * 301) == said


HOSTILE = (
    "=HYPERLINK(\"http://x\",\"Ada\")", "<script>alert(1)</script>", "Ada\x00 Gray\u202e", "((((((",
    "Robert'); DROP TABLE--",
    "for for for for", "," * 5_000, ";" * 5_000, "(" * 9_000 + ")" * 9_000, "from " * 3_000, "part " * 3_000 + "x",
    "and & and & and", "Present: Present: Present:", "left at", "Ada Gray (left at 11.30", "İ" * 200, "ﷺ" * 50,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_or_refused(text):
    read_or_refused(text)


def read_or_refused(text: str) -> None:
    with contextlib.suppress(ListRefused):
        sound(read_list(text), text)


def sound(people: list[ListedPerson], text: str) -> None:
    """Whoever is read is somebody, with words of the text only."""
    assert 1 <= len(people) <= MOST_PEOPLE
    plain = unicodedata.normalize("NFC", text)
    for each in people:
        assert each.how in Presence.values
        assert (each.how == Presence.PART) or not (each.part_from or each.part_to)
        assert (each.how == Presence.SUBSTITUTE) or not each.whom
        assert not set(each.name) & set("\x00\u202e\n")
        assert {letter for letter in each.name if letter.isalnum()} <= set(plain)


PIECES = (
    "Ada Gray", "Bo Hill", "Siân O’Neill", ", ", "; ", "\n", " (", ") ", "Present:", "Apologies: ", "left at 11.30",
    "from 10.15", " for ", " – ", "Superintendent", "Westmarch Police", "\x00", "\u200b", " and ", "remote",
    "Observers:", "10.15 to 11", "\t", "[", "]", "substituting for ", "\r\n",
)  # fmt: skip


def test_a_substitute_who_was_there_remotely_stays_one():
    [person] = read_list("Bo Hill (substituting for Ada Gray, remote)")
    assert (person.how, person.whom, person.unread) == (Presence.SUBSTITUTE, "Ada Gray", "“remote”")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(LETTERS, max_size=300))
def test_any_text_is_read_or_refused(text):
    read_or_refused(text)


# Sheets


def of_sheet(*rows, name="who.xlsx") -> list[ListedPerson]:
    return read_sheet(read_workbook(excel_file(rows), name))


def test_a_sheet_is_read_by_its_headings():
    found = of_sheet(
        ("Role", "Name", "Organisation", "Attendance"),
        ("Superintendent", "Ada Gray", "Westmarch Police", "Yes"),
        ("", "Bo Hill", "Aldford Council", "Apologies"),
        ("", "Jo Park", "Aldford Council", "Substitute for Bo Hill"),
        ("Prevent lead", "Kim Lee", "NHS", "part, 10.15 to 11.00"),
        ("", "Mo Jay", "NHS", "observer"),
    )
    assert [short(each) for each in found] == [
        ("present", "Ada Gray", "Superintendent", "Westmarch Police"),
        ("apologies", "Bo Hill", "Aldford Council"),
        ("substitute", "Jo Park", "Aldford Council", "Bo Hill"),
        ("part", "Kim Lee", "Prevent lead", "NHS", TIME(10, 15), TIME(11)),
        ("observer", "Mo Jay", "NHS"),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("Who knows", "What"), ("Ada Gray", "x"), ("Bo Hill", "y")), NO_NAMES),
        (
            (("Name", "How"), ("Ada Gray", "perhaps"), ("Bo Hill", "yes")),
            "Row 2: “perhaps” is not one of: Present, Remote, Part, Apologies, Absent, Substitute, Observer.",
        ),
        (
            (("Name", "How"), ("Ada Gray", "yes"), ("Bo Hill", "")),
            "Row 3 does not say how Bo Hill attended.",
        ),
        ((("Name", "How"), *(("Ada Gray", "yes") for _ in range(61))), TOO_MANY),
    ],
)
def test_a_sheet_that_does_not_say_is_refused(rows, said):
    with pytest.raises(ListRefused) as error:
        of_sheet(*rows)
    assert str(error.value) == said


def test_hostile_cells_are_texts():
    found = of_sheet(
        ("Name", "Body", "How"),
        ("<script>alert(1)</script>", "'=1+1", "present"),
        ("Ada\u202e Gray", "Westmarch\nPolice", "present"),
    )
    assert [(each.name, each.body) for each in found] == [
        ("<script>alert(1)</script>", "'=1+1"),
        ("Ada Gray", "Westmarch Police"),
    ]
