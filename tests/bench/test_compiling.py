"""The office whose compiling is measured, in small: what is counted of it is what its papers say."""

import datetime

import pytest

from recommendations.models import ScrutinyReport
from recommendations.periods import day_end, recent_quarters
from tests.bench.compiling import file_papers
from tests.bench.data import Size, load
from tests.domain.papers.world import counts_agree

pytestmark = pytest.mark.sqlite_alone

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.django_db
def test_what_is_counted_is_what_the_papers_say_with_and_without_earlier_ones():
    office = load(Size(forces=3, tracked=90, dated=900), TODAY)
    _, period, earlier = recent_quarters(TODAY, 3)
    papers = [ScrutinyReport(force=force, start=period.start, end=period.end) for force in office.forces]
    counts_agree(papers, day_end(TODAY))
    file_papers(office, earlier, day_end(TODAY))
    assert [paper.figures["sum"]["closing"] > 0 for paper in ScrutinyReport.objects.all()] == [True] * 3
    counts_agree(papers, day_end(TODAY))
