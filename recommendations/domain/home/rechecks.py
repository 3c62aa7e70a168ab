"""First-page lines about rechecks of closures: due ones, slips to decide, coming ones."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, left, number_line
from recommendations.domain.home.register import address
from recommendations.domain.ownership.mine import my_standings
from recommendations.domain.register.filters import RecheckFilter, until
from recommendations.domain.register.queries import CountedRows
from recommendations.enums.rechecks import RecheckAnswer
from recommendations.models import Recheck, Standing
from recommendations.periods import Period
from recommendations.permissions import May
from recommendations.sections import Section

CLOSED = {"show": CountedRows.CLOSED}


@tally(Desk.OFFICE, section=Section.RECHECKS)
def looks(viewer: Viewer) -> RowsToCount:
    """The rechecks within AHEAD days (`mine`: of what this user leads) by their day, and the slips, which have no day;
    each by whether this user recorded it.
    """
    user, last = viewer.user, viewer.day + datetime.timedelta(days=AHEAD)
    planned = Q(look_again_on__lte=last) & (my_standings(user) if viewer.mine else Q())
    found = Standing.objects.now().visible_to(user).filter(planned | Q(recheck=RecheckAnswer.SLIPPED))
    own = Recheck.objects.waiting().filter(tracked=OuterRef("tracked"), recorded_by=user)
    return RowsToCount(found, "look_again_on", Exists(own))


@line(Desk.OFFICE, "waits", 26, section=Section.RECHECKS)
def slips(viewer: Viewer) -> Iterator[HomeLine]:
    """Slips, for approving officers who did not record them themselves."""
    number = viewer.tally(looks)[None, False]
    if number and viewer.user.has_perm(May.DECIDE_CLOSURE):
        url = address(CLOSED | {"recheck": RecheckFilter.TO_DECIDE})
        yield number_line(number, "closure that slipped to decide", "closures that slipped to decide", url)


@line(Desk.OFFICE, "waits", 56, section=Section.RECHECKS)
def due(viewer: Viewer) -> Iterator[HomeLine]:
    """Closures due to be rechecked."""
    come = {day: number for day, number in viewer.by_day(looks) if day <= viewer.day}
    if come:
        words = ("closure to look at again", "closures to look at again")
        url = address(_asked(viewer) | {"look": until(viewer.day)})
        yield number_line(sum(come.values()), *words, url, end=left(min(come), viewer.day))


@line(Desk.OFFICE, "ahead", 85, section=Section.RECHECKS)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The coming days with closures to recheck."""
    for day, number in viewer.by_day(looks):
        if day > viewer.day:
            words = "closure to look at again" if number == 1 else "closures to look at again"
            yield Ahead(day, f"{number:,} {words}", address(_asked(viewer) | {"look": Period(day, day)}))


def _asked(viewer: Viewer) -> dict:
    return CLOSED | ({"mine": True} if viewer.mine else {})
