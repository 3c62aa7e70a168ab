"""The office's virus scanner, clamd, if it has one: used when a file is uploaded, and again when it is stored.

Results are not cached, because signatures improve and the scanner may have been unavailable at the upload.
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
    """The scanner's result. Without a scanner nothing is refused."""

    refusal: str = ""
    is_silent: bool = False


def has_scanner() -> bool:
    """Whether the office has a scanner (setting CLAMD)."""
    return bool(settings.CLAMD)


def scan(content: bytes | BinaryIO) -> Scan:
    """Scan these bytes or this open file, in chunks.

    If the scanner does not respond the file is refused, because it was not checked.
    """
    if not has_scanner():
        return Scan()
    try:
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        [(said, found)] = _clamd().instream(file).values()
    except Exception:  # no connection, a limit, an invalid reply
        return Scan(refusal=SILENT, is_silent=True)
    if said == "FOUND":
        return Scan(refusal=INFECTED.format(found=str(found)[:80]))
    return Scan() if said == "OK" else Scan(refusal=SILENT, is_silent=True)


def _clamd() -> ClamdNetworkSocket:
    address = urlsplit(settings.CLAMD)
    if address.scheme == "unix":
        return ClamdUnixSocket(path=address.path, timeout=SECONDS)
    return ClamdNetworkSocket(host=address.hostname or "127.0.0.1", port=address.port or 3310, timeout=SECONDS)
