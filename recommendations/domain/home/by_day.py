"""What the office’s first page counts by day, of several subjects in one query."""

import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, DateField, QuerySet, Value

from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.lines import AHEAD
from recommendations.domain.indicators.queries import worse_since_closed
from recommendations.domain.ownership.mine import my_commitments, my_requests, my_standings
from recommendations.models import Commitment, CommitteeRequest, Standing, User
from recommendations.sections import Section


class Counted(StrEnum):
    """What is counted: commitments to check, closures to look at again, committees' requests to answer, and indicators
    that are worse since closing.
    """

    CHECKS = "checks"
    LOOKS = "looks"
    REQUESTS = "requests"
    WORSE = "worse"


class DayNumber(NamedTuple):
    """How many records of a kind are due on a day; indicators are of no day."""

    day: datetime.date | None
    number: int
    kind: str


def day_numbers(user: User, until: datetime.date, mine: bool) -> list[DayNumber]:
    """The numbers of all kinds up to a day, in order of day. One query.

    `mine`: of the commitments and requests that the user keeps, and of the closures of what they lead. Indicators are
    the office's.
    """
    checks = Commitment.objects.visible_to(user).filter(next_on__lte=until)
    looks = Standing.objects.now().visible_to(user).filter(look_again_on__lte=until)
    requests = CommitteeRequest.objects.visible_to(user).waiting().filter(due_on__lte=until)
    if mine:
        checks, looks = checks.filter(my_commitments(user)), looks.filter(my_standings(user))
        requests = requests.filter(my_requests(user))
    if not Section.RECHECKS.is_on:
        looks = looks.none()
    worse = worse_since_closed(user).order_by()
    found = [
        _count_by_day(Counted.CHECKS, checks, "next_on"),
        _count_by_day(Counted.LOOKS, looks, "look_again_on"),
        _count_by_day(Counted.REQUESTS, requests, "due_on"),
        worse.values_list(Value(None, DateField()), Value(1), Value(str(Counted.WORSE))),
    ]
    rows = [DayNumber(*row) for row in found[0].union(*found[1:], all=True).order_by()]
    return sorted(rows, key=lambda each: each.day or until)


def _count_by_day(kind: Counted, rows: QuerySet, column: str) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(column).annotate(number=Count("*"), counted=Value(str(kind)))


def numbers_of(context: HomeContext, kind: Counted) -> list[tuple[datetime.date, int]]:
    """(day, number) of a kind up to AHEAD days from the page's. One query for all kinds together."""
    return [(each.day, each.number) for each in _fetched(context) if each.kind == kind and each.day]


def number_of(context: HomeContext, kind: Counted) -> int:
    """How many there are of a kind. One query for all kinds together."""
    return sum(each.number for each in _fetched(context) if each.kind == kind)


def _fetched(context: HomeContext) -> list[DayNumber]:
    return context.fetch(day_numbers, context.day + datetime.timedelta(days=AHEAD), context.mine)
