"""What the reading of hostile files takes, in a process of its own: a suite has other children, and grows.

It imports a reader once and reads each file that it is sent in a child, as the product does. The most memory that a
child ever had is the highest of all so far, so whatever keeps below a bound shows that each before it did.
"""

import importlib
import json
import resource
import subprocess
import sys
from typing import NamedTuple


class Refused(NamedTuple):
    """What a file was answered, and what it took."""

    said: str
    seconds: float
    kilobytes: int


class Readers:
    """One process for each reader of the product: a module, and the name of its function."""

    def __init__(self):
        self.processes: dict[tuple[str, str], subprocess.Popen] = {}

    def refused(self, module: str, reader: str, file: bytes, name: str) -> Refused:
        """What a file is answered that is to be refused."""
        if (module, reader) not in self.processes:
            command = [sys.executable, "-m", __name__, module, reader]
            self.processes[module, reader] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process = self.processes[module, reader]
        process.stdin.write(f"{len(file)} {name}\n".encode() + file)
        process.stdin.flush()
        return Refused(*json.loads(process.stdout.readline()))

    def end(self) -> None:
        for process in self.processes.values():
            process.communicate()


def serve(module: str, reader: str) -> None:
    """Answer each file: a line with its length and name, then its bytes."""
    loaded = importlib.import_module(module)
    while head := sys.stdin.buffer.readline():
        length, name = head.decode().split(" ", 1)
        file, before, said = sys.stdin.buffer.read(int(length)), _seconds(), ""
        try:
            getattr(loaded, reader)(file, name.removesuffix("\n"))
        except loaded.Unreadable as unreadable:
            said = str(unreadable)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(json.dumps([said, _seconds() - before, most]), flush=True)


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    serve(*sys.argv[1:])
