"""The responses of a paper: which rule they are measured by, and what of them was known."""

import datetime

from recommendations.domain.papers.sections.responses import responses_due
from recommendations.models import ResponseVersion, ScrutinyReport
from tests.conftest import make_inspection
from tests.domain.papers.world import END, START, moment
from tests.makers.action_plans import fire_of_before
from tests.makers.responses import make_published

EARLY, KNOWN = moment(datetime.date(2026, 1, 20)), moment(datetime.date(2026, 11, 7))
SECOND = datetime.timedelta(seconds=1)


def lines(force, known_at=KNOWN, *, by_kind=True) -> list:
    paper = ScrutinyReport(force=force, start=START, end=END)
    found = responses_due(paper, known_at, by_kind=by_kind)
    return [(line.inspection, line.due_on, line.responded_on, line.state, line.late) for line in found]


def test_section_55_is_applied_to_all_kinds_of_report_in_a_paper_filed_before_0_3_0_alone(westmarch, body):
    fire_of_before(westmarch, title="Fire", at=EARLY)
    assert lines(westmarch) == [("Fire", None, None, "No last day stated", False)]
    counted = datetime.date(2026, 3, 11)
    assert lines(westmarch, by_kind=False) == [("Fire", counted, None, "203 days late", True)]


def test_a_response_is_known_from_the_moment_that_it_was_recorded(westmarch, body, officer, approver):
    published_on = datetime.date(2026, 8, 3)
    inspection = make_inspection(westmarch, published_on=published_on, at=moment(published_on))
    make_published(inspection, body, by=officer, approver=approver, at=moment(datetime.date(2026, 9, 1)))
    version = ResponseVersion.objects.get()
    answered = [
        line[2]
        for known_at in (version.recorded_at, version.recorded_at - SECOND)
        for line in lines(westmarch, known_at)
    ]
    assert answered == [version.published_on, None]
