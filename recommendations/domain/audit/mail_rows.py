"""Verification of the email ledgers against the trail (domain/mails/mail_ledger.py).

A mail is verified from the end of an attempt to the start of the next: in between it changes without an entry. A mail
without an entry yet is not verified.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db.models import QuerySet

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.told import TrailedRecordSaves
from recommendations.domain.audit.trailed_rows import AT_ONCE, side_by_side
from recommendations.domain.mails.mail_ledger import LEDGERS, AnyMail, columns_of, has_ended, mail_digests
from recommendations.enums import MailState
from recommendations.trail import Digests

# Columns that no attempt changes.
STAYS = ("id", "person_id", "reader_id", "invitation_id", "subscriber", "release_id", "notice_id")


class MailRows:
    """The mails of one ledger, compared with the trail."""

    def __init__(self, ledger: type[AnyMail]) -> None:
        self.ledger = ledger
        self.columns = columns_of(ledger)

    def differences(self, records: Iterable[TrailedRecordSaves], *, partly: bool = False) -> Iterator[str]:
        """The differences between rows and trail. `records` is in order of the mails' ids.

        `partly`: `records` is only the end of the trail, so only its mails are compared.
        """
        mails: QuerySet[Any] = self.ledger.objects.order_by("pk")
        if not partly:
            yield from self._differences(records, mails)
            return
        for some in batched(records, AT_ONCE):
            yield from self._differences(some, mails.filter(pk__in=[pk for pk, _ in some]))

    def _differences(self, records: Iterable[TrailedRecordSaves], mails: QuerySet[Any]) -> Iterator[str]:
        rows = ((mail.pk, mail) for mail in rows_of(mails))
        for pk, ends, mail in side_by_side(iter(records), rows):
            if wrong := self._wrong(mail, ends[-1].fields if ends else None):
                yield f"{self._label(pk)} {wrong}."

    def _wrong(self, mail: AnyMail | UnreadableRow | None, digests: Digests | None) -> str:
        if mail is None:
            return "was deleted"
        if isinstance(mail, UnreadableRow):
            return f"was changed: {', '.join(mail.columns)}"
        if digests is None:
            return "is in no entry: it was inserted, or says that it ended" if has_ended(mail) else ""
        wrong = _changed_fields(mail, digests)
        if digests["state"] == trail.digest(MailState.FAILED) and "attempts" in wrong and not has_ended(mail):
            wrong = [name for name in wrong if name in STAYS]  # another attempt is under way
        return f"was changed: {', '.join(wrong)}" if wrong else ""

    def _label(self, pk: Any) -> str:
        return f"The {self.ledger._meta.verbose_name} {pk}"


def mail_rows() -> dict[str, MailRows]:
    """The ledgers by their label in entries."""
    return {ledger._meta.label_lower: MailRows(ledger) for ledger in LEDGERS}


def _changed_fields(mail: AnyMail, digests: Digests) -> list[str]:
    try:
        now = mail_digests(mail)["fields"]
    except Exception:  # an invalid cell of an item
        return ["items"]
    return [name for name, digest in now.items() if name in digests and digests[name] != digest]
