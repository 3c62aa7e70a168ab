"""The large office in small: counts as asked, and what is cached follows from the dated rows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.register.latest import latest
from recommendations.models import Assurance, ForceUpdate, InspectorateStatus, TargetDate, TrackedRecommendation
from tests.bench import data
from tests.bench.data import Size, load

pytestmark = pytest.mark.sqlite_alone

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
def test_a_few_lines_are_written_at_a_time(monkeypatch):
    monkeypatch.setattr(data, "AT_ONCE", 20)
    with CaptureQueriesContext(connection) as captured:
        load(Size(forces=3, tracked=60, dated=600), TODAY)
    table = TrackedRecommendation._meta.db_table
    assert sum(query["sql"].startswith(f'INSERT INTO "{table}"') for query in captured) == 3
