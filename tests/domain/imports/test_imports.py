"""A spreadsheet comes in whole or not at all, and a second time it changes nothing."""

import datetime

from recommendations.domain.audit import verification
from recommendations.models import Inspection, SheetRow, TrackedRecommendation, TrailEntry
from tests.exchange.imports.sheets_of import SIMPLE, brought_in

REPORT = {"inspection": "Custody in Westmarch: an unannounced inspection", "published_on": "15/1/2026"}
ROW = {"reference": "OP-1", **REPORT, "number": "4", "text": "The force should write it down."}


def test_a_row_becomes_a_tracked_recommendation(westmarch, officer):
    done = brought_in(SIMPLE, ROW, by=officer)
    tracked = TrackedRecommendation.objects.with_record().get()
    inspection = tracked.recommendation.inspection
    assert (done.created, done.changed, done.unchanged) == (1, 0, 0)
    assert (tracked.reference, tracked.recommendation.number, tracked.recommendation.text) == (
        "OP-1",
        "4",
        "The force should write it down.",
    )
    assert (inspection.title, inspection.kind, inspection.short_name) == (REPORT["inspection"], "custody", "Custody 26")
    assert (inspection.published_on, tracked.tracked_on) == (datetime.date(2026, 1, 15), datetime.date(2026, 1, 15))
    assert (inspection.needs_response, inspection.covers.get().force) == (False, westmarch)
    row = SheetRow.objects.get()
    assert (row.tracked, row.number, row.outcome, row.original[0]) == (tracked, 2, "created", ["Ref", "OP-1"])
    assert TrailEntry.objects.filter(verb="bring_in_sheet").count() == 1
    assert verification.verify() == []


def test_the_same_again_changes_nothing(westmarch):
    brought_in(SIMPLE, ROW)
    again = brought_in(SIMPLE, ROW)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert Inspection.objects.count() == 1
    assert verification.verify() == []
