"""What a run of the suite is spent on, in seconds of a processor: PYTEST_ADDOPTS="-p tests.spent" make test-sqlite.

Processes that a test starts and waits for are counted with it, so a loaded machine prints much the same as an idle one.
"""

import os
from collections import Counter
from multiprocessing import forkserver
from pathlib import Path, PurePosixPath

import pytest

from tests import pdf_children

ROWS = 25
_under_way: list[float] = []  # what the fixtures inside each fixture that is being set up have taken


def _seconds() -> float:
    return sum(os.times()[:4]) + pdf_children.taken + _of_the_fork_server()


def _of_the_fork_server() -> float:
    """What Python's fork server has taken that makes the copies of tests/faults/processes.py, and those that ended."""
    if not (pid := forkserver._forkserver._forkserver_pid):
        return 0.0
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, numbers[11:15])) / os.sysconf("SC_CLK_TCK")


def _measured(item, phase: str):
    began = _seconds()
    try:
        return (yield)
    finally:
        item.user_properties.append((phase, _seconds() - began))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item):
    return (yield from _measured(item, "setup"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    return (yield from _measured(item, "call"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    return (yield from _measured(item, "teardown"))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    began = _seconds()
    _under_way.append(0.0)
    try:
        return (yield)
    finally:
        took, inside = _seconds() - began, _under_way.pop()
        if _under_way:
            _under_way[-1] += took
        request._pyfuncitem.user_properties.append((f"fixture {fixturedef.argname}", took - inside))


def pytest_terminal_summary(terminalreporter):
    """Four tables: by folder, by file, by test whatever its parameters, by fixture."""
    folders, files, functions, fixtures, tests = Counter(), Counter(), Counter(), Counter(), Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "teardown":
                continue
            path = PurePosixPath(report.nodeid.partition("::")[0])
            function = report.nodeid.partition("[")[0]
            tests.update({str(path): 1, str(path.parent): 1, function: 1})
            for name, seconds in report.user_properties:
                if name.startswith("fixture "):
                    fixtures[name] += seconds
                elif name != "shown":  # tests/soak_report.py's
                    folders[str(path.parent)] += seconds
                    files[str(path)] += seconds
                    functions[function] += seconds
    terminalreporter.section("seconds of a processor")
    for table in (folders, files, functions, fixtures):
        terminalreporter.write_line(f"{sum(table.values()):9.1f}  all")
        for name, seconds in table.most_common(ROWS):
            terminalreporter.write_line(f"{seconds:9.1f}  {tests[name] or '':5}  {name}")
