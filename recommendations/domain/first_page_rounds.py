"""The first page's lines about update rounds: what waits, what is late, which days are ahead."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from recommendations.domain.first_page import AHEAD, Ahead, Line, Part, left, number_line
from recommendations.domain.round_figures import RoundFigures, figures_of
from recommendations.enums import LineState
from recommendations.models import RoundDraft, RoundLine, UpdateRound

Rounds = list[tuple[UpdateRound, RoundFigures]]


def rounds_for(user) -> Rounds:
    """The rounds that `user` may see in which something is to be done, soonest first, with their figures.

    An answer that was released before its round closed can still be accepted. Two queries.
    """
    waiting = RoundLine.objects.filter(round=OuterRef("pk"), state=LineState.RELEASED)
    found = UpdateRound.objects.visible_to(user).filter(Q(closed_at__isnull=True) | Exists(waiting))
    rounds = list(found.select_related("force").order_by("due_on", "pk"))
    figures = figures_of(rounds)
    return [(each, figures[each.pk]) for each in rounds]


def to_look_at(rounds: Rounds, day: datetime.date) -> Iterator[Line]:
    """For the office: the answers that it has not accepted or returned yet, round by round."""
    for each, figures in rounds:
        if figures.to_look_at:
            words = ("answer to accept or return", "answers to accept or return")
            end = "" if each.closed_at else left(each.due_on, day)
            yield number_line(figures.to_look_at, *words, _url(each, "waiting"), more=_named(each), end=end)


def to_answer(rounds: Rounds, day: datetime.date, drafts: dict[int, tuple[int, int]]) -> Iterator[Line]:
    """For the force: what is to be answered, round by round, with what is begun. `drafts`: see `drafts_of`."""
    for each, figures in rounds:
        if each.closed_at is None and figures.with_the_force:
            begun, ready = drafts.get(each.pk, (0, 0))
            told = ((figures.returned, "returned"), (begun, "begun"), (ready, "ready"))
            more = (Part(each.name), *(Part(f"{number:,} {word}") for number, word in told if number))
            url = each.get_absolute_url()
            yield number_line(
                figures.with_the_force, "to answer", "to answer", url, more=more, end=left(each.due_on, day)
            )


def drafts_of(rounds: Rounds) -> dict[int, tuple[int, int]]:
    """Round id → how many drafts its lines have that are begun, and that are ready. They stay inside the force."""
    states = (LineState.ASKED, LineState.RETURNED)
    drafts = RoundDraft.objects.filter(line__round__in=[each.pk for each, _ in rounds], line__state__in=states)
    begun, ready = (Count("pk", filter=Q(ready=is_ready)) for is_ready in (False, True))
    counted = drafts.order_by().values("line__round").annotate(begun=begun, done=ready)
    return {row["line__round"]: (row["begun"], row["done"]) for row in counted}


def not_in_time(rounds: Rounds, day: datetime.date) -> Iterator[Line]:
    """Rounds whose last day has passed while the force still has something to answer."""
    for each, figures in rounds:
        if each.closed_at is None and each.due_on < day and figures.with_the_force:
            words = ("answer missing in a round", "answers missing in a round")
            url = _url(each, "missing")
            yield number_line(figures.with_the_force, *words, url, more=_named(each), end=left(each.due_on, day))


def closing(rounds: Rounds, day: datetime.date) -> Iterator[Ahead]:
    """The last days of rounds that are ahead."""
    until = day + datetime.timedelta(days=AHEAD)
    for each, figures in rounds:
        if each.closed_at is None and day <= each.due_on <= until:
            missing = figures.with_the_force
            end = f"{missing:,} not answered" if missing else "all answered"
            yield Ahead(each.due_on, f"{each.force.short_name}, {each.name}: last day", each.get_absolute_url(), end)


def _named(each: UpdateRound) -> tuple[Part, ...]:
    return (Part(f"{each.force.short_name}, {each.name}"),)


def _url(each: UpdateRound, show: str) -> str:
    return f"{each.get_absolute_url()}?show={show}"
