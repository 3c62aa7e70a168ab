"""The office's virus scanner, clamd, where there is one: asked when a file comes, and again when it is taken.

Signatures become better, and a scanner may have been away when the file came: so nothing is remembered.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

SECONDS = 25  # below the 30 of a web worker
NOT_SCANNED = "Files are not scanned for viruses here."
SILENT = "The virus scanner does not answer. Try again in some minutes. If it goes on, tell your administrator."
INFECTED = "The virus scanner found {found} in this file. It is not taken. Tell your administrator where it came from."


@dataclass(frozen=True)
class Scan:
    """What the scanner said. Without a scanner `is_scanned` is False and nothing is refused."""

    is_scanned: bool
    refusal: str = ""
    is_silent: bool = False


def has_scanner() -> bool:
    """Whether the office has a scanner (CLAMD)."""
    return bool(settings.CLAMD)


def scan(content: bytes | BinaryIO) -> Scan:
    """Have the scanner look at these bytes, or at an open file, some at a time.

    One that does not answer refuses: what it did not see may be anything.
    """
    if not has_scanner():
        return Scan(is_scanned=False)
    try:
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        [(said, found)] = _clamd().instream(file).values()
    except Exception:  # no connection, a limit, an answer that is none
        return Scan(is_scanned=False, refusal=SILENT, is_silent=True)
    if said == "FOUND":
        return Scan(is_scanned=True, refusal=INFECTED.format(found=str(found)[:80]))
    return Scan(is_scanned=True) if said == "OK" else Scan(is_scanned=False, refusal=SILENT, is_silent=True)


def _clamd() -> ClamdNetworkSocket:
    address = urlsplit(settings.CLAMD)
    if address.scheme == "unix":
        return ClamdUnixSocket(path=address.path, timeout=SECONDS)
    return ClamdNetworkSocket(host=address.hostname or "127.0.0.1", port=address.port or 3310, timeout=SECONDS)
