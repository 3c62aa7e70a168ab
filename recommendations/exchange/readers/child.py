"""The child process of sandbox.py: bytes on standard input, rows or the reason for none as JSON on standard output."""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path

from recommendations.exchange.readers.errors import Unreadable

READERS = ("docx", "pdf", "html", "xlsx", "csv", "plain", "package")
MEMORY = 300 * 1024 * 1024
CPU_SECONDS = 7


def main() -> None:
    module = import_module(f"recommendations.exchange.readers.{READERS[READERS.index(sys.argv[1])]}")
    vocabulary = [getattr(import_module(path), name) for path, name in (each.split(":") for each in sys.argv[2:])]
    _limit()
    try:
        answer = {"rows": module.rows(sys.stdin.buffer.read(), *vocabulary)}
    except Unreadable as refused:
        answer = {"unreadable": str(refused)}
    except (MemoryError, RecursionError):
        answer = {}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """The memory that the reader has at its start and 300 MB more; no file is written, no process started."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    memory = pages * resource.getpagesize() + MEMORY
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
