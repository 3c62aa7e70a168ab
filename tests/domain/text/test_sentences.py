"""Words as sentences: one full stop, a capital letter, an article."""

import pytest

from recommendations.domain.text.sentences import capitalise, sentence, with_article


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("Visitors’ forms of nine weeks", "Visitors’ forms of nine weeks."),
        ("the bells (19).", "the bells (19)."),
        ("He said “no.”", "He said “no.”"),
        ("He said “no”", "He said “no”."),
        ("cut …", "cut …"),
        ("Why?", "Why?"),
        ("", ""),
    ],
)
def test_a_sentence_ends_once(words, ended):
    assert sentence(words) == ended


def test_a_capital_letter_and_the_rest_as_it_is():
    assert (capitalise("on track at HMICFRS"), capitalise("")) == ("On track at HMICFRS", "")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Police and Crime Commissioner for the Marches", "the Police and Crime Commissioner for the Marches"),
        ("the Mayor’s Office", "the Mayor’s Office"),
        ("The Authority", "The Authority"),
        ("", ""),
        (
            "Commissioner for A (to 3 May 2026) and Mayor of B (from 4 May 2026)",
            "the Commissioner for A (to 3 May 2026) and the Mayor of B (from 4 May 2026)",
        ),
    ],
)
def test_a_body_has_its_article(title, named):
    # wording: an office’s own name
    assert with_article(title) == named
