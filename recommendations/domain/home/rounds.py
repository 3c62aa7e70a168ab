"""First-page lines about update rounds: what waits, what is late, which last days are ahead."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import AHEAD, Ahead, HomeLine, HomeLinePart, number_line, time_left
from recommendations.domain.ownership.mine import my_rounds
from recommendations.domain.rounds.force_rows import DRAFTS, READY, RETURNED, SHOWS, TODO, shelf
from recommendations.domain.rounds.progress import RoundFigures, figures_of
from recommendations.enums import LineState
from recommendations.models import RoundLine, UpdateRound, User

BEGUN = (RETURNED, DRAFTS, READY)

Rounds = list[tuple[UpdateRound, RoundFigures]]


def rounds_for(user: User, mine: bool) -> Rounds:
    """The rounds that `user` may see (`mine`: is responsible for) with something to do, soonest first, with figures.

    Answers released before their round closed can still be accepted. Two queries.
    """
    waiting = RoundLine.objects.filter(round=OuterRef("pk"), state=LineState.RELEASED)
    rows = UpdateRound.objects.visible_to(user).filter(Q(closed_at__isnull=True) | Exists(waiting))
    rows = rows.filter(my_rounds(user)) if mine else rows
    rounds = list(rows.select_related("force").order_by("due_on", "pk"))
    figures = figures_of(rounds)
    return [(each, figures[each.pk]) for each in rounds]


@line(Desk.OFFICE, "waits", 10)
def to_look_at(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: answers not yet accepted or returned, by round."""
    for each, figures in context.fetch(rounds_for, context.mine):
        if figures.to_look_at:
            words = ("answer to accept or return", "answers to accept or return")
            end = "" if each.closed_at else time_left(each.due_on, context.day)
            yield number_line(figures.to_look_at, *words, _url(each, "to_look"), more=_round_label(each), end=end)


@line(Desk.FORCE, "waits", 30)
def to_answer(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: lines to answer, by round, with its progress."""
    rounds = context.fetch(rounds_for, context.mine)
    shelves = shelves_of(rounds)
    for each, figures in rounds:
        if each.closed_at is None and figures.with_the_force:
            found = shelves.get(each.pk, {})
            told = (
                HomeLinePart(f"{found[name]:,} {SHOWS[name]}", _url(each, name)) for name in BEGUN if found.get(name)
            )
            more, url = (HomeLinePart(each.name), *told), _url(each, TODO)
            yield number_line(
                figures.with_the_force,
                "to answer",
                "to answer",
                url,
                more=more,
                end=time_left(each.due_on, context.day),
            )


def shelves_of(rounds: Rounds) -> dict[int, dict[str, int]]:
    """Round id → number of its lines on each shelf of the force's page. Drafts stay inside the force."""
    lines = RoundLine.objects.filter(round__in=[each.pk for each, _ in rounds]).needed().annotate(shelf=shelf())
    found: dict[int, dict[str, int]] = {}
    for pk, name, number in lines.order_by().values_list("round", "shelf").annotate(number=Count("pk")):
        found.setdefault(pk, {})[name] = number
    return found


@line(Desk.OFFICE, "late", 30)
def missing_for_office(context: HomeContext) -> Iterator[HomeLine]:
    """For the office: rounds past their last day with lines that the force has not answered."""
    for each, figures in _overdue_rounds(context):
        returned = (HomeLinePart(f"{figures.returned:,} returned", _url(each, "returned")),) if figures.returned else ()
        words = ("not answered in a round", "not answered in a round")
        more, end = (*_round_label(each), *returned), time_left(each.due_on, context.day)
        yield number_line(figures.not_answered, *words, _url(each, "asked"), more=more, end=end)


@line(Desk.FORCE, "late", 40)
def missing_for_force(context: HomeContext) -> Iterator[HomeLine]:
    """For the force: rounds past their last day with lines to answer."""
    for each, figures in _overdue_rounds(context):
        words = ("to answer after the last day", "to answer after the last day")
        more, end = (HomeLinePart(each.name),), time_left(each.due_on, context.day)
        yield number_line(figures.with_the_force, *words, _url(each, TODO), more=more, end=end)


def _overdue_rounds(context: HomeContext) -> Rounds:
    rounds = context.fetch(rounds_for, context.mine)
    open_ones = [(each, figures) for each, figures in rounds if each.closed_at is None and each.due_on < context.day]
    return [(each, figures) for each, figures in open_ones if figures.with_the_force]


@line(Desk.OFFICE, "ahead", 10)
@line(Desk.FORCE, "ahead", 10)
def closing(context: HomeContext) -> Iterator[Ahead]:
    """The coming last days of rounds."""
    until = context.day + datetime.timedelta(days=AHEAD)
    for each, figures in context.fetch(rounds_for, context.mine):
        if each.closed_at is None and context.day <= each.due_on <= until:
            missing, where = figures.with_the_force, "to answer" if context.user.force_id else "with the force"
            end = f"{missing:,} {where}" if missing else "all answered"
            yield Ahead(each.due_on, f"{each.force.short_name}, {each.name}: last day", each.get_absolute_url(), end)


def _round_label(each: UpdateRound) -> tuple[HomeLinePart, ...]:
    return (HomeLinePart(f"{each.force.short_name}, {each.name}"),)


def _url(each: UpdateRound, show: str) -> str:
    return f"{each.get_absolute_url()}?show={show}"
