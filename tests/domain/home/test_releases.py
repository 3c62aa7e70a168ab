"""The first page of an officer: public pages of forces that are older than the newest annual report or grade."""

import datetime

from django.urls import reverse

from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.releases import outdated_pages
from recommendations.domain.inspections.grades import NewGrade, record_grades
from recommendations.domain.people import records
from recommendations.domain.public.releases import withdraw_release
from recommendations.enums import InspectionKind
from recommendations.models import PeelCycle
from recommendations.periods import say
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.force_pages import prepared, released
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
PREPARE = reverse("prepare_force_page", args=["westmarch"])
PEEL = {"title": "PEEL 2025: Westmarch", "kind": InspectionKind.PEEL, "published_on": datetime.date(2025, 12, 30)}
NEXT = {"title": "PEEL 2026: Westmarch", "kind": InspectionKind.PEEL, "published_on": datetime.date(2026, 11, 1)}


@per_module
def peel(westmarch):
    return make_inspection(westmarch, **PEEL)


@per_module
def page(peel, westmarch, body, officer, approver):
    return released(westmarch, by=officer, approver=approver, report=peel.pk)


def items(user) -> list[tuple[str, str]]:
    return [(item.what, item.url) for item in outdated_pages(HomeContext(user, TODAY))]


def test_a_page_that_shows_the_newest_is_not_named(page, officer):
    assert items(officer) == []


def test_a_grade_that_was_recorded_since_is_named_until_a_release_waits(page, peel, westmarch, officer):
    cycle = records.keep(record=PeelCycle(name="PEEL 2025", since=datetime.date(2025, 1, 1)), by=None, at=AT)
    about = {"force": westmarch, "cycle": cycle, "inspection": peel, "source": "The report."}
    grades = [NewGrade("Preventing crime", "good")]
    record_grades(grades=grades, effective_on=peel.published_on, by=officer, at=AT + DAY, **about)
    ((what, url),) = items(officer)
    assert (say(peel.published_on) in what, url) == (True, PREPARE)
    prepared(westmarch, by=officer, at=AT + DAY, report=peel.pk)
    assert items(officer) == []


def test_a_newer_report_is_named_to_those_who_prepare_pages(page, westmarch, eastvale, officer, force_lead):
    make_inspection(eastvale, **NEXT | {"title": "PEEL 2026: Eastvale"})
    assert items(officer) == []
    make_inspection(westmarch, **NEXT)
    ((what, url),) = items(officer)
    assert (NEXT["title"] in what, url) == (True, PREPARE)
    assert items(force_lead) == []


def test_a_page_that_was_withdrawn_is_not_named(page, westmarch, officer, approver):
    make_inspection(westmarch, **NEXT)
    withdraw_release(release=page, reason="It names a person.", by=approver, at=AT + DAY)
    assert items(officer) == []
