"""The guards of the domain: a verb raises NotAllowed, whatever page it is asked for from.

The tests that show it have worlds of their own, so they are run by a pytest of their own (guards_run.py).
"""

import os
import subprocess
import sys

import pytest

from tests.security.teeth import guards_run
from tests.security.teeth.removals import ROOT, Removal, removals

TESTS = ROOT / "tests/domain"
ALSO = (ROOT / "tests/security/test_events.py",)


def guards() -> list[Removal]:
    return [removal for removal in removals() if "NotAllowed" in removal.what]


def survivors() -> list[str]:
    """The guards that no test misses, tried on SQLite. Raises where a test fails with every guard in place."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", guards_run.__name__, "-p", "no:cacheprovider"]
    left_out = ("PYTEST_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    files = [path for path in sorted(TESTS.rglob("test_*.py")) if "NotAllowed" in path.read_text()]
    done = subprocess.run([*command, *files, *ALSO], cwd=ROOT, env=environment, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.startswith(guards_run.SURVIVES)]
    if done.returncode != (pytest.ExitCode.TESTS_FAILED if found else pytest.ExitCode.OK):
        raise RuntimeError(f"{done.returncode}: {done.stdout}\n{done.stderr}")
    return [line.removeprefix(guards_run.SURVIVES) for line in found]
