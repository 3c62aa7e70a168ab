"""The large office in small: counts as asked, and what is cached follows from the dated rows."""

import datetime

import pytest

from recommendations.domain.standing import latest
from recommendations.models import Assurance, ForceUpdate, InspectorateStatus, TargetDate, TrackedRecommendation
from tests.bench.data import Size, load

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.django_db
def test_the_office_is_as_large_as_asked_and_true_to_its_rows():
    load(Size(forces=3, tracked=60, dated=600), TODAY)
    tracked = list(TrackedRecommendation.objects.with_record())
    assert len(tracked) == 60
    assert sum(model.objects.count() for model in (ForceUpdate, Assurance, InspectorateStatus, TargetDate)) == 600
    for line in tracked:
        assert len(line.recommendation.text) in (599, 600)
        assert latest(line) == {name: getattr(line, name) for name in latest(line)}
