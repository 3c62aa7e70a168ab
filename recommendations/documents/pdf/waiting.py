"""A child process that has loaded its libraries and waits for its one document.
Loading them takes as long as the first ten pages. A process that makes one PDF after another, with people waiting for
each, keeps one of these: the worker beside the web server. It takes some 60 MB while it waits.
"""

import subprocess
import tempfile
from collections.abc import Callable, Sequence

PIPE = subprocess.PIPE
FOLDER = "oversight-document-"  # prefix of a child's folder: the command tidy removes those left behind


class WaitingChild:
    """One child process, started at once. It ends with its document, or with its parent process."""

    def __init__(self, command: Sequence[str], environment: Callable[[str], dict[str, str]]) -> None:
        """`environment` returns the child's environment, given its own folder."""
        self.folder = tempfile.TemporaryDirectory(prefix=FOLDER)
        self.process = subprocess.Popen(
            command, env=environment(self.folder.name), stdin=PIPE, stdout=PIPE, stderr=PIPE
        )

    @property
    def is_alive(self) -> bool:
        """Whether it is still waiting."""
        return self.process.poll() is None

    def run(self, work: bytes, *, seconds: int) -> subprocess.CompletedProcess[bytes]:
        """Give it its work and return the result, as subprocess.run does. Raises TimeoutExpired."""
        try:
            answer, trouble = self.process.communicate(work, timeout=seconds)
        finally:
            self.end()
        return subprocess.CompletedProcess(self.process.args, self.process.returncode, answer, trouble)

    def end(self) -> None:
        """Kill the process and clean up."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
        self.folder.cleanup()
