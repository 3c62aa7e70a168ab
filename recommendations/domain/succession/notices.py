"""Who is told of a change on its day, by one email each: the inspection leads of its forces, and the office's people.

What it says is written down in the verb that does the change, and sent after it (domain/mails/mail_ledger.py).
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from recommendations.domain.mails import mail_ledger
from recommendations.domain.ownership.people import OFFICE, office_people
from recommendations.domain.succession.going_over import leads_of
from recommendations.domain.writing.records import lock_row
from recommendations.enums import MailState
from recommendations.models import AccountChange, Force, Succession, SuccessionMail, SuccessionNotice, User
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext

CLOSED = "Your account is closed, because {force} ended."
MOVED = "You are an inspection lead of {force} now. Sign in again to go on."
ENDED = "Your role ended with it. An administrator decides whether you have it again: until then you cannot sign in."
STAYS = "Your account and your role stay as they are."
NOT_YET = "To be sent within the hour, on a working day"


@dataclass(frozen=True)
class ClaimedNotice:
    """A notice whose email this run has claimed."""

    mail: SuccessionMail
    notice: SuccessionNotice


@dataclass(frozen=True)
class NoticeRow:
    """A notice on the page of its change: to whom, what it says, and whether it went."""

    notice: SuccessionNotice
    state: str


def people_to_tell(forces: Collection[Force]) -> list[User]:
    """Return whom a change of these forces, or of their body, is told to: ask before it is done."""
    return [*leads_of(forces), *office_people()]


def add_notices(act: VerbContext, *, plan: Succession, people: Iterable[User], title: str, went: Iterable[str]) -> None:
    """Write down what each of `people`, read before the change, is told, inside the verb that has done it.

    `title` says what changed, and `went` are sentences about what went over, which the office alone is told.
    """
    for before in people:
        after = User.objects.select_related("force").get(pk=before.pk)
        lines = [f"{title} on {say(plan.day)}.", *(went if before.role in OFFICE else ()), _own_words(before, after)]
        act.save(SuccessionNotice(succession=plan, person=after, text="\n\n".join(lines)))


def _own_words(before: User, after: User) -> str:
    """What the change means for the person's own account."""
    if not after.is_active:
        waits = AccountChange.objects.open().filter(person=after, is_active=True).exists()
        return ENDED if waits else CLOSED.format(force=before.force)
    return MOVED.format(force=after.force) if before.force_id != after.force_id else STAYS


def waiting(at: datetime.datetime, **only: Any) -> list[SuccessionNotice]:
    """Return the notices whose email has still to be sent, filtered by `only`. Writes nothing."""
    rows = SuccessionNotice.objects.filter(mail_ledger.still_to_go(at), **only)
    return list(rows.select_related("person", "succession").order_by("pk"))


def claim(*, notice: SuccessionNotice, at: datetime.datetime) -> ClaimedNotice | None:
    """Claim a notice's email, or return None if another run has it. One that failed earlier is tried again."""
    with transaction.atomic():
        lock_row(notice)
        still = waiting(at, pk=notice.pk)
        mail = mail_ledger.claim_one(SuccessionMail, at=at, notice=notice) if still else None
    return ClaimedNotice(mail, still[0]) if mail else None


def notices_of(plan: Succession) -> list[NoticeRow]:
    """Return who was told of a change that was done, by name, and whether their email went. One query."""
    rows = SuccessionNotice.objects.filter(succession=plan).select_related("person", "mail").order_by("person__name")
    return [NoticeRow(each, _state(getattr(each, "mail", None))) for each in rows]


def _state(mail: SuccessionMail | None) -> str:
    if mail is None:
        return NOT_YET
    if mail.state == MailState.SENT and mail.sent_at:
        return f"Sent on {say(london_day(mail.sent_at))}"
    return mail_ledger.wrong_words(mail.state, mail.problem) or "Being sent"
