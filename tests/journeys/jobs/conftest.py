"""Browsers that count, and the register of the ten jobs."""

import datetime

import pytest
from django.utils.timezone import localdate

from tests.conftest import make_inspection, make_tracked
from tests.journeys.jobs.counting import counted

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@pytest.fixture
def page(page):
    return counted(page)


@pytest.fixture
def browse(browse):
    return lambda person: counted(browse(person))


@pytest.fixture
def at_home(browse, body):
    """Somebody's browser, on the first page."""

    def at_home(person):
        page = browse(person)
        page.goto("/")
        return page

    return at_home


@pytest.fixture
def register(body, westmarch, eastvale):
    """Twelve of one force that are overdue, and one of the other."""
    report = make_inspection([westmarch], published_on=localdate() - 300 * DAY, at=now())
    facts = {"leads": {"chief_officer_lead": "DCC Priya Nair"}, "at": now()}
    made = [make_tracked(report, number=f"{n}", due_on=localdate() - n * DAY, **facts) for n in range(1, 13)]
    make_tracked(make_inspection([eastvale], title="Custody in Eastvale", at=now()), at=now())
    return made
