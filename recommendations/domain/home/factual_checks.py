"""First-page lines about factual checks: requested from a force, received by the office, and late."""

import datetime
from collections.abc import Iterator
from operator import itemgetter

from django.db.models import Count, Q

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, HomeLinePart, left, number_line
from recommendations.enums import FactualReply, PaperState
from recommendations.models import FactualCheck, User
from recommendations.models.factual_checks import CheckQuerySet
from recommendations.periods import Period, london_day, say


def of_force(user: User) -> list[FactualCheck]:
    """The checks that the force can still reply to, soonest first. One query."""
    found = FactualCheck.objects.visible_to(user).running().select_related("paper").defer("paper__figures")
    return list(found.order_by("due_on", "pk"))


@line(Desk.FORCE, "waits", 20)
def to_reply(viewer: Viewer) -> Iterator[HomeLine]:
    """For the force: drafts whose facts it is asked to check, while there is time."""
    day = viewer.day
    return (_asked(each, "is asked for", day) for each in viewer.fetch(of_force) if each.due_on >= day)


@line(Desk.FORCE, "late", 30)
def not_replied(viewer: Viewer) -> Iterator[HomeLine]:
    """For the force: checks not replied to by their day."""
    day = viewer.day
    return (_asked(each, "was asked for", day) for each in viewer.fetch(of_force) if each.due_on < day)


def _asked(check: FactualCheck, words: str, day: datetime.date) -> HomeLine:
    words = f"Factual check of a paper {words} by {say(check.due_on)}"
    return HomeLine("", words, check.get_absolute_url(), more=_period(check), end=left(check.due_on, day))


def _period(check: FactualCheck) -> tuple[HomeLinePart]:
    return (HomeLinePart(Period(check.paper.start, check.paper.end).label),)


def _of_drafts(user: User, mine: bool) -> CheckQuerySet:
    """The checks of drafts (`mine`: prepared by this user)."""
    drafts = {"paper__state": PaperState.DRAFT, "ended_at__isnull": True}
    found: CheckQuerySet = FactualCheck.objects.visible_to(user).filter(**drafts)
    return found.filter(paper__prepared_by=user) if mine else found


@tally(Desk.OFFICE)
def checked(viewer: Viewer) -> RowsToCount:
    """The checks of drafts (`mine`: of papers that this user prepared)."""
    return RowsToCount(_of_drafts(viewer.user, viewer.mine))


def of_office(user: User, mine: bool) -> list[FactualCheck]:
    """The checks of drafts (`mine`: prepared by this user), with their numbers of unanswered corrections. One query."""
    unanswered = Count("corrections", filter=Q(corrections__answer=""))
    found = _of_drafts(user, mine).annotate(unanswered=unanswered)
    return list(found.select_related("paper", "force").defer("paper__figures").order_by("due_on", "pk"))


def _of_office(viewer: Viewer) -> list[FactualCheck]:
    return viewer.fetch(of_office, viewer.mine) if viewer.tally(checked) else []


@line(Desk.OFFICE, "waits", 70)
def to_answer(viewer: Viewer) -> Iterator[HomeLine]:
    """For the office: corrections that wait for its answer."""
    for each in _of_office(viewer):
        if each.unanswered:
            of = each.force
            words = (f"correction of {of} to answer", f"corrections of {of} to answer")
            yield number_line(each.unanswered, *words, each.get_absolute_url(), more=_period(each))


@line(Desk.OFFICE, "late", 60)
def late(viewer: Viewer) -> Iterator[HomeLine]:
    """For the office: forces that did not reply by their day."""
    for each in _of_office(viewer):
        if not each.reply and each.due_on < viewer.day:
            words = f"Factual check by {each.force} was asked for by {say(each.due_on)}"
            yield HomeLine("", words, each.get_absolute_url(), more=_period(each), end=left(each.due_on, viewer.day))


@line(Desk.OFFICE, "changed", 20)
def came(viewer: Viewer) -> Iterator[HomeLine]:
    """For the office: replies since its last look, latest first."""
    found = [(at, each) for each in _of_office(viewer) if (at := each.replied_at) and at > viewer.since]
    for at, each in sorted(found, key=itemgetter(0), reverse=True):
        said = "no correction" if each.reply == FactualReply.NONE else "with corrections"
        words = f"Factual check by {each.force} came on {say(london_day(at))}, {said}"
        yield HomeLine("", words, each.get_absolute_url(), more=_period(each))
