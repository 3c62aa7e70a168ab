"""Who is told about which update rounds on which day, and the ledger of the e-mails.

The steps of a mail, which keep that nobody is told the same twice, are in domain/writing/mail_ledger.py.
"""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from recommendations.domain.people.open_things import sees_to, stands_for, taken_over
from recommendations.domain.rounds.progress import RoundFigures, figures_of, reminder_days
from recommendations.domain.writing import mail_ledger
from recommendations.domain.writing.records import locked
from recommendations.enums import MailState, ReminderKind
from recommendations.models import ReminderItem, ReminderMail, UpdateRound, User
from recommendations.permissions import May


@dataclass(frozen=True)
class DueReminder:
    """What a person is to be told of one round, and how much of it waits."""

    round: UpdateRound
    kind: ReminderKind
    figures: RoundFigures


@dataclass(frozen=True)
class Reminder:
    """An e-mail that this run has claimed, and what it is to say."""

    mail: ReminderMail
    person: User
    due: tuple[DueReminder, ...]


class RoundMails(NamedTuple):
    """What became of the e-mails of one day about a round, for the round's page: to whom, of which kind."""

    day: datetime.date
    kind: str
    state: str
    problem: str
    names: list[str]

    @property
    def is_gone(self) -> bool:
        return self.state in mail_ledger.GONE

    @property
    def wrong(self) -> str:
        """What is wrong with them; empty where they were sent, or are being sent."""
        return mail_ledger.wrong_words(self.state, self.problem)


def kind_on(round: UpdateRound, on: datetime.date) -> ReminderKind | None:
    """What there is to say about a round on a day. A run that was missed is caught up with until its time has passed.

    None on the days between the last day and the working day after it.
    """
    days = reminder_days(round)
    if on >= days.after:
        return ReminderKind.AFTER
    if on > days.last:
        return None
    return ReminderKind.BEFORE if days.before and on >= days.before else ReminderKind.ASKED


def due_for(person: User, on: datetime.date) -> list[DueReminder]:
    """What a person is still to be told by this day, by the last day of the rounds. Nothing about what is answered.

    Whoever can answer is told at the start, before and after the last day; whoever asked, after it.
    """
    rounds = list(_rounds_of(person).filter(asked_on__lte=on).order_by("due_on", "pk"))
    items = ReminderItem.objects.filter(person=person, round__in=rounds, mail__state__in=mail_ledger.GONE)
    told, figures = set(items.values_list("round", "kind")), figures_of(rounds)
    kinds = (ReminderKind.AFTER,) if person.force_id is None else tuple(ReminderKind)
    return [
        DueReminder(each, kind, figures[each.pk])
        for each in rounds
        if (kind := kind_on(each, on)) in kinds and figures[each.pk].with_the_force and (each.pk, kind) not in told
    ]


def _rounds_of(person: User) -> QuerySet:
    """The open rounds that a person is told about: the force's own, or the ones that they see to or took over."""
    rounds = UpdateRound.objects.visible_to(person).open()
    if person.has_perm(May.ANSWER_ROUND):
        return rounds
    return rounds.filter(sees_to([person, *taken_over(person)]))


def waiting(on: datetime.date, at: datetime.datetime) -> list[tuple[User, list[DueReminder]]]:
    """Whom an e-mail would go to if they were sent now, and what it would be about. Writes nothing."""
    rounds = UpdateRound.objects.open()
    keepers = rounds.values(who=Coalesce("keeper", "asked_by"))
    askers = [stands_for(each) for each in User.objects.filter(pk__in=keepers)]
    of_force = Q(force__in=rounds.values("force"))
    people = User.objects.filter(of_force | Q(pk__in=[each.pk for each in askers if each]))
    found = [(person, _due_now(person, on, at)) for person in people.order_by("pk")]
    return [(person, due) for person, due in found if due]


def _due_now(person: User, on: datetime.date, at: datetime.datetime) -> list[DueReminder]:
    """What is due, unless a mail went to them on that day or another run is about to send one."""
    went = Q(day=on, state__in=mail_ledger.GONE)
    claimed = Q(state=MailState.CLAIMED, claimed_at__gt=at - mail_ledger.STALE_AFTER)
    return [] if person.reminders.filter(went | claimed).exists() else due_for(person, on)


def claim(*, person: User, on: datetime.date, at: datetime.datetime) -> Reminder | None:
    """Claim the one e-mail of a day for a person. None where nothing is due, or another run was first.

    A mail that did not go before is taken up again, with what is due now.
    """
    with transaction.atomic():
        person = locked(person)
        due = _due_now(person, on, at)
        if not due:
            return None
        # written at once: a claim in the ledger of e-mails, which is no record
        mail = _taken_up(person, on, at) or ReminderMail.objects.create(person=person, day=on, claimed_at=at)
        # written at once: what an e-mail that did not go was to list
        mail.items.all().delete()
        items = [ReminderItem(mail=mail, person=person, round=each.round, kind=each.kind) for each in due]
        # written at once: what an e-mail lists is no record
        ReminderItem.objects.bulk_create(items)
    return Reminder(mail, person, tuple(due))


def _taken_up(person: User, on: datetime.date, at: datetime.datetime) -> ReminderMail | None:
    """The person's mail that did not go, claimed anew for this day."""
    mail = person.reminders.exclude(state__in=mail_ledger.GONE).first()
    if mail is None:
        return None
    mail_ledger.take_up(mail, at=at, day=on)
    return mail


def told_about(round: UpdateRound) -> list[RoundMails]:
    """The e-mails about a round, the latest first. One query."""
    items = round.reminders.order_by("-mail__day", "kind", "mail__state", "mail__problem", "person__name")
    rows = items.values_list("mail__day", "kind", "mail__state", "mail__problem", "person__name")
    mails = groupby(rows, key=lambda row: row[:-1])
    return [
        RoundMails(day, kind, state, problem, [row[-1] for row in same]) for (day, kind, state, problem), same in mails
    ]
