"""What the first page counts by day: each kind has its own numbers, all kinds in one query, none of what is off."""

import datetime

import pytest

from recommendations.domain.home.by_day import Counted, number_of, numbers_of
from recommendations.domain.home.first_page import HomeContext
from recommendations.sections import reading_once
from tests.conftest import AT, TODAY
from tests.makers.commitments import ASKED, make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.indicators import make_indicator, make_values
from tests.makers.rechecks import make_closed
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
CLOSED, LATE, DUE = AT - 65 * DAY, TODAY - 3 * DAY, TODAY + 9 * DAY


@per_module
def some(tracked, body, westmarch, officer, approver):
    """Two commitments to check on one day, a closure to look at and a committee's request to answer on another, and
    an indicator that is worse since.
    """
    make_request(make_panel(), due_on=DUE, owner=officer.name)
    version = make_version(body, westmarch, title="Another report")
    make_commitment(version, check_on=LATE, keeper=officer.name, by=officer)
    make_commitment(version, quote=ASKED, check_on=LATE, keeper="Joe Brandreth")
    make_closed(tracked, by=officer, decided_by=approver, at=CLOSED, look_on=DUE)
    return make_values(make_indicator(tracked), 41, 12, 19, first=datetime.date(2026, 7, 1))


def counted(user, *, mine=False) -> list:
    context = HomeContext(user, TODAY, mine=mine)
    of_days = (Counted.CHECKS, Counted.LOOKS, Counted.REQUESTS)
    return [*(numbers_of(context, kind) for kind in of_days), number_of(context, Counted.WORSE)]


def test_each_kind_has_its_own_days_in_one_query(some, officer, django_assert_num_queries):
    with reading_once(), django_assert_num_queries(2):  # and one for what the office uses
        assert counted(officer) == [[(LATE, 2)], [(DUE, 1)], [(DUE, 1)], 1]
    # The closure is of what somebody else leads; indicators are the office’s.
    assert counted(officer, mine=True) == [[(LATE, 1)], [], [(DUE, 1)], 1]


@pytest.mark.parametrize(
    ("off", "left"),
    [
        (("commitments",), [[], [(DUE, 1)], [(DUE, 1)], 1]),
        (("rechecks", "commitments"), [[], [], [(DUE, 1)], 1]),
        (("indicators",), [[(LATE, 2)], [(DUE, 1)], [(DUE, 1)], 0]),
        (("rechecks", "commitments", "indicators"), [[], [], [(DUE, 1)], 0]),
    ],
)
def test_what_is_off_is_not_counted(some, officer, settings, off, left):
    settings.SECTIONS_OFF = off
    assert counted(officer) == left
