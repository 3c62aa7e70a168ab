"""Sign messages so that the receiver can verify the sender, as in Standard Webhooks (standardwebhooks.com).

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
    """Return a new secret in the format given to its receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(body: bytes, *, message: str, timestamp: int, secret: str) -> str:
    """Return the signature of one attempt. `timestamp` is in whole seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def headers(body: bytes, *, message: str, timestamp: int, secrets: Iterable[str]) -> dict[str, str]:
    """Return the headers of one attempt. While a secret is being replaced there are two signatures."""
    signatures = [sign(body, message=message, timestamp=timestamp, secret=each) for each in secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
