"""The trail and the papers of an office that was written in bulk are whole: what is measured is what an office has."""

import datetime

import pytest

from recommendations.domain.papers.verification import check_papers
from recommendations.management.commands.verify_audit import BESIDE, judge
from recommendations.models import TrailEntry
from recommendations.periods import recent_quarters
from tests.bench.chained import ChainWriter, seal_accounts
from tests.bench.data import Size, load
from tests.bench.years import live

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.django_db
def test_years_that_were_written_in_bulk_verify():
    office = load(Size(forces=1, tracked=20, dated=400, years=1), TODAY)
    seal_accounts()
    writer = ChainWriter(office.officer)
    live(office, writer, recent_quarters(TODAY, 3)[1:])
    assert len(BESIDE) == 4  # they are imported, so they check too
    verdict = judge()
    assert (verdict.problems, verdict.count) == ([], TrailEntry.objects.count())
    assert [paper.problems for paper in check_papers()] == [[], []]
