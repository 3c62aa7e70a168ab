"""The large office in small: counts as asked, and what is cached follows from the dated rows."""

import datetime

import pytest

from recommendations.domain.standing import latest
from recommendations.models import Assurance, ForceUpdate, InspectorateStatus, TargetDate, TrackedRecommendation
from tests.bench import data
from tests.bench.data import Size, load

TODAY = datetime.date(2026, 11, 25)
DATED = (ForceUpdate, Assurance, InspectorateStatus, TargetDate)


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [7, data.AT_ONCE])
def test_the_office_is_as_large_as_asked_and_true_to_its_rows(monkeypatch, at_once):
    """However few lines are in memory at a time."""
    monkeypatch.setattr(data, "AT_ONCE", at_once)
    load(Size(forces=3, tracked=60, dated=600), TODAY)
    tracked = list(TrackedRecommendation.objects.with_record())
    assert len(tracked) == 60
    assert sum(model.objects.count() for model in DATED) == 600
    for line in tracked:
        assert len(line.recommendation.text) in (599, 600)
        assert latest(line) == {name: getattr(line, name) for name in latest(line)}


@pytest.mark.django_db
def test_each_thousand_lines_is_written_before_the_next_is_made(monkeypatch):
    monkeypatch.setattr(data, "AT_ONCE", 20)
    written = []

    def told(office, lines):
        written.append(TrackedRecommendation.objects.count())
        tell(office, lines)

    tell = data._tell
    monkeypatch.setattr(data, "_tell", told)
    load(Size(forces=3, tracked=60, dated=600), TODAY)
    assert written == [0, 20, 40]
