"""First-page lines about records assigned to this user, and notes that mention them, since their last look."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.notes.queries import naming
from recommendations.domain.ownership.notices import Given, given_since, told_since


@tally(Desk.OFFICE)
def told(viewer: Viewer) -> RowsToCount:
    """The notices of records assigned to them, recommendations apart."""
    return RowsToCount(told_since(viewer.user, viewer.since))


@tally(Desk.OFFICE)
def mentions(viewer: Viewer) -> RowsToCount:
    """The notes that mention them."""
    return RowsToCount(naming(viewer.user).filter(written_at__gt=viewer.since))


@line(Desk.OFFICE, "changed", 1)
def given(viewer: Viewer) -> Iterator[HomeLine]:
    """Records assigned to them and still theirs: recommendations in one line, others one by one."""
    yield from viewer.register.lines(
        ("changed_given", "recommendation given to you", "recommendations given to you", ())
    )
    if viewer.tally(told):
        yield from map(_line, given_since(viewer.user, viewer.since))


def _line(each: Given) -> HomeLine:
    more = (HomeLinePart(f"{each.words}, by {each.by}" if each.by else each.words),)
    return HomeLine("1", f"{each.noun} given to you", each.url, more=more)


@line(Desk.OFFICE, "changed", 2)
def named(viewer: Viewer) -> Iterator[HomeLine]:
    """Notes that mention them."""
    if number := viewer.tally(mentions).total():
        yield number_line(number, "note that names you", "notes that name you", reverse("notes"))
