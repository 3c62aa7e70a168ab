"""What the tests need before Django reads its settings: a random key, no demo, examples of a property, memory."""

import gc
import os
import re
import secrets
import tempfile

import hypothesis
import pytest
from _pytest import runner
from django.core.handlers.wsgi import WSGIHandler

SOAK = "SOAK" in os.environ  # full counts: set by -m soak, for each process of a run
# Fixtures are the same for each example on purpose, and what is too slow on a busy machine says nothing.
QUIET = {"deadline": None, "suppress_health_check": list(hypothesis.HealthCheck)}
hypothesis.settings.register_profile("suite", max_examples=30, derandomize=True, **QUIET)
hypothesis.settings.register_profile("soak", max_examples=500, **QUIET)

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
os.environ.pop("OVERSIGHT_DEMO", None)
_files = tempfile.TemporaryDirectory(prefix="oversight-files-")  # of this process, and gone with it
os.environ["FILES_TO"] = _files.name
os.environ["WATCH_FREE_MB"] = "0,0"  # how full the disk of a test is says nothing


def asks_for_soak(marks: str) -> bool:
    """Whether an expression of `-m` takes tests that are marked `soak`."""
    return bool(re.search(r"(?<!not )(?<!not \()\bsoak\b", marks))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Run at full counts where `-m` asks for the soak, before a module reads SOAK; a process of xdist inherits it."""
    global SOAK
    if asks_for_soak(early_config.known_args_namespace.markexpr):
        os.environ["SOAK"] = "1"
    SOAK = "SOAK" in os.environ
    hypothesis.settings.load_profile("soak" if SOAK else "suite")


# Python before the releases of spring 2026 gives memory of its stack back and takes it again where calls cross from
# one piece to the next (ADR 28): a tenth of a run of tests. This goes when no such version is tested with.
STACK = 2**16


def _run(item, nextitem):
    return runner.pytest_runtest_protocol(item, nextitem)


for function in (_run, WSGIHandler.__call__):  # in this process's own thread, and in those of a live server
    function.__code__ = function.__code__.replace(co_stacksize=STACK)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run a test as ever, with room on the stack."""
    return _run(item, nextitem)


def pytest_collection_finish():
    """What is collected stays to the end: the garbage collector, a fifth of a run, need not walk through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
