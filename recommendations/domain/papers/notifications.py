"""E-mails to committee members that a paper was issued, once each (see domain/mails/mail_ledger.py)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recommendations.domain.mails import mail_ledger
from recommendations.domain.writing.records import lock_row
from recommendations.enums import MailState, Role
from recommendations.models import CommitteeSeat, Panel, PaperIssue, PaperMail, PaperReader, ScrutinyReport, User
from recommendations.periods import london_day, say

NO_ACCOUNT = "the account is closed, so nothing can be sent"
NOT_YET = "will be e-mailed within the hour"


@dataclass(frozen=True)
class PaperNotice:
    """An e-mail about an issued paper, claimed by this run."""

    mail: PaperMail
    reader: PaperReader


@dataclass(frozen=True)
class MeetingMails:
    """The state of one meeting's e-mails for the paper's page: in words, and to whom."""

    words: str
    names: tuple[str, ...]
    is_wrong: bool


def people_to_tell(panel: Panel | None = None) -> QuerySet:
    """Return the users who can be e-mailed: active committee members, of the given committee if there is one."""
    people = User.objects.filter(role=Role.COMMITTEE_MEMBER, is_active=True).order_by("name", "pk")
    if panel is None:
        return people
    return people.filter(pk__in=CommitteeSeat.objects.current().filter(panel=panel).values("person"))


def waiting(at: datetime.datetime, **only: Any) -> list[PaperReader]:
    """Return readers still to be e-mailed who may see the paper, filtered by `only`. Withdrawn issues are left out."""
    to_go = mail_ledger.still_to_go(at)
    rows = PaperReader.objects.filter(to_go, issue__withdrawn_at__isnull=True, person__is_active=True)
    rows = rows.filter(**only).select_related("issue__paper", "person").defer("issue__paper__figures")
    return [each for each in rows.order_by("pk") if _may_see(each)]


def _may_see(reader: PaperReader) -> bool:
    return ScrutinyReport.objects.visible_to(reader.person).filter(pk=reader.issue.paper_id).exists()


def claim(*, reader: PaperReader, at: datetime.datetime) -> PaperNotice | None:
    """Claim a reader's e-mail, or return None if another run has it or it is no longer to be sent.

    A mail that failed earlier is tried again.
    """
    with transaction.atomic():
        lock_row(reader)
        still = waiting(at, pk=reader.pk)
        mail = mail_ledger.claim_one(PaperMail, at=at, reader=reader) if still else None
    return PaperNotice(mail, still[0]) if mail else None


def mails_of_issues(issues: Iterable[PaperIssue]) -> dict[int, list[MeetingMails]]:
    """Return, for each issue, who was e-mailed when, who is still to be, and whose mail failed. One query."""
    found: dict[int, dict] = defaultdict(lambda: defaultdict(list))
    readers = PaperReader.objects.filter(issue__in=issues).select_related("person", "mail")
    for reader in readers.order_by("mail__sent_at", "person__name", "pk"):
        found[reader.issue_id][_standing(reader)].append(reader.person.name)
    return {
        pk: [MeetingMails(words, tuple(names), is_wrong) for (words, is_wrong), names in by_words.items()]
        for pk, by_words in found.items()
    }


def _standing(reader: PaperReader) -> tuple[str, bool]:
    """Return the state of a reader's e-mail in words, and whether something is wrong with it."""
    mail = getattr(reader, "mail", None)
    if mail and mail.state == MailState.SENT:
        return f"e-mailed on {say(london_day(mail.sent_at))}", False
    if mail and mail.state == MailState.HANDED and not mail.problem:
        return "being e-mailed", False
    if not reader.person.is_active and not (mail and mail.state == MailState.HANDED):
        return NO_ACCOUNT, True
    if mail and mail.problem:
        wrong = mail_ledger.wrong_words(mail.state, mail.problem)
        return wrong[0].lower() + wrong[1:], True
    return NOT_YET, False
