"""One process imports WeasyPrint, and makes a copy of itself for each PDF of the tests, as Python's fork server does.

The import takes half a second of a processor, longer than most PDFs. Each copy is a child process as the product has
it: it runs `main` of documents/pdf/child.py, with the same arguments, limits, environment and bytes, and ends with it.
`test_two_processes_give_the_same_bytes` and the tests of limits begin a process as the product does.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from tempfile import TemporaryFile
from threading import Lock

MESSAGE = 10_000  # bytes, more than a request or an answer has
taken = 0.0  # seconds of a processor that the copies have taken; they are no children of this process before `end`


class Children:
    """In the place of `subprocess` in documents/pdf/render.py."""

    TimeoutExpired, CompletedProcess = subprocess.TimeoutExpired, subprocess.CompletedProcess

    def __init__(self):
        self.one_at_a_time, self.process = Lock(), None

    def _begin(self, environment: dict[str, str]) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-s", __file__, str(theirs.fileno())]
        self.process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()

    def run(self, command, *, input, timeout, env, **_) -> subprocess.CompletedProcess:
        """What a copy answers to the bytes. Raises TimeoutExpired, as subprocess.run does."""
        with TemporaryFile() as given, TemporaryFile() as answer, TemporaryFile() as trouble, self.one_at_a_time:
            given.write(input)
            given.seek(0)
            if not self.process:
                self._begin(env)
            code = self._ended(command, env, [given.fileno(), answer.fileno(), trouble.fileno()], timeout)
            answer.seek(0)
            trouble.seek(0)
            return subprocess.CompletedProcess(command, code, answer.read(), trouble.read())

    def _ended(self, command, env: dict[str, str], streams: list[int], timeout: float) -> int:
        """The exit code of a copy that works with these streams."""
        global taken
        copy = self._ask([env, *command[4:]], streams)
        self.line.settimeout(timeout)
        try:
            code, seconds = self._receive()
        except TimeoutError:
            os.kill(copy, 9)
            self.line.settimeout(None)
            self._receive()
            raise subprocess.TimeoutExpired(command, timeout) from None
        finally:
            self.line.settimeout(None)
        taken += seconds
        return code

    def _ask(self, arguments: list, streams: list[int]) -> int:
        """The number of a copy that has begun with these arguments and streams."""
        socket.send_fds(self.line, [json.dumps(arguments).encode()], streams)
        return int(self.line.recv(MESSAGE))

    def _receive(self) -> tuple[int, float]:
        """The exit code of the copy, and the seconds of a processor that it has taken."""
        return json.loads(self.line.recv(MESSAGE))

    def end(self) -> None:
        global taken
        if self.process:
            self.line.close()
            self.process.wait()
            taken = 0.0  # they count as this process's children now


def serve(line: socket.socket, work: Callable[[list], None], prepare: Callable[[list], None]) -> None:
    """Answer each request (arguments, streams) twice: a copy's number; its exit code and seconds.

    The copy does the `work`, and ends with it; before it is made, this process is prepared for its arguments.
    """
    while (request := socket.recv_fds(line, MESSAGE, 3))[0]:
        words, streams, *_ = request
        arguments = json.loads(words)
        prepare(arguments)
        copy = os.fork()
        if not copy:
            line.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            work(arguments)
        for stream in streams:
            os.close(stream)
        line.send(str(copy).encode())
        _, status, used = os.wait4(copy, 0)
        line.send(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime]).encode())


def _press(arguments: list) -> None:
    environment, *arguments = arguments
    os.environ.update(environment)
    tempfile.tempdir = None  # where that says
    child.main(*arguments)


if __name__ == "__main__":
    from recommendations.documents.pdf import child

    child.covered_characters()  # reads the fonts' tables
    serve(socket.socket(fileno=int(sys.argv[1])), _press, lambda arguments: None)
