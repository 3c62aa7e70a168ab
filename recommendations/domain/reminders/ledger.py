"""A person's one email of the day, about update rounds and everything else, claimed before it is sent.

The states of a mail, which prevent a reminder being sent twice, are in domain/mails/mail_ledger.py.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recommendations.domain.mails import mail_ledger
from recommendations.domain.reminders.audience import Audience, everyone
from recommendations.domain.reminders.due import DueMatter, ToldKey, due_by_person
from recommendations.domain.rounds import reminders as rounds
from recommendations.domain.rounds.reminders import DueReminder
from recommendations.domain.writing.records import lock_row
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import BankHoliday, ReminderItem, ReminderMail, ReminderRule, User
from recommendations.working_days import Proclaimed


@dataclass(frozen=True)
class DueToday:
    """The content of a day's email: rounds, and other matters."""

    rounds: tuple[DueReminder, ...]
    matters: tuple[DueMatter, ...]

    def __bool__(self) -> bool:
        return bool(self.rounds or self.matters)


@dataclass(frozen=True)
class Reminder:
    """An email claimed by this run, and its content."""

    mail: ReminderMail
    person: User
    due: DueToday


def waiting(on: datetime.date, at: datetime.datetime) -> list[tuple[User, DueToday]]:
    """Return the users who would be sent an email now, and its content. Writes nothing."""
    audience, proclaimed = everyone(), BankHoliday.objects.by_day()
    matters = due_by_person(on, ReminderRule.objects.on(on), audience, proclaimed)
    of_rounds = {person.pk: person for person in rounds.people_to_remind()}
    found = []
    for pk, person in sorted((of_rounds | {pk: audience.people[pk] for pk in matters}).items()):
        due = _new(person, on, audience, matters, proclaimed, has_rounds=pk in of_rounds)
        if due and not _went(person, on, at):
            found.append((person, due))
    return found


def _new(
    person: User,
    on: datetime.date,
    audience: Audience,
    matters: dict[int, list[DueMatter]],
    proclaimed: Proclaimed,
    *,
    has_rounds: bool,
) -> DueToday:
    """Return what is due to a person and was not sent before."""
    if (person.pk, ReminderTopic.ROUND) in audience.off:
        has_rounds = False
    of_person = matters.get(person.pk, [])
    told = _sent_keys(person) if of_person else set()
    new = tuple(each for each in of_person if each.key not in told)
    return DueToday(tuple(rounds.due_reminders(person, on, proclaimed)) if has_rounds else (), new)


def _went(person: User, on: datetime.date, at: datetime.datetime) -> bool:
    """Whether a mail to them went out that day, or another run is sending one."""
    return person.reminders.filter(mail_ledger.went_or_goes(on, at)).exists()


def _sent_keys(person: User) -> set[ToldKey]:
    """Return the reminders sent to a person, or handed over without knowing whether they arrived."""
    items = ReminderItem.objects.filter(person=person, round=None, mail__state__in=mail_ledger.GONE).order_by()
    rows: QuerySet[Any, Any] = items.values_list("topic", "subject", "about_on", "step")
    return set(rows)


def claim(*, person: User, on: datetime.date, at: datetime.datetime) -> Reminder | None:
    """Claim a user's one email of the day, or return None if nothing is due or another run has it.

    A mail that failed earlier is tried again, with what is due now.
    """
    with transaction.atomic():
        person = lock_row(person)
        if _went(person, on, at):
            return None
        audience, proclaimed = everyone(), BankHoliday.objects.by_day()
        matters = due_by_person(on, ReminderRule.objects.on(on), audience, proclaimed)
        due = _new(person, on, audience, matters, proclaimed, has_rounds=True)
        if not due:
            return None
        mail = mail_ledger.reclaim_unsent(person.reminders.all(), on=on, at=at)
        # written at once: a claim in the ledger of emails, which is no record
        mail = mail or ReminderMail.objects.create(person=person, day=on, claimed_at=at)
        _list(mail, due)
    return Reminder(mail, person, due)


def _list(mail: ReminderMail, due: DueToday) -> None:
    """Record what a mail is about, replacing the items of an attempt that failed."""
    of = {"mail": mail, "person": mail.person}
    items = [ReminderItem(**of, round=each.round, kind=each.kind) for each in due.rounds]
    for each in due.matters:
        topic, subject, about_on, step = each.key
        items.append(ReminderItem(**of, topic=topic, subject=subject, about_on=about_on, step=step))
    # written at once: what an email lists is no record
    mail.items.all().delete()
    # written at once: what an email lists is no record
    ReminderItem.objects.bulk_create(items)
