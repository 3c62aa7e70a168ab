"""The signed mark of an exported row: digests of what each cell said, and the moment of export.

On import it shows which cells were edited in the file and which changed in the register since. A mark holds no words,
so removing a column from a file removes its words. It is valid only for its own reference and can't be forged.
"""

import base64
import binascii
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from recommendations.domain.register.sheet_columns import FIELDS

KEYS = tuple(field.key for field in FIELDS if field.comes_in)
_values = attrgetter(*KEYS)
SIZE = 4  # bytes in a digest
PURPOSE = "register export"
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class RowSignature:
    """What a mark holds: the moment of export (UTC) and a digest for each cell."""

    at: datetime.datetime
    digests: dict[str, bytes]

    def has(self, reference: str, key: str, text: str) -> bool:
        """Whether this field's cell had this text (as `cell_text` gives it) at export."""
        return self.digests[key] == _digest(_row_digest(reference), key, text)


def cell_text(value: object) -> str:
    """A cell's text in the form compared: a day as 2026-11-07, a text with single spaces between words."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not value:
        return ""
    text = str(value)
    return " ".join((text if text.isprintable() else UNSEEN.sub("", text.replace("\r", "\n"))).split())


def row_signature(line: Any, at: datetime.datetime) -> str:
    """The mark of a line (RegisterLine) exported at a moment (UTC)."""
    row = _row_digest(cell_text(line.reference))
    digests = b"".join(_digest(row, key, cell_text(value)) for key, value in zip(KEYS, _values(line), strict=True))
    return _signer(settings.SECRET_KEY).sign(f"{int(at.timestamp())}.{base64.urlsafe_b64encode(digests).decode()}")


def unsign(text: str, reference: str) -> RowSignature | None:
    """The contents of a mark for the row with this reference, or None if it is invalid or belongs to another row.

    Marks of a release with other columns, or made under a former key, are invalid.
    """
    try:
        moment, _, digests = _signer(settings.SECRET_KEY).unsign(text.strip()).partition(".")
        found = base64.urlsafe_b64decode(digests)
    except (BadSignature, binascii.Error):
        return None
    at = datetime.datetime.fromtimestamp(int(moment), datetime.UTC)
    pieces = (found[start : start + SIZE] for start in range(0, len(found), SIZE))
    mark = RowSignature(at, dict(zip(KEYS, pieces, strict=True)))
    return mark if mark.has(cell_text(reference), "reference", cell_text(reference)) else None


@lru_cache(maxsize=2)
def _signer(key: str) -> Signer:
    return Signer(key=key, salt=f"{PURPOSE}: {' '.join(KEYS)}", fallback_keys=[])


@lru_cache(maxsize=2)
def _secret(key: str) -> bytes:
    return salted_hmac(PURPOSE, "cells", secret=key, algorithm="sha256").digest()


def _row_digest(reference: str) -> blake2b:
    """The beginning that the digests of a row have in common."""
    return blake2b(f"{reference}\0".encode(), digest_size=SIZE, key=_secret(settings.SECRET_KEY))


def _digest(row: blake2b, key: str, text: str) -> bytes:
    of_cell = row.copy()
    of_cell.update(f"{key}\0{text}".encode())
    return of_cell.digest()
