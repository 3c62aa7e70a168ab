"""One text for one value, and a short digest of it: what the trail says of each field that was saved."""

import datetime
import hashlib
import json
from functools import lru_cache

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
SHORT = 24  # characters of a text whose digest is remembered


def canonical(value: object) -> str:
    """One text for one value: sorted keys, no spaces. Text, because jsonb would reorder it."""
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """A short digest of one value as the database keeps it (the first 128 bits of its SHA-256)."""
    if value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= SHORT):
        return _digest_of_short(value)
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
    elif isinstance(value, datetime.datetime):
        raw = value.astimezone(datetime.UTC).isoformat(timespec="microseconds").encode()
    elif isinstance(value, datetime.date):
        raw = value.isoformat().encode()
    else:
        raw = canonical(value).encode()
    return hashlib.sha256(raw).hexdigest()[:32]


@lru_cache(maxsize=4096, typed=True)
def _digest_of_short(value: str | int | None) -> str:
    """Empty texts, numbers, words of a list: most fields of many rows hold the same few."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:32]
