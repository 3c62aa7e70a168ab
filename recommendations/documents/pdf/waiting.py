"""A child process that has its libraries loaded already and waits for its one document.

Loading them takes as long as the first ten pages. Whoever makes one PDF after another, and has somebody waiting for
each, keeps one of these: the worker beside the web server. It holds some 60 MB while it waits.
"""

import subprocess
import tempfile
from collections.abc import Callable, Sequence

PIPE = subprocess.PIPE
FOLDER = "oversight-document-"  # what the name of a child's folder begins with: tidy removes those left behind


class WaitingChild:
    """One child process, begun at once. It ends with its document, or with the process that began it."""

    def __init__(self, command: Sequence[str], environment: Callable[[str], dict[str, str]]) -> None:
        """`environment` gives what the child has as its environment, for a folder of its own."""
        self.folder = tempfile.TemporaryDirectory(prefix=FOLDER)
        self.process = subprocess.Popen(
            command, env=environment(self.folder.name), stdin=PIPE, stdout=PIPE, stderr=PIPE
        )

    @property
    def is_alive(self) -> bool:
        """Whether it still waits."""
        return self.process.poll() is None

    def run(self, work: bytes, *, seconds: int) -> subprocess.CompletedProcess[bytes]:
        """What it answers to its work, as subprocess.run does. Raises TimeoutExpired."""
        try:
            answer, trouble = self.process.communicate(work, timeout=seconds)
        finally:
            self.end()
        return subprocess.CompletedProcess(self.process.args, self.process.returncode, answer, trouble)

    def end(self) -> None:
        """Leave nothing of it behind."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
        self.folder.cleanup()
