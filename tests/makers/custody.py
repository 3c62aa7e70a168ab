"""Custody suites and visits to them, made through their verbs."""

import datetime

from recommendations.domain.custody import visits
from recommendations.domain.people import records
from recommendations.models import CustodySuite, CustodyVisit, Force
from tests.conftest import AT

VISITED = datetime.date(2026, 11, 2)  # a Monday
COUNTS = {"visitors": 2, "tact_trained": 1, "held": 12, "offered": 10, "seen": 8, "refused": 1}


def make_suite(force: Force, name: str = "Aldford custody", **facts) -> CustodySuite:
    return records.keep(record=CustodySuite(force=force, name=name, **facts), by=None, at=AT)


def make_visit(suite: CustodySuite, on: datetime.date = VISITED, start: int = 9, *, by=None, at=AT, **facts):
    """A visit that began at a full hour."""
    given = COUNTS | {"findings": "A mat was torn."} | facts
    visit = visits.record_visit(suite=suite, on=on, start=datetime.time(start), by=by, at=at, **given)
    return CustodyVisit.objects.get(pk=visit.pk)
