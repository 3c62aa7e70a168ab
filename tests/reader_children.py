"""One process imports the readers of documents, and makes a copy of itself for each file that the tests read.

The imports take longer than most files, as WeasyPrint's do (pdf_children.py). Each copy is a child process as the
product has it: it runs `main` of exchange/readers/child.py, with the same arguments, limits and bytes.
`test_a_process_of_its_own_reads_the_same` and test_sandbox.py begin a process as the product does.
"""

import os
import socket
import subprocess
import sys
from importlib import import_module
from select import select
from tempfile import TemporaryFile
from time import monotonic

from recommendations.exchange.readers import child
from recommendations.exchange.readers.sandbox import CHILD, ROOT
from tests import pdf_children


class Children(pdf_children.Children):
    """In the place of `subprocess` in exchange/readers/sandbox.py."""

    def _begin(self, environment: dict[str, str]) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-E", "-s", "-m", __name__, str(theirs.fileno())]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()

    def run(self, command, *, timeout, env, input=b"", stdin=None, **others) -> subprocess.CompletedProcess:
        """What a copy answers to the bytes, or to the file. Raises TimeoutExpired, as subprocess.run does."""
        if command[4] != CHILD:
            given = {"stdin": stdin} if stdin else {"input": input}
            return subprocess.run(command, timeout=timeout, env=env, **given, **others)
        with TemporaryFile() as file, open(os.devnull, "wb") as trouble, self.one_at_a_time:
            file.write(input)
            file.seek(0)
            if not self.process:
                self._begin(env)
            ours, theirs = os.pipe()  # the copy may write to no file
            try:
                copy = self._ask(command[5:], [(stdin or file).fileno(), theirs, trouble.fileno()])
            finally:
                os.close(theirs)
            with open(ours, "rb", buffering=0) as pipe:
                answer = _read(pipe, monotonic() + timeout)
            if answer is None:
                os.kill(copy, 9)
            code, seconds = self._receive()
        pdf_children.taken += seconds
        if answer is None:
            raise subprocess.TimeoutExpired(command, timeout)
        return subprocess.CompletedProcess(command, code, answer)


def _read(pipe, until: float) -> bytes | None:
    """All that is written to a pipe; None where that has not ended by then."""
    answer = b""
    while select([pipe], [], [], max(until - monotonic(), 0))[0]:
        if not (some := pipe.read(2**16)):
            return answer
        answer += some
    return None


def read(arguments: list[str]) -> None:
    """What a copy does: read as the child does, and end."""
    sys.argv[1:] = arguments
    code = 1
    try:
        child.main()
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)


def load(arguments: list[str]) -> None:
    """Import the words that the reader is told, for the copies that are told the same."""
    for each in arguments[1:]:
        import_module(each.partition(":")[0])


if __name__ == "__main__":
    for name in (*(f"recommendations.exchange.readers.{each}" for each in child.READERS.values()), *child.LATE):
        import_module(name)
    pdf_children.serve(socket.socket(fileno=int(sys.argv[1])), read, load)
