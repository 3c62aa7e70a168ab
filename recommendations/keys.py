"""What is kept in the database so that the database alone is not enough: encrypted or sealed with a key outside it.

The keys are derived from SECRET_KEY, and those to read with from SECRET_KEY_FALLBACKS too, so that it can be changed:
docs/operating.md says how.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from recommendations.digests import canonical

FACTORS, SEALS, PEOPLE, TOKENS, WEBHOOKS = (
    "second factors",
    "seals of accounts",
    "names of former officers",
    "personal tokens",
    "secrets of webhooks",
)  # what a key is for: none serves two purposes


class WrongKey(ValueError):
    """It was not encrypted with a key that is known here."""


def encrypt(text: str, *, purpose: str) -> str:
    """The text, encrypted and signed with the newest key."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def decrypt(encrypted: str, *, purpose: str) -> str:
    """The text again. Raises WrongKey for what no known key encrypted, a text in plain among it."""
    try:
        return _fernet(purpose).decrypt(encrypted.encode()).decode()
    except InvalidToken:
        raise WrongKey(f"This is not encrypted with a known key for {purpose}.") from None


def seal(value: object, *, purpose: str = SEALS) -> str:
    """A keyed digest of a value: nobody without the key can make it."""
    return _seal(value, _keys(purpose)[0])


def is_sealed(value: object, with_seal: str, *, purpose: str = SEALS) -> bool:
    """Whether the seal is that of the value, by the newest key or an older one."""
    return any(hmac.compare_digest(_seal(value, key).encode(), with_seal.encode()) for key in _keys(purpose))


def _seal(value: object, key: bytes) -> str:
    return hmac.new(key, canonical(value).encode(), hashlib.sha256).hexdigest()


def _fernet(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys(purpose)])


def _keys(purpose: str) -> list[bytes]:
    """256 bits for each secret, the newest first."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(each.encode(), f"oversight: {purpose}".encode(), hashlib.sha256).digest() for each in secrets]
