"""First-page items about update rounds: answers to accept or return, answers that are late, coming last days."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, HomeItem, count
from recommendations.domain.ownership.mine import my_rounds
from recommendations.domain.rounds.force_rows import DRAFTS, READY, RETURNED, TODO, shelf
from recommendations.domain.rounds.progress import RoundFigures, figures_of
from recommendations.enums import LineState
from recommendations.models import RoundLine, UpdateRound, User
from recommendations.sections import Section

# How far the force is with its lines: shelf → what is said of one, and of several.
PROGRESS = {
    RETURNED: ("returned to you", "returned to you"),
    DRAFTS: ("draft", "drafts"),
    READY: ("ready to release", "ready to release"),
}

Rounds = list[tuple[UpdateRound, RoundFigures]]


def rounds_for(user: User, mine: bool) -> Rounds:
    """The rounds that `user` may see (`mine`: is responsible for) with something to do, soonest first, with figures.

    Answers released before their round closed can still be accepted. Two queries.
    """
    waiting = RoundLine.objects.filter(round=OuterRef("pk"), state=LineState.RELEASED)
    rows = UpdateRound.objects.visible_to(user).filter(Q(closed_at__isnull=True) | Exists(waiting))
    rows = rows.filter(force__handed_over_on__isnull=True)
    rows = rows.filter(my_rounds(user)) if mine else rows
    rounds = list(rows.select_related("force").order_by("due_on", "pk"))
    figures = figures_of(rounds)
    return [(each, figures[each.pk]) for each in rounds]


@line(Desk.OFFICE, "do", 10, section=Section.ROUNDS)
def to_look_at(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: answers not yet accepted or returned, by round. The last day is the force's."""
    for each, figures in context.fetch(rounds_for, context.mine):
        if number := figures.to_look_at:
            answers = count(number, "answer", "answers")
            more = f" {figures.with_the_force:,} more with the force." if figures.with_the_force else ""
            day = None if each.closed_at else max(each.due_on, context.day)
            words = f"Accept or return {answers} from {each.force.short_name}"
            yield HomeItem(words, _url(each, "to_look"), f"{each.name}.{more}", day, number)


@line(Desk.FORCE, "do", 30, section=Section.ROUNDS)
def to_answer(context: HomeContext) -> Iterator[HomeItem]:
    """For the force: lines to answer, by round, with its progress."""
    rounds = context.fetch(rounds_for, context.mine)
    shelves = shelves_of(rounds)
    for each, figures in rounds:
        if each.closed_at is None and (number := figures.with_the_force):
            lines = shelves.get(each.pk, {})
            progress = [count(lines[name], *words) for name, words in PROGRESS.items() if lines.get(name)]
            detail = f"{each.name}: {', '.join(progress)}" if progress else each.name
            words = f"Answer {count(number, 'recommendation', 'recommendations')}"
            yield HomeItem(words, _url(each, TODO), detail, each.due_on, number)


def shelves_of(rounds: Rounds) -> dict[int, dict[str, int]]:
    """Round id → number of its lines on each shelf of the force's page. Drafts stay inside the force."""
    lines = RoundLine.objects.filter(round__in=[each.pk for each, _ in rounds]).needed().annotate(shelf=shelf())
    shelves: dict[int, dict[str, int]] = {}
    for pk, name, number in lines.order_by().values_list("round", "shelf").annotate(number=Count("pk")):
        shelves.setdefault(pk, {})[name] = number
    return shelves


@line(Desk.OFFICE, "do", 12, section=Section.ROUNDS)
def missing(context: HomeContext) -> Iterator[HomeItem]:
    """For the office: rounds past their last day with lines that the force has not answered."""
    for each, figures in context.fetch(rounds_for, context.mine):
        if each.closed_at is None and each.due_on < context.day and (number := figures.with_the_force):
            words = f"Ask {each.force.short_name} for {count(number, 'answer', 'answers')}"
            returned = f", {figures.returned:,} of them returned" if figures.returned else ""
            yield HomeItem(words, each.get_absolute_url(), f"{each.name}{returned}", each.due_on, number)


@line(Desk.OFFICE, "ahead", 10, section=Section.ROUNDS)
@line(Desk.FORCE, "ahead", 10, section=Section.ROUNDS)
def closing(context: HomeContext) -> Iterator[HomeItem]:
    """The coming last days of rounds."""
    until = context.day + datetime.timedelta(days=AHEAD)
    for each, _ in context.fetch(rounds_for, context.mine):
        if each.closed_at is None and context.day <= each.due_on <= until:
            name = each.name if context.user.force_id else f"{each.force.short_name}, {each.name}"
            yield HomeItem(f"{name}: last day", each.get_absolute_url(), day=each.due_on)


def _url(each: UpdateRound, show: str) -> str:
    return f"{each.get_absolute_url()}?show={show}"
