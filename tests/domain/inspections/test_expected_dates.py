"""When an inspection is expected: what each kind of words is read as, and what is left unread."""

import datetime

import pytest

from recommendations.domain.inspections.expected_dates import Window, read_expected


def window(first: str, last: str) -> Window:
    return Window(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("12 January 2027", "2027-01-12", "2027-01-12"),
        ("Tuesday 12th January 2027.", "2027-01-12", "2027-01-12"),
        ("12/1/2027", "2027-01-12", "2027-01-12"),
        ("week commencing 12 January 2027", "2027-01-12", "2027-01-18"),
        ("w/c 12 January 2027", "2027-01-12", "2027-01-18"),
        ("12 to 23 January 2027", "2027-01-12", "2027-01-23"),
        ("12–23 January 2027", "2027-01-12", "2027-01-23"),
        ("between 12 January and 3 February 2027", "2027-01-12", "2027-02-03"),
        ("30 December 2026 to 3 January 2027", "2026-12-30", "2027-01-03"),
        ("January 2027", "2027-01-01", "2027-01-31"),
        ("in Feb 2028", "2028-02-01", "2028-02-29"),
        ("January to March 2027", "2027-01-01", "2027-03-31"),
        ("December 2026 to February 2027", "2026-12-01", "2027-02-28"),
        ("Expected: spring 2027", "2027-03-01", "2027-05-31"),
        ("summer 2027", "2027-06-01", "2027-08-31"),
        ("Autumn of 2026", "2026-09-01", "2026-11-30"),
        ("winter 2026/27", "2026-12-01", "2027-02-28"),
        ("Q1 2026/27", "2026-04-01", "2026-06-30"),
        ("Q4 2026-27", "2027-01-01", "2027-03-31"),
        ("2026/27", "2026-04-01", "2027-03-31"),
        ("2027", "2027-01-01", "2027-12-31"),
    ],
)
def test_what_words_are_read_as(words, first, last):
    assert read_expected(words) == window(first, last)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "to be confirmed",
        "early 2027",
        "winter 2026",
        "mid January 2027",
        "31 February 2027",
        "23 to 12 January 2027",
        "December to February 2027",
        "2026/28",
        "Q5 2026/27",
        "Foo 2027",
        "12 January",
        "autumn",
        "January 2027 or later",
    ],
)
def test_what_is_left_unread(words):
    assert read_expected(words) == Window(None, None)
