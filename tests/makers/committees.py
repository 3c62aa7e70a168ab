"""Requests of committees, made through their verbs."""

import datetime

from recommendations.domain.committees import requests
from recommendations.domain.people import records
from recommendations.enums import PanelKind
from recommendations.models import CommitteeRequest, Panel
from tests.conftest import AT

ASKED, DUE = datetime.date(2026, 9, 1), datetime.date(2026, 12, 1)


def make_panel(name: str = "Joint audit committee", kind: PanelKind = PanelKind.AUDIT) -> Panel:
    return records.keep(record=Panel(name=name, kind=kind), by=None, at=AT)


def make_request(panel: Panel, number: str = "26/14", *, by=None, at=AT, **facts) -> CommitteeRequest:
    """A request of this committee, about all forces unless `force` says which."""
    facts = {"text": "A close-down date for every open item.", "owner": "Head of assurance"} | facts
    days = {"asked_on": ASKED, "due_on": DUE}
    return requests.record_request(panel=panel, number=number, by=by, at=at, **days | facts)
