"""The guards of the domain: a verb raises NotAllowed, whatever page it is asked for from.

The tests that show it have worlds of their own, so they are run by a pytest of their own (guards_run.py).
"""

import os
import subprocess
import sys

import pytest

from tests.domain.papers import test_builds, test_compile, test_factual_checks
from tests.domain.people import (
    test_committees,
    test_invitations,
    test_leaving,
    test_records,
    test_sessions,
    test_two_people,
)
from tests.domain.register import test_undo_bulk, test_voices, test_withdraw
from tests.domain.responses import test_approval_workflow, test_chief_officer_drafts, test_chief_officers
from tests.domain.rounds import test_drafts, test_rounds
from tests.security import test_events
from tests.security.teeth import guards_run
from tests.security.teeth.removals import ROOT, Removal, removals

TESTS = (
    test_approval_workflow,
    test_builds,
    test_chief_officer_drafts,
    test_chief_officers,
    test_committees,
    test_compile,
    test_drafts,
    test_events,
    test_factual_checks,
    test_invitations,
    test_leaving,
    test_records,
    test_rounds,
    test_sessions,
    test_two_people,
    test_undo_bulk,
    test_voices,
    test_withdraw,
)


def guards() -> list[Removal]:
    return [removal for removal in removals() if "NotAllowed" in removal.what]


def survivors() -> list[str]:
    """The guards that no test misses, tried on SQLite. Raises where a test fails with every guard in place."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", guards_run.__name__, "-p", "no:cacheprovider"]
    left_out = ("PYTEST_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    files = [module.__file__ for module in TESTS]
    done = subprocess.run([*command, *files], cwd=ROOT, env=environment, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.startswith(guards_run.SURVIVES)]
    if done.returncode != (pytest.ExitCode.TESTS_FAILED if found else pytest.ExitCode.OK):
        raise RuntimeError(f"{done.returncode}: {done.stdout}\n{done.stderr}")
    return [line.removeprefix(guards_run.SURVIVES) for line in found]
