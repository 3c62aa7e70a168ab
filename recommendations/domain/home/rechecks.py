"""The first page's lines about what was closed: looks whose day has come, slips to decide, looks ahead."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, left, number_line
from recommendations.domain.home.register import address
from recommendations.domain.ownership.mine import my_standings
from recommendations.domain.register.filters import RecheckFilter, until
from recommendations.domain.register.queries import CountedRows
from recommendations.enums.rechecks import RecheckAnswer
from recommendations.models import Recheck, Standing, User
from recommendations.periods import Period
from recommendations.permissions import May
from recommendations.sections import Section

# (the day of a look, None of a slip; whether this person found it) → how many
type Looks = Counter[tuple[datetime.date | None, bool]]
CLOSED = {"show": CountedRows.CLOSED}


def looks_for(user: User, day: datetime.date, mine: bool) -> Looks:
    """The looks until the end of the time ahead (`mine`: at what this person leads), and the slips. One query."""
    last = day + datetime.timedelta(days=AHEAD)
    planned = Q(look_again_on__lte=last) & (my_standings(user) if mine else Q())
    found = Standing.objects.now().visible_to(user).filter(planned | Q(recheck=RecheckAnswer.SLIPPED)).order_by()
    own = Recheck.objects.waiting().filter(tracked=OuterRef("tracked"), recorded_by=user)
    return Counter(found.annotate(own=Exists(own)).values_list("look_again_on", "own"))


@line(Desk.OFFICE, "waits", 26, section=Section.RECHECKS)
def slips(viewer: Viewer) -> Iterator[HomeLine]:
    """Slips, for approving officers who did not record them themselves."""
    number = viewer.fetch(looks_for, viewer.day, viewer.mine)[None, False]
    if number and viewer.user.has_perm(May.DECIDE_CLOSURE):
        url = address(CLOSED | {"recheck": RecheckFilter.TO_DECIDE})
        yield number_line(number, "closure that slipped to decide", "closures that slipped to decide", url)


@line(Desk.OFFICE, "waits", 56, section=Section.RECHECKS)
def due(viewer: Viewer) -> Iterator[HomeLine]:
    """Closures whose day to be looked at again has come."""
    come = {day: number for day, number in _days(viewer) if day <= viewer.day}
    if come:
        words = ("closure to look at again", "closures to look at again")
        url = address(_asked(viewer) | {"look": until(viewer.day)})
        yield number_line(sum(come.values()), *words, url, end=left(min(come), viewer.day))


@line(Desk.OFFICE, "ahead", 85, section=Section.RECHECKS)
def coming(viewer: Viewer) -> Iterator[Ahead]:
    """The days ahead on which closures are to be looked at again."""
    for day, number in _days(viewer):
        if day > viewer.day:
            words = "closure to look at again" if number == 1 else "closures to look at again"
            yield Ahead(day, f"{number:,} {words}", address(_asked(viewer) | {"look": Period(day, day)}))


def _days(viewer: Viewer) -> list[tuple[datetime.date, int]]:
    """The days of the looks and how many there are on each, the first day first. Who found a slip has no part in it."""
    found = viewer.fetch(looks_for, viewer.day, viewer.mine)
    return sorted((day, number) for (day, _), number in found.items() if day is not None)


def _asked(viewer: Viewer) -> dict:
    return CLOSED | ({"mine": True} if viewer.mine else {})
