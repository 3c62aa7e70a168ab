"""What is looked up by rare words loses nothing that is alike: texts of the labelled pairs, as one force's reports."""

from itertools import combinations

import pytest

from recommendations.domain.similar import candidates
from recommendations.domain.similar.likeness import likeness, words_in
from recommendations.domain.similar.queries import MOST, similar_to
from tests.conftest import make_inspection, make_tracked
from tests.domain.similar.pairs import themes

pytestmark = pytest.mark.django_db


def test_recommendations_of_other_forces_take_no_place(westmarch, eastvale, officer, monkeypatch):
    """Nor does the recommendation itself."""
    one, other = themes()[0]["1a"], themes()[0]["1b"]
    for force in (eastvale, westmarch):
        make_tracked(make_inspection(force, title=f"Recording in {force.short_name}"), text=one)
    asked = make_tracked(make_inspection(westmarch, title="Crime recording", short_name="Crime 26"), text=other)
    monkeypatch.setattr(candidates, "FEW", 1)
    suggested = similar_to({asked.pk: other}, officer)[asked.pk].suggested
    assert [one.reference for one in suggested] == ["WM-0001"]


@pytest.mark.parametrize(("number", "number_alike"), [(6, 18), pytest.param(25, 82, marks=pytest.mark.soak)])
def test_among_the_texts_of_several_themes_all_that_are_alike_are_suggested(number, number_alike, westmarch, officer):
    inspection = make_inspection(westmarch)
    texts = [text for of_theme in themes()[:number] for text in of_theme.values()]
    of = {make_tracked(inspection, number=str(at), text=text).pk: text for at, text in enumerate(texts, 1)}
    alike = {frozenset(pair) for pair in combinations(of, 2) if likeness(*(words_in(of[pk]) for pk in pair)).is_alike}
    found = similar_to(of, officer)
    suggested = {frozenset((pk, one.pk)) for pk, ones in found.items() for one in ones.suggested}
    assert suggested == alike
    assert len(alike) == number_alike
    assert max(len(ones.suggested) for ones in found.values()) <= MOST
