"""What is open from a force's meetings and committees, the actions agreed and the requests; and the log of both."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from recommendations.domain.accountability.data import LogLine
from recommendations.domain.accountability.restricted import (
    RestrictedOf,
    restricted_actions,
    restricted_requests,
    restricted_tracked,
)
from recommendations.domain.actions.queries import days_late
from recommendations.domain.committees.queries import proof_words
from recommendations.enums.accountability import AgendaState
from recommendations.enums.actions import OPEN_STATES, ActionState
from recommendations.models import (
    Action,
    ActionProof,
    ActionRow,
    AgendaItem,
    CommitteeRequest,
    Force,
    Oversight,
    RequestAnswer,
    RequestProof,
    User,
)
from recommendations.models.papers.committee_requests import RequestQuerySet
from recommendations.periods import london_day, say
from recommendations.sections import Section


def open_actions(force: Force, day: datetime.date) -> list[ActionRow]:
    """How the open actions of a force's meetings stand: the late ones first, then by their day. None while actions are
    off. One query.
    """
    if not Section.ACTIONS.is_on:
        return []
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=force, action__agreed_at__isnull=False)
    rows = rows.select_related("action__agreed_at__item__meeting")
    return sorted(rows, key=lambda row: (row.due_on >= day, row.due_on, row.action_id))


def requests_about(force: Force, day: datetime.date) -> RequestQuerySet:
    """What committees asked by a London day about a force, or about all forces of its body."""
    bodies = Oversight.objects.on(day).filter(force=force).values("body")
    about_all = Q(force__isnull=True) & (Q(panel__body__isnull=True) | Q(panel__body__in=bodies))
    return CommitteeRequest.objects.filter(about_all | Q(force=force), asked_on__lte=day).select_related("panel")


class OpenPoint(NamedTuple):
    """An open action or request that goes on the next agenda."""

    record: Action | CommitteeRequest
    words: str
    owner: str
    due_on: datetime.date


def open_points(force: Force, day: datetime.date) -> list[OpenPoint]:
    """What is open from a force's meetings, and of what committees asked about this one force: the late first, then by
    their day. Two queries.
    """
    found = [OpenPoint(row.action, row.action.words, row.owner, row.due_on) for row in open_actions(force, day)]
    for each in requests_about(force, day).filter(force=force).waiting().order_by("due_on", "pk"):
        found.append(OpenPoint(each, f"{each}: {each.text}", each.owner, each.due_on))
    return sorted(found, key=lambda each: (each.due_on >= day, each.due_on))


def open_actions_of(force: Force, user: User) -> QuerySet[Action]:
    """The open actions of a force that a user sees, wherever they come from."""
    rows = ActionRow.objects.latest_of_each().open().filter(action__force=force)
    return Action.objects.visible_to(user).filter(pk__in=rows.values("action")).order_by("pk")


class LogRow(NamedTuple):
    """A line of the log, and what it is about."""

    line: LogLine
    record: Action | CommitteeRequest
    is_open: bool

    @property
    def is_request(self) -> bool:
        return isinstance(self.record, CommitteeRequest)


def log_lines(
    force: Force,
    day: datetime.date,
    since: datetime.date | None = None,
    restricted_of: RestrictedOf = restricted_tracked,
) -> list[LogLine]:
    """The action log of a force's meetings on a London day: what is open, the late first, then what is done since a
    day. Of what committees asked, as far as it was put on an agenda that is ready. `restricted_of` as for
    meeting_facts.
    """
    requests = on_an_agenda(requests_about(force, day), force)
    return [each.line for each in log_rows(force, day, since, requests, restricted_of)]


def on_an_agenda(requests: RequestQuerySet, force: Force) -> RequestQuerySet:
    """Those of these requests that are on an agenda of a force that is ready."""
    items = AgendaItem.objects.filter(meeting__force=force, meeting__withdrawn_at=None, request__isnull=False)
    return requests.filter(pk__in=items.exclude(meeting__state=AgendaState.PREPARING).values("request"))


def log_rows(
    force: Force,
    day: datetime.date,
    since: datetime.date | None,
    requests: RequestQuerySet,
    restricted_of: RestrictedOf = restricted_tracked,
) -> list[LogRow]:
    """As log_lines, with these requests, each with what it is about; of one day actions come before requests. Actions
    are left out while they are off.
    """
    found = [*_action_rows(force, day, since or day, restricted_of), *_request_rows(requests, day, since or day)]
    return sorted(found, key=lambda each: (not each.is_open, each.line.due_on >= day, each.line.due_on))


def _action_rows(
    force: Force, day: datetime.date, since: datetime.date, restricted_of: RestrictedOf
) -> Iterator[LogRow]:
    if not Section.ACTIONS.is_on:
        return
    rows = ActionRow.objects.latest_of_each(day).filter(action__force=force, action__agreed_at__isnull=False)
    rows = rows.order_by("action")
    wanted = Q(state__in=OPEN_STATES) | Q(effective_on__gte=since)
    found = list(rows.filter(wanted).select_related("action__agreed_at__item__meeting"))
    hidden = restricted_actions({row.action_id for row in found}, restricted_of)
    proofs = proofs_of([row.pk for row in found])
    for row in found:
        yield LogRow(_action_line(row, day, row.action_id in hidden, proofs.get(row.pk)), row.action, row.is_open)


def _action_line(row: ActionRow, day: datetime.date, is_hidden: bool, proof: ActionProof | None) -> LogLine:
    return LogLine(
        words=row.action.words,
        owner=row.owner,
        due_on=row.due_on,
        state=row.get_state_display(),
        agreed_at=str(row.action.agreed_at.item.meeting),
        late=days_late(row, day),
        done=proof_words_with_place(proof) if proof else (row.note if row.state == ActionState.DROPPED else ""),
        restricted=is_hidden,
    )


def _request_rows(requests: RequestQuerySet, day: datetime.date, since: datetime.date) -> Iterator[LogRow]:
    """The lines of requests that are open on a day, or were answered since another. Three queries, and one of items."""
    found = list(requests.order_by("pk"))
    proofs = {each.request_id: each for each in RequestProof.objects.standing(day).filter(request__in=found)}
    answers = RequestAnswer.objects.in_finalised_papers().filter(request__in=found).select_related("paper__force")
    papers = {each.request_id: each.paper for each in answers.defer("paper__figures").order_by("-paper__finalised_at")}
    hidden = restricted_requests([each.pk for each in found])
    for each in found:
        answered: list[tuple[datetime.date, str]] = []
        if proof := proofs.get(each.pk):
            answered.append((proof.effective_on, proof_words_with_place(proof)))
        if (paper := papers.get(each.pk)) and (filed_on := london_day(paper.finalised_at)) <= day:
            answered.append((filed_on, f"A paper, {say(filed_on)} ({paper})"))
        first = min(answered, default=None)
        if first is None or first[0] >= since:
            line = _request_line(each, day, first[1] if first else "", each.pk in hidden)
            yield LogRow(line, each, first is None)


def _request_line(request: CommitteeRequest, day: datetime.date, answered: str, is_hidden: bool) -> LogLine:
    return LogLine(
        words=request.text,
        owner=request.owner,
        due_on=request.due_on,
        state="Answered" if answered else "Open",
        agreed_at=f"{request}, {say(request.asked_on)}",
        late=0 if answered else max((day - request.due_on).days, 0),
        done=answered,
        restricted=is_hidden,
    )


def proofs_of(rows: Sequence[int]) -> dict[int, ActionProof]:
    """The evidence with these rows of actions (ids), by row. One query."""
    found = ActionProof.objects.standing().filter(row__in=rows).select_related("paper", "item__meeting")
    return {each.row_id: each for each in found}


def proof_words_with_place(proof: ActionProof | RequestProof) -> str:
    """ "A letter, 3 December 2026 (Accountability meeting, 1 December 2026): It arrived with the figures."."""
    paper = getattr(proof, "paper", None)
    return proof_words(proof, proof.item.meeting if proof.item else paper)
