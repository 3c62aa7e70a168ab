"""What each test showed, in one line, with its seconds: printed at the end of a run with `-p tests.soak_report`."""


def pytest_terminal_summary(terminalreporter):
    """A line for each test that showed something, failed or not; with xdist too, which carries the lines over."""
    reports = [
        each for found in terminalreporter.stats.values() for each in found if getattr(each, "when", "") == "call"
    ]
    lines = [(each, line) for each in reports for name, line in each.user_properties if name == "shown"]
    if lines:
        terminalreporter.section("what was shown")
    for report, line in lines:
        outcome = "" if report.outcome == "passed" else f" [{report.outcome}]"
        terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}{outcome}, {report.duration:.0f} s: {line}")
