"""The child process of sandbox.py: bytes on standard input; rows, or a reason for none, as JSON on standard output."""

import codecs
import ctypes
import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path

from recommendations.exchange.readers.errors import Unreadable

READERS = {name: name for name in ("docx", "pdf", "html", "plain", "package", "words")}
READERS |= {"xlsx": "spreadsheets.xlsx", "csv": "spreadsheets.csv"}
MEMORY = 300 * 1024 * 1024
CPU_SECONDS = 7
DESCRIPTORS = 3  # standard input, output and error
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # Linux's unshare(2)
LATE = ("heapq", "bisect", "string", "unicodedata", "stringprep", "decimal", "lzma", "bz2", "zlib", "copy", "warnings")
ENCODINGS = ("cp437", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "idna")


def main() -> None:
    module = import_module(f"recommendations.exchange.readers.{READERS[sys.argv[1]]}")
    vocabulary = [getattr(import_module(path), name) for path, name in (each.split(":") for each in sys.argv[2:])]
    _limit()
    _close_doors()
    try:
        answer = {"rows": module.rows(sys.stdin.buffer.read(), *vocabulary)}
    except Unreadable as refused:
        answer = {"unreadable": str(refused)}
    except (MemoryError, RecursionError):
        answer = {}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Limit the process to its initial memory plus 300 MB, with no files written and no processes started."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    memory = pages * resource.getpagesize() + MEMORY
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _close_doors() -> None:
    """From here on no file, socket or pipe can be opened, and only the three standard ones are open.

    A process started nevertheless inherits this, and cannot even load its libraries. If the system allows it, there is
    no network, and no root right to raise a limit again.
    """
    for name in ENCODINGS:  # otherwise they, and these modules, would be loaded from files later
        codecs.lookup(name)
    for name in LATE:
        import_module(name)
    os.environ.clear()
    _leave_namespaces()
    os.closerange(DESCRIPTORS, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for limit, most in ((resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, DESCRIPTORS)):
        resource.setrlimit(limit, (most, most))


def _leave_namespaces() -> None:
    """Enter a new user and network namespace. If the system forbids that, only the limits apply."""
    if sys.platform == "linux":
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(NEW_USER | NEW_NETWORK) != 0:
            unshare(NEW_USER)


if __name__ == "__main__":
    main()
