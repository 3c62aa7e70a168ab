"""The states of emails in the ledgers of reminders, issued papers, invitations and so on (docs/adr/0010).

A mail is claimed before it is sent, and marked as handed over before the mail server gets its text. A later run retries
those not handed over, and never the others. `claimed` is any object with the `mail` of this run.

The end of each attempt is an entry of the trail, with a digest of each field of the row. In between the row changes
without one; the very first entry includes the mails that had ended before there were such entries.
"""

import datetime
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet

from recommendations import trail
from recommendations.domain.writing.conditional_update import update_if_unchanged
from recommendations.enums import MailState
from recommendations.models import (
    ForceMail,
    InvitationMail,
    NoticeMail,
    PaperMail,
    ReminderMail,
    SuccessionMail,
    TrailEntry,
)

type AnyMail = ReminderMail | PaperMail | InvitationMail | NoticeMail | ForceMail | SuccessionMail

LEDGERS = (ReminderMail, PaperMail, InvitationMail, NoticeMail, ForceMail, SuccessionMail)
STALE_AFTER = datetime.timedelta(minutes=10)  # an older claim is void: its run was stopped
GONE = (MailState.HANDED, MailState.SENT)
STOPPED = "The sending was stopped while the mail server took it."
ENDED = Q(state__in=(MailState.SENT, MailState.FAILED)) | Q(state=MailState.HANDED) & ~Q(problem="")
# Some of MailState: a mail that is claimed has not ended.
ENTRIES: dict[str, str] = {
    MailState.SENT: "email_sent",
    MailState.FAILED: "email_not_sent",
    MailState.HANDED: "email_not_known",
}
# Some of MailState: nothing is wrong with the others.
WRONG: dict[str, str] = {MailState.FAILED: "Not sent.", MailState.HANDED: "Not known whether it arrived."}


class Claimed(Protocol):
    """An object with the mail of this run."""

    @property
    def mail(self) -> AnyMail: ...


def still_to_go(at: datetime.datetime) -> Q:
    """The condition on rows with one `mail` each that it is to be sent: not begun, failed, or its run was stopped."""
    stopped = Q(mail__state=MailState.CLAIMED, mail__claimed_at__lte=at - STALE_AFTER)
    return Q(mail=None) | Q(mail__state=MailState.FAILED) | stopped


def claim_one[Mail: (PaperMail, InvitationMail, ForceMail, SuccessionMail)](
    ledger: type[Mail], *, at: datetime.datetime, **about: Any
) -> Mail | None:
    """Claim the one mail about a locked row: a new one, or a failed one. None: another run was first."""
    mail = ledger.objects.filter(**about).first()
    if mail is None:
        # written at once: a claim in the ledger of emails, which is no record
        return ledger.objects.create(claimed_at=at, **about)
    return mail if reclaim(mail, at=at) else None


def hand_over(claimed: Claimed) -> bool:
    """Mark a mail as handed over, right before the mail server gets its text. False: another run has it now."""
    return update_if_unchanged(claimed.mail, (MailState.CLAIMED,), state=MailState.HANDED)


def mark_sent(claimed: Claimed, *, at: datetime.datetime) -> None:
    """Mark a mail as sent: the mail server accepted it."""
    _end(claimed.mail, (MailState.HANDED,), at=at, state=MailState.SENT, sent_at=at)


def mark_failed(claimed: Claimed, problem: str, *, at: datetime.datetime) -> None:
    """Mark a mail as failed: the mail server did not accept it. A later run retries it."""
    _end(claimed.mail, (MailState.CLAIMED, MailState.HANDED), at=at, state=MailState.FAILED, problem=problem)


def mark_not_known(claimed: Claimed, problem: str, *, at: datetime.datetime) -> None:
    """Record that the mail server got all of it but did not confirm. It is not sent again."""
    _end(claimed.mail, (MailState.HANDED,), at=at, problem=problem)


