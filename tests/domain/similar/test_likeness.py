"""How much alike two recommendations are: measured on two hundred labelled pairs, and on all pairs of their texts."""

from itertools import combinations

from recommendations.domain.similar.likeness import likeness, words_in
from tests.domain.similar.pairs import alike, not_alike, themes


def are_alike(one: str, other: str) -> bool:
    return likeness(words_in(one), words_in(other)).is_alike


def test_of_a_hundred_pairs_that_are_alike_most_are_found_and_nearly_nothing_else():
    """Precision 80 of 81, 0.98, at a recall of 0.8."""
    found = [sum(are_alike(*pair) for pair in pairs()) for pairs in (alike, not_alike)]
    assert (len(list(alike())), len(list(not_alike()))) == (100, 100)
    assert found == [80, 1]


def test_among_all_pairs_of_two_hundred_texts_hardly_any_is_found_that_is_not_alike():
    """19,800 pairs, most of them of other themes: precision 80 of 82, 0.97."""
    texts = [(theme, ask[0], text) for theme, of_it in enumerate(themes()) for ask, text in of_it.items()]
    other = [(one[2], two[2]) for one, two in combinations(texts, 2) if one[:2] != two[:2]]
    assert (len(other), sum(are_alike(*pair) for pair in other)) == (19_800, 2)


def test_what_two_texts_share_is_said_in_the_words_of_the_first():
    found = likeness(
        words_in("The force should make sure that cancelled crime records are audited each quarter."),
        words_in("Within six months the force should audit cancelled records of crime."),
    )
    assert found.shared == ("cancelled", "crime", "records", "audited")
    assert found.is_alike


def test_a_text_of_few_telling_words_is_too_short_to_compare():
    assert not words_in("The force should improve its custody process within six months.").is_enough
    assert likeness(words_in(""), words_in("")).measure == 0
