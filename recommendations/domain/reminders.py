"""Who is told about which update rounds on which day, and the ledger of the e-mails.

A mail is claimed before it is sent, and marked as handed over before the mail server gets its text. What was not handed
over is tried again by a later run; what was handed over never is, so that nobody is told the same twice
(docs/adr/0010).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from recommendations.domain.records import locked
from recommendations.domain.round_figures import RoundFigures, figures_of, reminder_days
from recommendations.enums import MailState, ReminderKind
from recommendations.models import ReminderItem, ReminderMail, UpdateRound, User
from recommendations.permissions import May

STALE_AFTER = datetime.timedelta(minutes=10)  # a claim this old is nobody's: its run was stopped
GONE = (MailState.HANDED, MailState.SENT)
STOPPED = "The sending was stopped while the mail server took it."


@dataclass(frozen=True)
class Due:
    """What a person is to be told of one round, and how much of it waits."""

    round: UpdateRound
    kind: ReminderKind
    figures: RoundFigures


@dataclass(frozen=True)
class Reminder:
    """An e-mail that this run has claimed, and what it is to say."""

    mail: ReminderMail
    person: User
    due: tuple[Due, ...]


class Told(NamedTuple):
    """What became of the e-mails of one day about a round, for the round's page: to whom, of which kind."""

    day: datetime.date
    kind: str
    state: str
    problem: str
    names: list[str]

    @property
    def is_gone(self) -> bool:
        return self.state in GONE

    @property
    def wrong(self) -> str:
        """What is wrong with them; empty where they were sent, or are being sent."""
        start = {MailState.FAILED: "Not sent.", MailState.HANDED: "Not known whether it arrived."}
        return f"{start[self.state]} {self.problem}" if self.problem else ""


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


def due_for(person: User, on: datetime.date) -> list[Due]:
    """What a person is still to be told by this day, by the last day of the rounds. Nothing about what is answered.

    Whoever can answer is told at the start, before and after the last day; whoever asked, after it.
    """
    rounds = list(_rounds_of(person).filter(asked_on__lte=on).order_by("due_on", "pk"))
    items = ReminderItem.objects.filter(person=person, round__in=rounds, mail__state__in=GONE)
    told, figures = set(items.values_list("round", "kind")), figures_of(rounds)
    kinds = (ReminderKind.AFTER,) if person.force_id is None else tuple(ReminderKind)
    found = [Due(each, kind_on(each, on), figures[each.pk]) for each in rounds]
    return [
        each
        for each in found
        if each.kind in kinds and each.figures.with_the_force and (each.round.pk, each.kind) not in told
    ]


def _rounds_of(person: User) -> QuerySet:
    """The open rounds that a person is told about: the force's own, or the ones that they asked for."""
    rounds = UpdateRound.objects.visible_to(person).open()
    return rounds if person.has_perm(May.ANSWER_ROUND) else rounds.filter(asked_by=person)


def waiting(on: datetime.date, at: datetime.datetime) -> list[tuple[User, list[Due]]]:
    """Whom an e-mail would go to if they were sent now, and what it would be about. Writes nothing."""
    rounds = UpdateRound.objects.open()
    people = User.objects.filter(Q(force__in=rounds.values("force")) | Q(pk__in=rounds.values("asked_by")))
    found = [(person, _due_now(person, on, at)) for person in people.order_by("pk")]
    return [(person, due) for person, due in found if due]


def _due_now(person: User, on: datetime.date, at: datetime.datetime) -> list[Due]:
    """What is due, unless a mail went to them on that day or another run is about to send one."""
    went, claimed = Q(day=on, state__in=GONE), Q(state=MailState.CLAIMED, claimed_at__gt=at - STALE_AFTER)
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
        mail = _taken_up(person, on, at) or ReminderMail.objects.create(person=person, day=on, claimed_at=at)
        mail.items.all().delete()
        items = [ReminderItem(mail=mail, person=person, round=each.round, kind=each.kind) for each in due]
        ReminderItem.objects.bulk_create(items)
    return Reminder(mail, person, tuple(due))


def _taken_up(person: User, on: datetime.date, at: datetime.datetime) -> ReminderMail | None:
    """The person's mail that did not go, claimed anew for this day."""
    mail = person.reminders.exclude(state__in=GONE).first()
    if mail is None:
        return None
    values = {"state": MailState.CLAIMED, "day": on, "claimed_at": at, "attempts": mail.attempts + 1, "problem": ""}
    _move(mail, (mail.state,), **values)
    return mail


def hand_over(reminder: Reminder) -> bool:
    """Mark a mail as handed over, right before the mail server gets its text. False: another run holds it now."""
    return _move(reminder.mail, (MailState.CLAIMED,), state=MailState.HANDED)


def mark_sent(reminder: Reminder, *, at: datetime.datetime) -> None:
    """The mail server took it."""
    _move(reminder.mail, (MailState.HANDED,), state=MailState.SENT, sent_at=at)


def mark_failed(reminder: Reminder, problem: str) -> None:
    """The mail server did not take it. A later run tries again."""
    _move(reminder.mail, (MailState.CLAIMED, MailState.HANDED), state=MailState.FAILED, problem=problem)


def mark_not_known(reminder: Reminder, problem: str) -> None:
    """The mail server had all of it and did not say that it took it. It is not sent again."""
    _move(reminder.mail, (MailState.HANDED,), problem=problem)


def _move(mail: ReminderMail, start: Iterable[str], **values) -> bool:
    """Change a mail while it is where this attempt left it: the conditional UPDATE keeps two runs apart."""
    rows = ReminderMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state__in=start)
    moved = rows.update(**values) == 1
    if moved:
        for name, value in values.items():
            setattr(mail, name, value)
    return moved


def note_stopped(at: datetime.datetime) -> int:
    """Say in the ledger which mails were handed over by a run that was stopped; return how many are new."""
    rows = ReminderMail.objects.filter(state=MailState.HANDED, problem="", claimed_at__lte=at - STALE_AFTER)
    return rows.update(problem=STOPPED)


def told_about(round: UpdateRound) -> list[Told]:
    """The e-mails about a round, the latest first. One query."""
    rows = round.reminders.order_by("-mail__day", "kind", "mail__state", "mail__problem", "person__name")
    rows = rows.values_list("mail__day", "kind", "mail__state", "mail__problem", "person__name")
    return [Told(*mail, [row[-1] for row in same]) for mail, same in groupby(rows, key=lambda row: row[:-1])]
