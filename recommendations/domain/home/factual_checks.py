"""First-page items about factual checks: requested from a force, received by the office, and late."""

from collections.abc import Iterator
from operator import itemgetter

from django.db.models import Count, Q

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.enums import FactualReply, PaperState
from recommendations.models import FactualCheck, User
from recommendations.models.papers.factual_checks import CheckQuerySet
from recommendations.periods import Period, london_day, say


@line(Desk.FORCE, "do", 20)
def to_reply(context: HomeContext) -> Iterator[HomeItem]:
    """For the force: drafts whose facts it can check, soonest first, also after the day. One query."""
    checks = FactualCheck.objects.visible_to(context.user).running().select_related("paper").defer("paper__figures")
    for each in checks.order_by("due_on", "pk"):
        yield HomeItem("Check the facts of a draft paper", each.get_absolute_url(), _period(each), each.due_on)


def _period(check: FactualCheck) -> str:
    return Period(check.paper.start, check.paper.end).label


def checks_for_office(user: User, mine: bool) -> list[FactualCheck]:
    """The checks of drafts (`mine`: prepared by this user), with their numbers of unanswered corrections. One query."""
    checks: CheckQuerySet = FactualCheck.objects.visible_to(user)
    checks = checks.filter(paper__state=PaperState.DRAFT, ended_at__isnull=True)
    checks = checks.filter(paper__prepared_by=user) if mine else checks
    checks = checks.annotate(unanswered=Count("corrections", filter=Q(corrections__answer="")))
    return list(checks.select_related("paper", "force").defer("paper__figures").order_by("due_on", "pk"))


@line(Desk.OFFICE, "do", 75)
def to_answer(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: corrections that wait for its answer."""
    for each in context.fetch(checks_for_office, context.mine):
        if number := each.unanswered:
            words = f"Answer {count(number, 'correction', 'corrections')} of {each.force}"
            yield HomeItem(words, each.get_absolute_url(), _period(each), number=number)


@line(Desk.OFFICE, "do", 76)
def late(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: forces that did not reply by their day."""
    for each in context.fetch(checks_for_office, context.mine):
        if not each.reply and each.due_on < context.day:
            yield HomeItem(
                f"Ask {each.force} for its factual check", each.get_absolute_url(), _period(each), each.due_on
            )


@line(Desk.OFFICE, "changed", 20)
def received_replies(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: replies since its last look, latest first."""
    checks = context.fetch(checks_for_office, context.mine)
    replies = [(at, each) for each in checks if (at := each.replied_at) and at > context.since]
    for at, each in sorted(replies, key=itemgetter(0), reverse=True):
        outcome = "no correction" if each.reply == FactualReply.NONE else "with corrections"
        words = f"Factual check by {each.force} came on {say(london_day(at))}, {outcome}"
        yield HomeItem(words, each.get_absolute_url(), _period(each))
