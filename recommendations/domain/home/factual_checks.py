"""First-page lines about factual checks: requested from a force, received by the office, and late."""

import datetime
from collections.abc import Iterator
from operator import itemgetter

from django.db.models import Count, Q

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line, time_left
from recommendations.enums import FactualReply, PaperState
from recommendations.models import FactualCheck, User
from recommendations.models.papers.factual_checks import CheckQuerySet
from recommendations.periods import Period, london_day, say


def checks_for_force(user: User) -> list[FactualCheck]:
    """The checks that the force can still reply to, soonest first. One query."""
    checks = FactualCheck.objects.visible_to(user).running().select_related("paper").defer("paper__figures")
    return list(checks.order_by("due_on", "pk"))


@line(Desk.FORCE, "waits", 20)
def to_reply(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: drafts whose facts it is asked to check, while there is time."""
    day = context.day
    return (_check_line(each, "is asked for", day) for each in context.fetch(checks_for_force) if each.due_on >= day)


@line(Desk.FORCE, "late", 30)
def not_replied(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: checks not replied to by their day."""
    day = context.day
    return (_check_line(each, "was asked for", day) for each in context.fetch(checks_for_force) if each.due_on < day)


def _check_line(check: FactualCheck, words: str, day: datetime.date) -> HomeLine:
    words = f"Factual check of a paper {words} by {say(check.due_on)}"
    return HomeLine("", words, check.get_absolute_url(), more=_period(check), end=time_left(check.due_on, day))


def _period(check: FactualCheck) -> tuple[HomeLinePart]:
    return (HomeLinePart(Period(check.paper.start, check.paper.end).label),)


def checks_for_office(user: User, mine: bool) -> list[FactualCheck]:
    """The checks of drafts (`mine`: prepared by this user), with their numbers of unanswered corrections. One query."""
    checks: CheckQuerySet = FactualCheck.objects.visible_to(user)
    checks = checks.filter(paper__state=PaperState.DRAFT, ended_at__isnull=True)
    checks = checks.filter(paper__prepared_by=user) if mine else checks
    checks = checks.annotate(unanswered=Count("corrections", filter=Q(corrections__answer="")))
    return list(checks.select_related("paper", "force").defer("paper__figures").order_by("due_on", "pk"))


@line(Desk.OFFICE, "waits", 70)
def to_answer(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: corrections that wait for its answer."""
    for each in context.fetch(checks_for_office, context.mine):
        if each.unanswered:
            words = (f"correction of {each.force} to answer", f"corrections of {each.force} to answer")
            yield number_line(each.unanswered, *words, each.get_absolute_url(), more=_period(each))


@line(Desk.OFFICE, "late", 60)
def late(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: forces that did not reply by their day."""
    for each in context.fetch(checks_for_office, context.mine):
        if not each.reply and each.due_on < context.day:
            words = f"Factual check by {each.force} was asked for by {say(each.due_on)}"
            yield HomeLine(
                "", words, each.get_absolute_url(), more=_period(each), end=time_left(each.due_on, context.day)
            )


@line(Desk.OFFICE, "changed", 20)
def received_replies(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: replies since its last look, latest first."""
    checks = context.fetch(checks_for_office, context.mine)
    replies = [(at, each) for each in checks if (at := each.replied_at) and at > context.since]
    for at, each in sorted(replies, key=itemgetter(0), reverse=True):
        outcome = "no correction" if each.reply == FactualReply.NONE else "with corrections"
        words = f"Factual check by {each.force} came on {say(london_day(at))}, {outcome}"
        yield HomeLine("", words, each.get_absolute_url(), more=_period(each))
