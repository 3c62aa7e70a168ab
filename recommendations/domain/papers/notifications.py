"""Who is told by e-mail that a paper was issued to a meeting, once each, and the ledger of that
(domain/writing/mail_ledger.py)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recommendations.domain.writing import mail_ledger
from recommendations.domain.writing.records import locked
from recommendations.enums import MailState, Role
from recommendations.models import CommitteeSeat, Panel, PaperIssue, PaperMail, PaperReader, ScrutinyReport, User
from recommendations.periods import london_day, say

NO_ACCOUNT = "the account is closed, so nothing can be sent"
NOT_YET = "will be e-mailed by the next run of send_reminders"


@dataclass(frozen=True)
class PaperNotice:
    """An e-mail about an issued paper that this run has claimed."""

    mail: PaperMail
    reader: PaperReader


@dataclass(frozen=True)
class MeetingMails:
    """What became of the e-mails of one meeting, for the paper's page: in words, and to whom."""

    words: str
    names: tuple[str, ...]
    is_wrong: bool


def people_to_tell(panel: Panel | None = None) -> QuerySet:
    """Whom an issued paper can be told to: committee members with an account, of this committee where one is given."""
    people = User.objects.filter(role=Role.COMMITTEE_MEMBER, is_active=True).order_by("name", "pk")
    if panel is None:
        return people
    return people.filter(pk__in=CommitteeSeat.objects.current().filter(panel=panel).values("person"))


def waiting(at: datetime.datetime, **only: Any) -> list[PaperReader]:
    """Who is still to be told of a meeting that stands, and may see its paper; of these `only`. Writes nothing."""
    to_go = mail_ledger.still_to_go(at)
    rows = PaperReader.objects.filter(to_go, issue__withdrawn_at__isnull=True, person__is_active=True)
    rows = rows.filter(**only).select_related("issue__paper", "person").defer("issue__paper__figures")
    return [each for each in rows.order_by("pk") if _may_see(each)]


def _may_see(reader: PaperReader) -> bool:
    return ScrutinyReport.objects.visible_to(reader.person).filter(pk=reader.issue.paper_id).exists()


def claim(*, reader: PaperReader, at: datetime.datetime) -> PaperNotice | None:
    """Claim the one e-mail to a reader. None where another run was first, or it is not to be sent any more.

    A mail that did not go before is taken up again.
    """
    with transaction.atomic():
        locked(reader)
        still = waiting(at, pk=reader.pk)
        mail = mail_ledger.claim_one(PaperMail, at=at, reader=reader) if still else None
    return PaperNotice(mail, still[0]) if mail else None


def told_of(issues: Iterable[PaperIssue]) -> dict[int, list[MeetingMails]]:
    """Of each issue who was told on which day, who is to be told, and whom nothing could be sent to. One query."""
    found: dict[int, dict] = defaultdict(lambda: defaultdict(list))
    readers = PaperReader.objects.filter(issue__in=issues).select_related("person", "mail")
    for reader in readers.order_by("mail__sent_at", "person__name", "pk"):
        found[reader.issue_id][_standing(reader)].append(reader.person.name)
    return {
        pk: [MeetingMails(words, tuple(names), is_wrong) for (words, is_wrong), names in by_words.items()]
        for pk, by_words in found.items()
    }


def _standing(reader: PaperReader) -> tuple[str, bool]:
    """Where the e-mail to a reader stands in words, and whether something is wrong with it."""
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
