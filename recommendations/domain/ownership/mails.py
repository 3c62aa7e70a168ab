"""The email about records handed to a user and notes that mention them: opt-in, at most once a day.

The states of a mail, which prevent a notice being sent twice, are in domain/mails/mail_ledger.py.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from recommendations.domain.mails import mail_ledger
from recommendations.domain.ownership.notices import may_be_told
from recommendations.domain.writing.records import lock_row
from recommendations.enums.ownership import NoticeKind
from recommendations.models import LastLook, NoticeMail, PersonalNotice, User

OLDEST = datetime.timedelta(days=7)  # older notices are shown on the first page only


@dataclass(frozen=True)
class NoticesMail:
    """An email claimed by this run, and the number of notices of each kind in it."""

    mail: NoticeMail
    person: User
    given: int
    named: int


def waiting(on: datetime.date, at: datetime.datetime) -> list[User]:
    """Return the users who would be sent an email on a day. Writes nothing."""
    people = User.objects.filter(is_active=True, mails_notices=True).order_by("pk")
    return [person for person in people if may_be_told(person) and _due_notices(person, on, at).exists()]


def _due_notices(person: User, on: datetime.date, at: datetime.datetime) -> QuerySet[PersonalNotice]:
    """Return the notices neither seen nor mailed; none if a mail went out that day or is being sent."""
    mails = person.notice_mails.filter(mail_ledger.went_or_goes(on, at))
    looked = LastLook.objects.filter(person=person, at__gte=OuterRef("at"))
    told = Q(mail__state__in=mail_ledger.GONE) | Q(note__withdrawn_at__isnull=False)
    found = PersonalNotice.objects.filter(~Exists(looked), person=person, at__gt=at - OLDEST).exclude(told)
    return found.none() if mails.exists() else found


def claim(*, person: User, on: datetime.date, at: datetime.datetime) -> NoticesMail | None:
    """Claim a user's one email of the day, or return None if nothing is due or another run has it.

    A mail that failed earlier is tried again, with what is due now.
    """
    with transaction.atomic():
        person = lock_row(person)
        due = list(_due_notices(person, on, at)) if person.mails_notices and may_be_told(person) else []
        if not due:
            return None
        mail = mail_ledger.reclaim_unsent(person.notice_mails.all(), on=on, at=at)
        # written at once: a claim in the ledger of emails, which is no record
        mail = mail or NoticeMail.objects.create(person=person, day=on, claimed_at=at)
        # written at once: which mail tells of what is no record
        PersonalNotice.objects.filter(mail=mail).update(mail=None)
        # written at once: which mail tells of what is no record
        PersonalNotice.objects.filter(pk__in=[each.pk for each in due]).update(mail=mail)
    kinds = [each.kind for each in due]
    return NoticesMail(mail, person, kinds.count(NoticeKind.GIVEN), kinds.count(NoticeKind.NAMED))
