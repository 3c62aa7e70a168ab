"""The first page, calendar and register of what was closed: looks that are due, slips to decide, looks ahead."""

import datetime

import pytest

from recommendations.domain.calendar.calendar import entries_for
from recommendations.domain.calendar.entries import CalendarSpan
from recommendations.domain.calendar.sources import RECHECK
from recommendations.domain.home import rechecks as lines
from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.register.filters import RecheckFilter, period_until
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.rechecks import rechecks
from recommendations.models import Thresholds
from recommendations.sections import reading_once
from tests.conftest import AT, TODAY, make_tracked
from tests.makers.rechecks import SAW, make_closed
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
LATER, DUE = AT + 30 * DAY, TODAY + 30 * DAY
NEXT = DUE + 10 * DAY


@per_module
def closed(inspection, officer, approver):
    """Three to look at: one is due, one slipped, one comes in ten days."""
    rows = [make_tracked(inspection, number=str(number)) for number in range(3)]
    for row, look_on in zip(rows, (DUE, DUE, NEXT), strict=True):
        make_closed(row, by=officer, decided_by=approver, at=AT, look_on=look_on)
    rechecks.report_slip(tracked=rows[1], saw=SAW, by=officer, at=LATER)
    return rows


def told(user, **facts) -> list[str]:
    context = HomeContext(user, DUE, **facts)
    return [item.what for write in (lines.slips, lines.due_rechecks, lines.coming) for item in write(context)]


def test_the_first_page_tells_what_waits_and_what_comes_in_one_query(
    closed, officer, approver, django_assert_num_queries
):
    looks = ["Look again at 1 closure: has it lasted?", "1 closure to look at again"]
    with reading_once(), django_assert_num_queries(2):  # and one for what the office uses
        assert told(officer) == looks
    assert told(approver) == ["Decide 1 closure that did not last", *looks]
    assert told(approver, mine=True) == ["Decide 1 closure that did not last"]


@pytest.mark.parametrize(
    ("who", "asked", "found"),
    [
        ("officer", {"recheck": RecheckFilter.AGAIN}, [0, 2]),
        ("officer", {"recheck": RecheckFilter.SLIPPED}, [1]),
        ("officer", {"recheck": RecheckFilter.TO_DECIDE}, []),
        ("approver", {"recheck": RecheckFilter.TO_DECIDE}, [1]),
        ("officer", {"look": period_until(DUE)}, [0]),
    ],
)
def test_the_register_lists_them(request, closed, who, asked, found):
    user, known_at = request.getfixturevalue(who), LATER + DAY
    for also in ({}, {"past": True, "known_at": known_at}):
        query = RegisterQuery(day=DUE, show=CountedRows.CLOSED, **asked, **also)
        assert sorted(Listing(query, user, Thresholds()).ids) == sorted(closed[number].pk for number in found)


def test_the_calendar_has_them(closed, officer):
    found = entries_for(officer, CalendarSpan(DUE, NEXT, DUE), [RECHECK])
    assert [(each.day, each.pk, each.outside) for each in found] == [
        (day, closed[number].pk, "Closure to look at again") for day, number in ((DUE, 0), (NEXT, 2))
    ]
