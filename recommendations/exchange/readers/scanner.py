"""The office's virus scanner, clamd, if it has one: used when a file is uploaded, and again when it is stored.

Results are not cached, because signatures improve and the scanner may have been unavailable at the upload.
"""

import io
import re
import socket
import time
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 25  # for a whole scan: below the 30 of a web worker
CHUNK = 64 * 1024  # bytes of the file sent at once
LONGEST_ANSWER = 4096  # bytes
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


def scan(content: bytes | IO[bytes]) -> Scan:
    """Scan these bytes or this open file, in chunks.

    If the scanner does not respond the file is refused, because it was not checked.
    """
    if not has_scanner():
        return Scan()
    try:
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        answer = _answer_to(file)
    except (OSError, ValueError):  # no connection, closed or timed out; an invalid port
        return Scan(refusal=SILENT, is_silent=True)
    if found := re.fullmatch(r"stream: ([^\0]+) FOUND", answer):
        return Scan(refusal=INFECTED.format(found=found[1][:80]))
    # anything else is an error, such as a file above clamd's StreamMaxLength
    return Scan() if answer == "stream: OK" else Scan(refusal=SILENT, is_silent=True)


def _answer_to(file: IO[bytes]) -> str:
    """Send the file by clamd's command INSTREAM, and return the answer. Raises OSError.

    The protocol is in clamd(8): chunks with their length in four bytes, most significant first; length 0 ends the file.
    """
    ends = time.monotonic() + SECONDS
    with _connected() as clamd:

        def wait_no_longer() -> None:
            clamd.settimeout(max(ends - time.monotonic(), 0.001))

        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            wait_no_longer()
            clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
        clamd.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            wait_no_longer()
            if not (more := clamd.recv(LONGEST_ANSWER)):
                break
            answer += more
    return answer.decode(errors="replace").strip("\0\n ")


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMD)
    if address.scheme != "unix":
        return socket.create_connection((address.hostname or "127.0.0.1", address.port or 3310), timeout=SECONDS)
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(SECONDS)
    try:
        clamd.connect(address.path)
    except OSError:
        clamd.close()
        raise
    return clamd
