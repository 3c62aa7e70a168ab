"""Who is reminded of which update rounds on which day, and which emails were sent (see domain/reminders/ledger.py)."""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from recommendations.domain.mails import mail_ledger
from recommendations.domain.people.open_things import people_inherited_from, sees_to, successor_of
from recommendations.domain.rounds.progress import RoundFigures, figures_of, reminder_days
from recommendations.enums import ReminderKind
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import ReminderItem, ReminderSwitch, UpdateRound, User
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.working_days import Proclaimed


@dataclass(frozen=True)
class DueReminder:
    """A reminder of one round that is due to a person, with the round's figures."""

    round: UpdateRound
    kind: ReminderKind
    figures: RoundFigures


class RoundMails(NamedTuple):
    """One day's emails about a round, of one kind, with their state and recipients, for the round's page."""

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
        """What went wrong with them, or "" if they were sent or are being sent."""
        return mail_ledger.wrong_words(self.state, self.problem)


def kind_on(round: UpdateRound, on: datetime.date, proclaimed: Proclaimed) -> ReminderKind | None:
    """Return the reminder due for a round on a day, or None between the last day and the working day after it.

    A missed run is caught up with until the next kind of reminder is due.
    """
    days = reminder_days(round, proclaimed)
    if on >= days.after:
        return ReminderKind.AFTER
    if on > days.last:
        return None
    return ReminderKind.BEFORE if days.before and on >= days.before else ReminderKind.ASKED


def due_reminders(person: User, on: datetime.date, proclaimed: Proclaimed) -> list[DueReminder]:
    """Return the reminders still due to a person on this day, by the rounds' last day, for rounds with lines to answer.

    Those who can answer are reminded at the start, before the last day and after it; those who asked, only after it.
    """
    rounds = list(_rounds_of(person).filter(asked_on__lte=on).order_by("due_on", "pk"))
    items = ReminderItem.objects.filter(person=person, round__in=rounds, mail__state__in=mail_ledger.GONE)
    sent, figures = set(items.values_list("round", "kind")), figures_of(rounds)
    kinds = (ReminderKind.AFTER,) if person.force_id is None else tuple(ReminderKind)
    due = [(each, kind_on(each, on, proclaimed)) for each in rounds if figures[each.pk].with_the_force]
    return [
        DueReminder(each, kind, figures[each.pk])
        for each, kind in due
        if kind is not None and kind in kinds and (each.pk, kind) not in sent
    ]


def _rounds_of(person: User) -> QuerySet:
    """Return the open rounds of which a person is reminded: their force's, or those that they keep or took over."""
    rounds = UpdateRound.objects.visible_to(person).open()
    if person.has_perm(May.ANSWER_ROUND):
        return rounds
    return rounds.filter(sees_to([person, *people_inherited_from(person)]))


def people_to_remind() -> list[User]:
    """Return the users to remind of open rounds, by id: those of the forces, and the keepers or their successors."""
    if not Section.ROUNDS.is_on:
        return []
    rounds = UpdateRound.objects.open()
    keepers = rounds.values(who=Coalesce("keeper", "asked_by"))
    askers = [successor_of(each) for each in User.objects.filter(pk__in=keepers)]
    of_force = Q(force__in=rounds.values("force"))
    return list(User.objects.filter(of_force | Q(pk__in=[each.pk for each in askers if each])).order_by("pk"))


def not_switched_off(people: list[User]) -> list[User]:
    """Return these people without those who switched off reminders of update rounds."""
    off = ReminderSwitch.objects.filter(person__in=people, topic=ReminderTopic.ROUND).values_list("person", flat=True)
    gone = set(off)
    return [each for each in people if each.pk not in gone]


def mails_about(round: UpdateRound) -> list[RoundMails]:
    """Return the emails about a round, latest first. One query."""
    items = round.reminders.order_by("-mail__day", "kind", "mail__state", "mail__problem", "person__name")
    rows = items.values_list("mail__day", "kind", "mail__state", "mail__problem", "person__name")
    mails = groupby(rows, key=lambda row: row[:-1])
    return [
        RoundMails(day, kind, state, problem, [row[-1] for row in same]) for (day, kind, state, problem), same in mails
    ]
