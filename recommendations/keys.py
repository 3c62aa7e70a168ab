"""Encryption and seals for stored values, with keys held outside the database: the database alone is not enough.

Keys are derived from SECRET_KEY. Those in SECRET_KEY_FALLBACKS can still read, so that the key can be changed:
docs/operations/secret-key.md says how.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from recommendations.digests import canonical

FACTORS, SEALS, PEOPLE, TOKENS, WEBHOOKS, DATABASES = (
    "second factors",
    "seals of accounts",
    "names of former officers",
    "personal tokens",
    "secrets of webhooks",
    "databases",
)  # one key for each purpose


class WrongKey(ValueError):
    """Raised if a value was not encrypted with a known key."""


def encrypt(text: str, *, purpose: str) -> str:
    """Return the text encrypted and signed with the newest key."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def decrypt(encrypted: str, *, purpose: str) -> str:
    """Return the plain text. Raises WrongKey if no known key encrypted it (or if it is not encrypted at all)."""
    try:
        return _fernet(purpose).decrypt(encrypted.encode()).decode()
    except InvalidToken:
        raise WrongKey(f"This is not encrypted with a known key for {purpose}.") from None


def seal(value: object, *, purpose: str = SEALS) -> str:
    """A keyed digest of a value, which nobody can make without the key."""
    return _seal(value, _keys(purpose)[0])


def is_sealed(value: object, with_seal: object, *, purpose: str = SEALS) -> bool:
    """Whether the seal fits the value under the newest key or an older one. Only text can be a seal."""
    if not isinstance(with_seal, str):  # SQLite lets a text column hold bytes
        return False
    return any(hmac.compare_digest(_seal(value, key).encode(), with_seal.encode()) for key in _keys(purpose))


def _seal(value: object, key: bytes) -> str:
    return hmac.new(key, canonical(value).encode(), hashlib.sha256).hexdigest()


def _fernet(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose)])


def _keys(purpose: str) -> list[bytes]:
    """256 bits derived from each secret, newest first."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(each.encode(), f"oversight: {purpose}".encode(), hashlib.sha256).digest() for each in secrets]
