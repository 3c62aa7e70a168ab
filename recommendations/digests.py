"""A value as canonical text, and a short digest of it: what the trail records of each saved field."""

import datetime
import hashlib
import json
from functools import lru_cache
from json.encoder import encode_basestring

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
SHORT = 24  # longest text, in characters, whose digest is cached
REMEMBERED = frozenset([type(None), bool, int, str, datetime.date])


def canonical(value: object) -> str:
    """The value as canonical JSON: sorted keys, no spaces. A text, because jsonb would reorder it."""
    if type(value) is str:
        return encode_basestring(value)
    if value is None or type(value) is int:
        return "null" if value is None else str(value)
    return _ENCODER.encode(value)


def sha256_of(value: object) -> str:
    """The whole SHA-256 of a value's canonical text: what a published text and a release are known by."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def digest(value: object) -> str:
    """A short digest of one value as stored in the database: the first 128 bits of its SHA-256."""
    kind = type(value)
    if kind in REMEMBERED and (kind is not str or len(value) <= SHORT):  # type: ignore[arg-type]  # a text
        return _remembered(value)
    return _digest_of(value)


def _digest_of(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
    elif isinstance(value, datetime.datetime):
        raw = value.astimezone(datetime.UTC).isoformat(timespec="microseconds").encode()
    elif isinstance(value, datetime.date):
        raw = value.isoformat().encode()
    else:
        raw = canonical(value).encode()
    return hashlib.sha256(raw).hexdigest()[:32]


# Empty texts, numbers, days, choices: most fields of most rows hold the same few values.
_remembered = lru_cache(maxsize=8192, typed=True)(_digest_of)
