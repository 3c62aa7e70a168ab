"""How a message is signed, so that its receiver can tell who sent it, as Standard Webhooks (standardwebhooks.com).

The signature is HMAC-SHA-256 over identifier, time and body. Pure: no queries, no settings.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as its receiver is given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(body: bytes, *, message: str, timestamp: int, secret: str) -> str:
    """The signature of one try to send a message: `timestamp` is in whole seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def headers(body: bytes, *, message: str, timestamp: int, secrets: Iterable[str]) -> dict[str, str]:
    """The headers of one try. While a secret is being replaced there is a signature of each, with a space between."""
    signatures = [sign(body, message=message, timestamp=timestamp, secret=each) for each in secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
