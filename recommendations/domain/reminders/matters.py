"""What is open on a London day and needs a reminder: each topic with the function that finds its matters.

Today is not special: the same functions find what to send now and, for a preview, what was open at the end of a past
day, as known now. A finished matter is not found, so its reminders stop. One or two queries each.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from recommendations.domain.inspections.statutory_clock import with_answer
from recommendations.domain.reminders.approvals import (
    OpenMatter,
    closures,
    papers,
    responses_to_approve,
    returned_closures,
)
from recommendations.domain.reminders.next_checks import next_checks
from recommendations.enums.actions import ActionVoice
from recommendations.enums.reminders import ReminderTopic
from recommendations.enums.sources import Answerer
from recommendations.models import ActionRow, Inspection, Standing
from recommendations.periods import Period
from recommendations.sections import Section

OF_SECTIONS: dict[ReminderTopic, Section] = {
    ReminderTopic.RECHECK: Section.RECHECKS,
    ReminderTopic.COMMITMENT: Section.COMMITMENTS,
    ReminderTopic.ROUND: Section.ROUNDS,
    ReminderTopic.ACTION: Section.ACTIONS,
}


def responses(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield what was unanswered on that day: responses of the policing body, and answers by others that it follows."""
    follows = Q(answerer=Answerer.CHIEF_OFFICER, needs_response=False)
    follows &= Q(answer_sent_on__isnull=True) | Q(answer_sent_on__gt=day)
    found = with_answer(Inspection.objects.filter(Q(needs_response=True) | follows, published_on__lte=day))
    for each in found.filter(Q(answered_on__isnull=True) | Q(answered_on__gt=day)).order_by("pk"):
        if each.last_day and each.last_day in about:
            yield OpenMatter(ReminderTopic.RESPONSE, each.pk, each.last_day, each.get_absolute_url())


def targets(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the open recommendations with a target date, without those whose closure is requested."""
    rows = _open(day).filter(target_on__range=(about.start, about.end), closure_requested_on__isnull=True)
    return _register_matters(ReminderTopic.TARGET, rows, "target_on")


def assurances(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the open recommendations whose latest assurance is to be reviewed."""
    rows = _open(day).filter(revisit_on__range=(about.start, about.end))
    return _register_matters(ReminderTopic.ASSURANCE, rows, "revisit_on")


def disputes(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the open recommendations that the force does not accept, with the day on which the office reviews that."""
    rows = _open(day).filter(dispute_review_on__range=(about.start, about.end))
    return _register_matters(ReminderTopic.DISPUTE, rows, "dispute_review_on")


def rechecks(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the closed recommendations due for a recheck."""
    if is_offered(ReminderTopic.RECHECK):
        # without visible_to: who is told of which is domain/reminders/audience.py's
        rows = Standing.objects.on(day).filter(look_again_on__range=(about.start, about.end))
        yield from _register_matters(ReminderTopic.RECHECK, rows, "look_again_on")


def is_offered(topic: ReminderTopic) -> bool:
    """Whether reminders of a topic exist here: not if its section is switched off."""
    return topic not in OF_SECTIONS or OF_SECTIONS[topic].is_on


def _open(day: datetime.date) -> QuerySet[Standing]:
    # without visible_to: who is told of which is domain/reminders/audience.py's
    return Standing.objects.on(day).open()


def _register_matters(topic: ReminderTopic, rows: QuerySet, column: str) -> Iterator[OpenMatter]:
    columns = ("tracked", column, "tracked__opcc_person", "force")
    for pk, day, lead, force in rows.order_by(column, "reference").values_list(*columns):
        yield OpenMatter(topic, pk, day, reverse("tracked", args=[pk]), lead, force)


def commitments(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the commitments with a next check, as planned on the day."""
    if not is_offered(ReminderTopic.COMMITMENT):
        return
    for pk, next_on, keeper in next_checks(day):
        if next_on in about:
            yield OpenMatter(ReminderTopic.COMMITMENT, pk, next_on, reverse("commitment", args=[pk]), person=keeper)


def actions(day: datetime.date, about: Period) -> Iterator[OpenMatter]:
    """Yield the actions that were open on the day, with their owners and whether the force or the office does them."""
    if not is_offered(ReminderTopic.ACTION):
        return
    # without visible_to: who is told of which is domain/reminders/audience.py's
    rows = ActionRow.objects.latest_of_each(day).open().filter(due_on__range=(about.start, about.end))
    columns = ("action", "due_on", "owner_person", "action__force", "action__voice")
    for pk, due_on, owner, force, voice in rows.values_list(*columns):
        path, doer = reverse("action", args=[pk]), ActionVoice(voice)
        yield OpenMatter(ReminderTopic.ACTION, pk, due_on, path, owner, force, doer=doer)


Find = Callable[[datetime.date, Period], Iterator[OpenMatter]]


@dataclass(frozen=True)
class MatterSource:
    """The function that finds a topic's matters, and the address of the full list."""

    find: Find
    all_of_them: Callable[[], str]


# In the order of the email.
SOURCES: dict[ReminderTopic, MatterSource] = {
    ReminderTopic.RESPONSE: MatterSource(responses, lambda: f"{reverse('responses')}?waiting=write"),
    ReminderTopic.CLOSURE: MatterSource(closures, lambda: f"{reverse('register')}?show=pending&closure=to_decide"),
    ReminderTopic.APPROVAL: MatterSource(responses_to_approve, lambda: f"{reverse('responses')}?waiting=approve"),
    ReminderTopic.PAPER: MatterSource(papers, lambda: f"{reverse('papers')}?state=finalise"),
    ReminderTopic.RETURNED: MatterSource(returned_closures, lambda: f"{reverse('register')}?closure=sent_back"),
    ReminderTopic.TARGET: MatterSource(targets, lambda: reverse("register")),
    ReminderTopic.ACTION: MatterSource(actions, lambda: reverse("actions")),
    ReminderTopic.COMMITMENT: MatterSource(commitments, lambda: reverse("commitments")),
    ReminderTopic.ASSURANCE: MatterSource(assurances, lambda: reverse("register")),
    ReminderTopic.DISPUTE: MatterSource(disputes, lambda: f"{reverse('register')}?disputed=yes"),
    ReminderTopic.RECHECK: MatterSource(rechecks, lambda: f"{reverse('register')}?show=closed&recheck=again"),
}
