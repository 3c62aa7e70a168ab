"""The ledgers of e-mails, held against what the trail says of them (domain/writing/mail_ledger.py).

A mail is proven from the end of an attempt to the beginning of the next: while it is on its way it changes, and what it
changes is in no entry. Before the first entry of a mail nothing is proven of any.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from recommendations import trail
from recommendations.domain.audit.reading import UnreadableRow, rows_of
from recommendations.domain.audit.trailed_rows import Change
from recommendations.domain.writing.mail_ledger import LEDGERS, AnyMail, has_ended, said_of
from recommendations.enums import MailState

STAYS = ("id", "person_id", "reader_id", "invitation_id")  # whatever attempt it is

type Told = dict[tuple[str, Any], dict[str, bytes]]


class MailRows:
    """What the trail says of the mails of one ledger; `told` is of all of them."""

    def __init__(self, ledger: type[AnyMail], told: Told) -> None:
        self.ledger, self.told = ledger, told
        self.label = ledger._meta.label_lower

    def note(self, change: Change) -> None:
        """Take down what one entry says of one mail: what an earlier one said holds no more."""
        if change.fields:
            self.told[change.model, change.pk] = change.fields

    def differences(self) -> Iterator[str]:
        """What the rows say otherwise than the trail."""
        seen: set[Any] = set()
        rows: QuerySet[Any] = self.ledger.objects.order_by("pk")
        for mail in rows_of(rows) if self.told else ():
            seen.add(mail.pk)
            if wrong := self._wrong(mail, self.told.get((self.label, mail.pk))):
                yield f"{self._named(mail.pk)} {wrong}."
        for pk in sorted(pk for label, pk in self.told if label == self.label and pk not in seen):
            yield f"{self._named(pk)} was deleted."

    def _wrong(self, mail: AnyMail | UnreadableRow, said: dict[str, bytes] | None) -> str:
        if isinstance(mail, UnreadableRow):
            return f"was changed: {', '.join(mail.columns)}"
        if said is None:
            return "is in no entry: it was inserted, or says that it ended" if has_ended(mail) else ""
        wrong = _changed(mail, said)
        if said["state"] == _digest(MailState.FAILED) and "attempts" in wrong and not has_ended(mail):
            wrong = [name for name in wrong if name in STAYS]  # it is being tried again
        return f"was changed: {', '.join(wrong)}" if wrong else ""

    def _named(self, pk: Any) -> str:
        return f"The {self.ledger._meta.verbose_name} {pk}"


def mail_rows() -> dict[str, MailRows]:
    """What is to be told of each ledger, by the name that entries give it."""
    told: Told = {}
    return {ledger._meta.label_lower: MailRows(ledger, told) for ledger in LEDGERS}


def _changed(mail: AnyMail, said: dict[str, bytes]) -> list[str]:
    now = {name: bytes.fromhex(digest) for name, digest in said_of(mail)["fields"].items()}
    return [name for name, digest in now.items() if name in said and said[name] != digest]


def _digest(value: object) -> bytes:
    return bytes.fromhex(trail.digest(value))
