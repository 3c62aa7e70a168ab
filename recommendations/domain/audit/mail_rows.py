"""Verification of the e-mail ledgers against the trail (domain/mails/mail_ledger.py).

A mail is verified from the end of an attempt to the start of the next: in between it changes without an entry. A mail
without an entry yet is not verified.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db.models import QuerySet

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.told import ToldRecord
from recommendations.domain.audit.trailed_rows import AT_ONCE, side_by_side
from recommendations.domain.mails.mail_ledger import LEDGERS, AnyMail, columns_of, has_ended, said_of
from recommendations.enums import MailState
from recommendations.trail import Digests

STAYS = ("id", "person_id", "reader_id", "invitation_id", "subscriber", "release_id")  # columns that no attempt changes


class MailRows:
    """The mails of one ledger, compared with the trail."""

    def __init__(self, ledger: type[AnyMail]) -> None:
        self.ledger = ledger
        self.columns = columns_of(ledger)

    def differences(self, told: Iterable[ToldRecord], *, partly: bool = False) -> Iterator[str]:
        """The differences between rows and trail. `told` is in order of the mails' ids.

        `partly`: `told` is only the end of the trail, so only its mails are compared.
        """
        mails: QuerySet[Any] = self.ledger.objects.order_by("pk")
        if not partly:
            yield from self._differences(told, mails)
            return
        for some in batched(told, AT_ONCE):
            yield from self._differences(some, mails.filter(pk__in=[pk for pk, _ in some]))

    def _differences(self, told: Iterable[ToldRecord], mails: QuerySet[Any]) -> Iterator[str]:
        rows = ((mail.pk, mail) for mail in rows_of(mails))
        for pk, ends, mail in side_by_side(iter(told), rows):
            if wrong := self._wrong(mail, ends[-1].fields if ends else None):
                yield f"{self._named(pk)} {wrong}."

    def _wrong(self, mail: AnyMail | UnreadableRow | None, said: Digests | None) -> str:
        if mail is None:
            return "was deleted"
        if isinstance(mail, UnreadableRow):
            return f"was changed: {', '.join(mail.columns)}"
        if said is None:
            return "is in no entry: it was inserted, or says that it ended" if has_ended(mail) else ""
        wrong = _changed(mail, said)
        if said["state"] == trail.digest(MailState.FAILED) and "attempts" in wrong and not has_ended(mail):
            wrong = [name for name in wrong if name in STAYS]  # another attempt is under way
        return f"was changed: {', '.join(wrong)}" if wrong else ""

    def _named(self, pk: Any) -> str:
        return f"The {self.ledger._meta.verbose_name} {pk}"


def mail_rows() -> dict[str, MailRows]:
    """The ledgers by their label in entries."""
    return {ledger._meta.label_lower: MailRows(ledger) for ledger in LEDGERS}


def _changed(mail: AnyMail, said: Digests) -> list[str]:
    now = said_of(mail)["fields"]
    return [name for name, digest in now.items() if name in said and said[name] != digest]
