"""How a search is read, and how a text is folded: alike on every database."""

import pytest

from recommendations.search_words import SearchTerm, normalise, read_words, references_in


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉLAN, Siân’s ŵyl", "elan  sian s wyl"),
        ("WM-0020: 41% of 52", "wm 0020  41  of 52"),
        ("Øystein Łódź", "oystein lodz"),
        ("ﬁle İ 日本", "file i 日本"),
    ],
)
def test_a_text_is_folded_letter_for_letter(text, folded):
    assert normalise(text) == folded.replace("file", normalise("ﬁ") + "le")
    assert len(normalise(text)) == len(text)


def test_references_in_a_text_are_found_as_people_type_them():
    assert list(references_in("WM-0020, WM0112 and wm-0020; 2026-11-07, section 55")) == ["wm20", "wm112"]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("stalking", [SearchTerm(("stalking",), typed="stalking")]),
        ("“Gold group”", [SearchTerm(("gold", "group"), True, typed='"Gold group"')]),
        ("follow-up", [SearchTerm(("follow", "up"), True, typed="follow-up")]),
        ("wm20", [SearchTerm(("wm20",), reference="wm20", typed="wm20")]),
        ("WM-0020", [SearchTerm(("wm", "0020"), True, "wm20", typed="WM-0020")]),
        ("WM 20", [SearchTerm(("wm", "20"), reference="wm20", typed="WM 20")]),
        ("-custody", [SearchTerm(("custody",), excluded=True, typed="-custody")]),
        ("the force", [SearchTerm(("force",), typed="force")]),
        ("the", [SearchTerm(("the",), typed="the")]),
        ('"out of hours"', [SearchTerm(("out", "of", "hours"), True, typed='"out of hours"')]),
        ("% _ ' --", []),
    ],
)
def test_what_is_typed_becomes_what_must_stand_there(typed, terms):
    assert list(read_words(typed).terms) == terms


def test_a_search_without_a_word_that_must_be_there_asks_for_nothing():
    assert [bool(read_words(typed)) for typed in ("", "-bells", "?", "bells")] == [False, False, False, True]


def test_only_a_reference_alone_is_one():
    typed = ("wm20", "WM 20", "wm20 bells", "bells")
    assert [read_words(each).reference for each in typed] == ["wm20", "wm20", "", ""]
