"""A text that would run in a spreadsheet program is kept from it, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.text.csv_safety import escape_formula, unescape_formula


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("", ""),
        ("1 = 1", "1 = 1"),
        (" =1", " =1"),
    ],
)
def test_a_text_that_would_run_has_an_apostrophe_before_it(text, kept):
    assert escape_formula(text) == kept
    assert unescape_formula(kept) == text


@given(st.text(alphabet="'=+-@\t\r\na1 ＝"))
def test_every_text_comes_back_as_it_was(text):
    assert unescape_formula(escape_formula(text)) == text
    assert escape_formula(text)[:1] not in {*"=+-@\t\r\n＝"}


@given(st.text(alphabet="'=ab"))
def test_what_was_never_made_inert_is_only_taken_for_it_where_it_looks_so(text):
    assert unescape_formula(text) in (text, text[1:])
    assert unescape_formula(text) == text or escape_formula(text[1:]) == text
