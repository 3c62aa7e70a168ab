"""What each test showed, in one line, with its seconds: printed at the end of a run with `-p tests.soak_report`.

With `--leg NAME` the run is a leg of `make soak`: its counts and lines are kept for docs/soak-results.md
(tests/soak_results.py), in the place of those that an earlier run of that leg left.
"""

import datetime
import platform
import time

from django.db import connection

from tests import soak_results


def pytest_addoption(parser):
    """The name of the leg, such as soak-journeys."""
    parser.addoption("--leg", choices=soak_results.LEGS, help="keep the counts as those of this leg of the soak")


def pytest_sessionstart(session):
    """A leg that does not come to its end has not run."""
    if session.config.option.leg and not hasattr(session.config, "workerinput"):
        session.config.began, session.config.commit = time.monotonic(), soak_results.commit()
        soak_results.keep(session.config.option.leg, None)


def pytest_terminal_summary(terminalreporter, config):
    """A line for each test that showed something, failed or not; with xdist too, which carries the lines over."""
    reports = [
        each for found in terminalreporter.stats.values() for each in found if getattr(each, "when", "") == "call"
    ]
    shown = [
        {"test": each.nodeid.rpartition("/")[2], "outcome": each.outcome, "seconds": round(each.duration), "line": line}
        for each in reports
        for name, line in each.user_properties
        if name == "shown"
    ]
    if shown:
        terminalreporter.section("what was shown")
    for each in shown:
        outcome = "" if each["outcome"] == "passed" else f" [{each['outcome']}]"
        terminalreporter.write_line(f"{each['test']}{outcome}, {each['seconds']} s: {each['line']}")
    if config.option.leg:
        stats = terminalreporter.stats
        broken = stats.get("failed", []) + stats.get("error", [])
        result = {
            "commit": config.commit,
            "day": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            "engine": connection.display_name,
            "python": platform.python_version(),
            "passed": len(stats.get("passed", [])),
            "failed": sorted({each.nodeid for each in broken}),
            "skipped": sorted({f"{each.nodeid}: {each.longrepr[2]}" for each in stats.get("skipped", [])}),
            "seconds": round(time.monotonic() - config.began),
            "shown": shown,
        }
        soak_results.keep(config.option.leg, result)
