"""Approvals pending on a London day, with their authors, who may not decide them; and declined closures."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Exists, OuterRef, Q

from recommendations.domain.papers.factual_check_status import awaiting_check
from recommendations.domain.people.open_things import successor_of
from recommendations.enums import ClosureState, ResponseState
from recommendations.enums.actions import ActionVoice
from recommendations.enums.register import RecheckAnswer
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import (
    Closure,
    DraftPart,
    PaperWords,
    Recheck,
    RequestAnswer,
    ResponseSubmission,
    ScrutinyReport,
)
from recommendations.periods import Period, day_end, day_start, london_day


@dataclass(frozen=True)
class OpenMatter:
    """One open matter: its topic, the day it is about, and its address.

    `person` is the id of its lead's or keeper's account, if any; `force` the id of its force; `authors` may not decide
    it; `only` is the only person to remind; `doer` is who does an action, which concerns nobody else. It contains no
    text from a record, so that an email cannot disclose any.
    """

    topic: ReminderTopic
    subject: int
    about_on: datetime.date
    path: str
    person: int | None = None
    force: int | None = None
    authors: frozenset[int] = frozenset()
    only: int | None = None
    doer: ActionVoice | None = None


def closures(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the undecided requests to close, or to reopen after a slip."""
    yield from _slips(day)
    found = Closure.objects.filter(_undecided_q("requested_at", "decided_at", day), tracked__withdrawn_at__isnull=True)
    for each in found.select_related("tracked").order_by("requested_at", "pk"):
        yield _closure_matter(ReminderTopic.CLOSURE, each, each.requested_at, authors=_people([each.requested_by_id]))


def _slips(day: datetime.date) -> Iterator[OpenMatter]:
    """Yield the undecided slips of recommendations that were closed on that day."""
    found = Recheck.objects.of_closed(day).filter(
        _undecided_q("recorded_at", "decided_at", day), answer=RecheckAnswer.SLIPPED
    )
    for each in found.select_related("tracked", "closure").order_by("recorded_at", "pk"):
        if each.tracked.withdrawn_at is None:
            authors = _people([each.recorded_by_id])
            yield _closure_matter(ReminderTopic.CLOSURE, each.closure, each.recorded_at, authors=authors)


def _closure_matter(
    topic: ReminderTopic,
    closure: Closure,
    since: datetime.datetime,
    *,
    authors: frozenset[int] = frozenset(),
    only: int | None = None,
) -> OpenMatter:
    of, day = closure.tracked, london_day(since)
    return OpenMatter(topic, closure.pk, day, of.get_absolute_url(), None, of.force_id, authors, only)


def _undecided_q(since: str, until: str, day: datetime.date) -> Q:
    """Return the condition for what existed at the end of a day and was not decided by then."""
    end = day_end(day)
    return Q(**{f"{since}__lt": end}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": end}))


def returned_closures(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the declined requests, for the requester or their successor, until closure is requested again."""
    later = Closure.objects.filter(
        tracked=OuterRef("tracked"), requested_at__gt=OuterRef("requested_at"), requested_at__lt=day_end(day)
    )
    between = {"decided_at__gte": day_start(about.start), "decided_at__lt": day_end(min(day, about.end))}
    found = Closure.objects.filter(~Exists(later), state=ClosureState.DECLINED, **between)
    found = found.filter(tracked__withdrawn_at__isnull=True, requested_by__isnull=False)
    for each in found.select_related("tracked", "requested_by").order_by("decided_at", "pk"):
        if asked := successor_of(each.requested_by):
            assert each.decided_at is not None  # closure_state_has_its_stamps
            yield _closure_matter(ReminderTopic.RETURNED, each, each.decided_at, only=asked.pk)


def responses_to_approve(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the submitted responses. Whoever submitted one or wrote a part of it may not approve it."""
    found = ResponseSubmission.objects.filter(_undecided_q("submitted_at", "decided_at", day))
    waiting = found.exclude(response__state=ResponseState.WITHDRAWN).select_related("response")
    submissions = list(waiting.defer("text").order_by("pk"))
    wrote = _writers({each.response_id for each in submissions})
    for each in submissions:
        authors = _people([each.submitted_by_id, *wrote[each.response_id]])
        path = each.response.get_absolute_url()
        yield OpenMatter(ReminderTopic.APPROVAL, each.pk, london_day(each.submitted_at), path, authors=authors)


def papers(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the drafts for finished periods, unless a factual check is running. Their authors may not finalise them."""
    drafts = ScrutinyReport.objects.filter(_undecided_q("prepared_at", "finalised_at", day), end__lt=day)
    found = list(drafts.filter(part_of__isnull=True).exclude(awaiting_check(day)).defer("figures").order_by("pk"))
    wrote = _authors(found)
    for each in found:
        since = max(london_day(each.prepared_at), each.end + datetime.timedelta(days=1))
        authors = _people([each.prepared_by_id, *wrote[each.pk]])
        path = each.get_absolute_url()
        yield OpenMatter(ReminderTopic.PAPER, each.pk, since, path, force=each.force_id, authors=authors)


def _authors(papers: list[ScrutinyReport]) -> defaultdict[int, set[int | None]]:
    """Return the authors of each of these papers and their parts."""
    of_papers = Q(paper__in=papers) | Q(paper__part_of__in=papers)
    wrote: defaultdict[int, set[int | None]] = defaultdict(set)
    columns = ("paper", "paper__part_of", "written_by")
    words, answers = (model.objects.filter(of_papers).values_list(*columns) for model in (PaperWords, RequestAnswer))
    for paper, whole, person in chain(words, answers):
        wrote[whole or paper].add(person)
    return wrote


def _writers(responses: set[int]) -> defaultdict[int, set[int | None]]:
    """Return the authors of each of these drafts' parts."""
    found: defaultdict[int, set[int | None]] = defaultdict(set)
    parts = DraftPart.objects.filter(response__in=responses).order_by()
    for pk, person in parts.values_list("response", "saved_by"):
        found[pk].add(person)
    return found


def _people(ids: Iterable[int | None]) -> frozenset[int]:
    return frozenset(pk for pk in ids if pk is not None)
