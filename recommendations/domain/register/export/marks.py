"""The mark of a row that is taken out: what each of its cells said, as digests, and when, signed.

Brought back, it tells which cells were changed in the file and which changed here since. A mark holds no words: who
takes a column out of a file takes its words out. It fits the row of its reference alone, and nobody can make one.
"""

import base64
import binascii
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from recommendations.domain.register.sheet_columns import FIELDS

KEYS = tuple(field.key for field in FIELDS if field.comes_in)
SIZE = 4  # bytes of a digest
PURPOSE = "register export"
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class SignedMark:
    """What a row's mark says: the moment (UTC) of taking it out, and the digest of each of its cells."""

    at: datetime.datetime
    digests: dict[str, bytes]

    def has(self, reference: str, key: str, text: str) -> bool:
        """Whether the cell of this field said this (a text as `shown` gives it) when the row was taken out."""
        return self.digests[key] == _digest(_secret(settings.SECRET_KEY), reference, key, text)


def shown(value: object) -> str:
    """What a cell says, as it is compared: a day as 2026-11-07, a text with one space between its words."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value or "")
    return " ".join((text if text.isprintable() else UNSEEN.sub("", text.replace("\r", "\n"))).split())


def mark_of(line: Any, at: datetime.datetime) -> str:
    """The mark of a line of the register (RegisterLine) that is taken out at a moment (UTC)."""
    secret, reference = _secret(settings.SECRET_KEY), shown(line.reference)
    digests = b"".join(_digest(secret, reference, key, shown(getattr(line, key))) for key in KEYS)
    return _signer().sign(f"{int(at.timestamp())}.{base64.urlsafe_b64encode(digests).decode()}")


def unsign(text: str, reference: str) -> SignedMark | None:
    """What the mark of the row with this reference says; None where it is no mark, or that of another row.

    Marks of a release with other columns, and those under a key that was changed since, are none.
    """
    try:
        moment, _, digests = _signer().unsign(text.strip()).partition(".")
        found = base64.urlsafe_b64decode(digests)
    except (BadSignature, binascii.Error):
        return None
    at = datetime.datetime.fromtimestamp(int(moment), datetime.UTC)
    pieces = (found[start : start + SIZE] for start in range(0, len(found), SIZE))
    mark = SignedMark(at, dict(zip(KEYS, pieces, strict=True)))
    return mark if mark.has(shown(reference), "reference", shown(reference)) else None


def _signer() -> Signer:
    return Signer(salt=f"{PURPOSE}: {' '.join(KEYS)}", fallback_keys=[])


@lru_cache(maxsize=2)
def _secret(key: str) -> bytes:
    return salted_hmac(PURPOSE, "cells", secret=key, algorithm="sha256").digest()


def _digest(secret: bytes, reference: str, key: str, text: str) -> bytes:
    return blake2b(f"{reference}\0{key}\0{text}".encode(), digest_size=SIZE, key=secret).digest()
