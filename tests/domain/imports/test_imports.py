"""A spreadsheet comes in whole or not at all, and a second time it changes nothing."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.audit import verification
from recommendations.domain.search.following import wrong
from recommendations.models import Inspection, SheetRow, TrackedRecommendation, TrailEntry
from tests.conftest import TODAY
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


def test_what_follows_is_written_before_the_head_is_locked(westmarch, officer):
    """Or everybody would wait for a large one. Words come after: two verbs that add one would wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        brought_in(SIMPLE, ROW, by=officer)
    inserted = [re.search(r'^(?:\d+ times: )?INSERT (?:OR IGNORE )?INTO "?(\w+)', query["sql"]) for query in asked]
    written = [found[1] for found in inserted if found]
    after = written[written.index("recommendations_trailentry") :]
    assert after == ["recommendations_trailentry", "recommendations_searchword"]
    assert {"recommendations_standing", "recommendations_searchentry"} < set(written)
    assert list(wrong()) == []


def test_the_same_again_changes_nothing(westmarch):
    brought_in(SIMPLE, ROW)
    again = brought_in(SIMPLE, ROW)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert Inspection.objects.count() == 1
    assert verification.verify() == []


@pytest.mark.parametrize(
    ("title", "days", "needs_response", "why"),
    [
        ("Custody in Westmarch", 55, True, ""),
        ("Custody in Westmarch", 56, False, "its response was due before this register began."),
        ("A super-complaint about stalking", 365, True, ""),
        (
            "A super-complaint about stalking",
            366,
            False,
            "it was published more than a year before this register began, and no last day is stated.",
        ),
        ("Words", 55, True, ""),
        ("Words", 56, False, "its response was due before this register began."),
    ],
)
def test_what_was_due_before_raises_no_alarm(westmarch, title, days, needs_response, why):
    day = TODAY - datetime.timedelta(days=days)
    brought_in(SIMPLE, ROW | {"inspection": title, "published_on": day})
    made = Inspection.objects.get()
    reason = f"Brought in from register.xlsx: {why}" if why else ""
    assert (made.needs_response, made.no_response_reason, made.section_55) == (needs_response, reason, None)
    assert made.is_to_say_section_55 is (title == "Words" and needs_response)