def _end(mail: AnyMail, start: Iterable[str], *, at: datetime.datetime, **values: Any) -> bool:
    """Record the end of an attempt in the ledger, and the row's digests in the trail. False: another run has it."""
    with transaction.atomic():
        if not update_if_unchanged(mail, start, **values):
            return False
        rows = [mail] if _is_told() else [*_ended_mails(mail), mail]
        about, said = f"{mail._meta.verbose_name} {mail.pk}", trail.canonical([mail_digests(each) for each in rows])
        verb = ENTRIES[values.get("state", MailState.HANDED)]
        trail.record(by=None, at=at, verb=verb, changes=said, subject=mail, about=about)
    return True


def _is_told() -> bool:
    """Whether the trail has an entry of any mail."""
    labels = [ledger._meta.label_lower for ledger in LEDGERS]
    return TrailEntry.objects.filter(subject_model__in=labels).exists()


def _ended_mails(mail: AnyMail) -> list[AnyMail]:
    """All other mails that have ended."""
    rows = [each for ledger in LEDGERS for each in ledger.objects.filter(ENDED).order_by("pk")]
    return [each for each in rows if each != mail]


def has_ended(mail: AnyMail) -> bool:
    """Whether no attempt is under way: the same as ENDED."""
    return mail.state in (MailState.SENT, MailState.FAILED) or (mail.state == MailState.HANDED and mail.problem != "")


def columns_of(ledger: type[AnyMail]) -> tuple[str, ...]:
    """The names of the values in entries about a ledger's mails."""
    columns = tuple(each.attname for each in trail.trailed_fields(ledger))
    return (*columns, "items") if ledger is ReminderMail else columns


def mail_digests(mail: AnyMail) -> dict[str, Any]:
    """An entry's values for a mail: a digest of each field, and one of a reminder's items."""
    fields = trail.digests(mail)
    if isinstance(mail, ReminderMail):
        fields["items"] = trail.digest(sorted((each.trail_facts for each in mail.items.all()), key=_round_sort_key))
    return {"model": mail._meta.label_lower, "id": mail.pk, "fields": fields}


def _round_sort_key(values: list[Any]) -> tuple[bool, list[Any]]:
    return isinstance(values[0], str), values


def reclaim(mail: AnyMail, *, at: datetime.datetime, **values: Any) -> bool:
    """Claim a failed mail again. False: another run was first."""
    values |= {"state": MailState.CLAIMED, "claimed_at": at, "attempts": mail.attempts + 1, "problem": ""}
    return update_if_unchanged(mail, **values)


def went_or_goes(on: datetime.date, at: datetime.datetime) -> Q:
    """The condition on mails with a day: sent on this day, or about to be sent by another run."""
    return Q(day=on, state__in=GONE) | Q(state=MailState.CLAIMED, claimed_at__gt=at - STALE_AFTER)


def reclaim_unsent[Mail: (ReminderMail, NoticeMail)](
    mails: QuerySet[Mail], *, on: datetime.date, at: datetime.datetime
) -> Mail | None:
    """The first unsent of these mails, claimed again for this day, or None."""
    mail = mails.exclude(state__in=GONE).first()
    if mail is not None:
        reclaim(mail, at=at, day=on)
    return mail


def note_stopped(at: datetime.datetime) -> int:
    """Record in the ledgers which mails were handed over by a run that was stopped; return how many are new."""
    stopped = {"state": MailState.HANDED, "problem": "", "claimed_at__lte": at - STALE_AFTER}
    rows = [each for ledger in LEDGERS for each in ledger.objects.filter(**stopped)]
    return sum(_end(each, (MailState.HANDED,), at=at, problem=STOPPED) for each in rows)


def wrong_words(state: str, problem: str) -> str:
    """What is wrong with a mail, or "" if it was sent or is being sent."""
    return f"{WRONG[state]} {problem}" if problem else ""
