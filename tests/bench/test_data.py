"""The large office in small: counts as asked, and what is cached follows from the dated rows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.papers.compile import compile_figures
from recommendations.models import (
    Assurance,
    ForceUpdate,
    InspectorateStatus,
    ScrutinyReport,
    Standing,
    TargetDate,
    TrackedRecommendation,
)
from recommendations.periods import day_end, recent_quarters
from tests.bench import data
from tests.bench.data import Size, file_papers, load
from tests.standings import latest, stored

TODAY = datetime.date(2026, 11, 25)
DATED = (ForceUpdate, Assurance, InspectorateStatus, TargetDate)


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [7, pytest.param(data.AT_ONCE, marks=pytest.mark.soak)])
def test_the_office_is_as_large_as_asked_and_true_to_its_rows(monkeypatch, at_once):
    """However few lines are in memory at a time."""
    monkeypatch.setattr(data, "AT_ONCE", at_once)
    load(Size(forces=3, tracked=60, dated=600), TODAY)
    tracked = list(TrackedRecommendation.objects.with_record())
    assert len(tracked) == 60
    assert sum(model.objects.count() for model in DATED) == 600
    for line in tracked:
        assert len(line.recommendation.text) in (599, 600)
        assert stored(line) == latest(line)


@pytest.mark.django_db
def test_a_few_lines_are_written_at_a_time(monkeypatch):
    monkeypatch.setattr(data, "AT_ONCE", 20)
    with CaptureQueriesContext(connection) as captured:
        load(Size(forces=3, tracked=60, dated=600), TODAY)
    table = TrackedRecommendation._meta.db_table
    assert sum(query["sql"].startswith(f'INSERT INTO "{table}"') for query in captured) == 3


@pytest.mark.soak
@pytest.mark.django_db
def test_about_six_in_ten_are_closed():
    """Fewer in a small office, which has few reports."""
    load(Size(forces=3, tracked=600, dated=6_000), TODAY)
    assert round(Standing.objects.now().exclude(closed_on=None).count() / 600, 1) in (0.5, 0.6)


@pytest.mark.soak
@pytest.mark.django_db
def test_the_papers_reconcile_with_and_without_earlier_ones():
    office, at = load(Size(forces=3, tracked=90, dated=900), TODAY), day_end(TODAY)
    _, period, earlier = recent_quarters(TODAY, 3)
    papers = [ScrutinyReport(force=force, start=period.start, end=period.end) for force in office.forces]
    assert [compile_figures(paper=paper, known_at=at).differences for paper in papers] == [[]] * 3
    file_papers(office.forces, earlier, at)
    assert [paper.figures["sum"]["closing"] > 0 for paper in ScrutinyReport.objects.all()] == [True] * 3
    assert [compile_figures(paper=paper, known_at=at).differences for paper in papers] == [[]] * 3
