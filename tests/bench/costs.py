"""What a command costs with all the processes that it starts: the clock, processors, memory."""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")
PAUSE = 0.02  # seconds between two looks at the memory


class Cost(NamedTuple):
    """Seconds by the clock and of processors, and the memory of all processes at once.

    Memory that processes share counts once (proportional set size).
    """

    seconds: float
    processor: float
    megabytes: float


def verdict(value: float, most: float) -> str:
    """Whether a figure is within its aim. What is no number is not."""
    return "met" if value <= most else "missed"


def best(command: list[str], work: bytes, runs: int, environment: dict[str, str] | None = None) -> Cost:
    """The least of each of `runs` runs."""
    costs = [cost(command, work, environment) for _ in range(runs)]
    return Cost(*(min(column) for column in zip(*costs, strict=True)))


def cost(command: list[str], work: bytes, environment: dict[str, str] | None = None) -> Cost:
    """What one run of `command` costs, with `work` on its standard input. In a document's own environment, or in this.

    Raises RuntimeError where it fails.
    """
    from recommendations.documents.pdf.render import _environment

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(work)
        given.seek(0)
        start = time.perf_counter()
        actions = [(os.POSIX_SPAWN_DUP2, file.fileno(), end) for file, end in ((given, 0), (said, 1), (said, 2))]
        pid = os.posix_spawn(command[0], command, environment or _environment(folder), file_actions=actions)
        most, times, done = 0.0, {}, 0
        while not done:
            time.sleep(PAUSE)
            processes = [pid, *_below(pid)]
            most = max(most, sum(map(_megabytes, processes)))
            times |= {each: seconds for each in processes if (seconds := _seconds(each))}
            done, status, usage = os.wait4(pid, os.WNOHANG)
        seconds = time.perf_counter() - start
        if status:
            said.seek(0)
            raise RuntimeError(f"{command} ended with status {status}: {said.read()[-2000:]}")
    processor = max(usage.ru_utime + usage.ru_stime, sum(times.values()))  # some processes are waited for by nobody
    return Cost(seconds, processor, most)


def _below(pid: int) -> Iterator[int]:
    """The processes that `pid` has started, and those that they have."""
    for child in _read(f"{pid}/task/{pid}/children").split():
        yield int(child)
        yield from _below(int(child))


def _megabytes(pid: int) -> float:
    found = re.search(r"^Pss: +(\d+)", _read(f"{pid}/smaps_rollup"), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _seconds(pid: int) -> float:
    """What the process alone has taken of a processor, without its children."""
    return sum(map(int, _read(f"{pid}/stat").rpartition(")")[2].split()[11:13])) / TICKS


def _read(name: str) -> str:
    """A file of a process; nothing where it has just ended."""
    try:
        return (Path("/proc") / name).read_text()
    except OSError:
        return ""
