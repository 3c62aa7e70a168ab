"""First-page lines about rechecks of closures: due ones, slips to decide, coming ones."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from recommendations.domain.home.first_page import Desk, HomeContext, count_by_day, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, number_line, time_left
from recommendations.domain.home.register import address
from recommendations.domain.ownership.mine import my_standings
from recommendations.domain.register.filters import RecheckFilter, period_until
from recommendations.domain.register.queries import CountedRows
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Recheck, Standing, User
from recommendations.periods import Period
from recommendations.permissions import May
from recommendations.sections import Section

CLOSED = {"show": CountedRows.CLOSED}


@line(Desk.OFFICE, "waits", 26, section=Section.RECHECKS)
def slips(context: HomeContext) -> Iterator[HomeLine]:
    """Slips, for approving officers who did not record them themselves."""
    if not context.user.has_perm(May.DECIDE_CLOSURE):
        return
    own = Recheck.objects.waiting().filter(tracked=OuterRef("tracked"), recorded_by=context.user)
    slipped = Standing.objects.now().visible_to(context.user).filter(recheck=RecheckAnswer.SLIPPED)
    if number := slipped.exclude(Exists(own)).count():
        url = address(CLOSED | {"recheck": RecheckFilter.TO_DECIDE})
        yield number_line(number, "closure that slipped to decide", "closures that slipped to decide", url)


def rechecks_by_day(user: User, until_day: datetime.date, mine: bool) -> list[tuple[datetime.date, int]]:
    """(day, number of closures to recheck then) up to a day; `mine`: of what the user leads. One query."""
    planned = Standing.objects.now().visible_to(user).filter(look_again_on__lte=until_day)
    return count_by_day(planned.filter(my_standings(user)) if mine else planned, "look_again_on")


def _rechecks(context: HomeContext) -> list[tuple[datetime.date, int]]:
    return context.fetch(rechecks_by_day, context.day + datetime.timedelta(days=AHEAD), context.mine)


@line(Desk.OFFICE, "waits", 56, section=Section.RECHECKS)
def due_rechecks(context: HomeContext) -> Iterator[HomeLine]:
    """Closures due to be rechecked."""
    come = {day: number for day, number in _rechecks(context) if day <= context.day}
    if come:
        words = ("closure to look at again", "closures to look at again")
        url = address(_filter(context) | {"look": period_until(context.day)})
        yield number_line(sum(come.values()), *words, url, end=time_left(min(come), context.day))


@line(Desk.OFFICE, "ahead", 85, section=Section.RECHECKS)
def coming(context: HomeContext) -> Iterator[Ahead]:
    """The coming days with closures to recheck."""
    for day, number in _rechecks(context):
        if day > context.day:
            words = "closure to look at again" if number == 1 else "closures to look at again"
            yield Ahead(day, f"{number:,} {words}", address(_filter(context) | {"look": Period(day, day)}))


def _filter(context: HomeContext) -> dict:
    return CLOSED | ({"mine": True} if context.mine else {})
