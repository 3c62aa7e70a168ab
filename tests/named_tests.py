"""Say beside each test that a page of security names whether it runs with each change: python -m tests.named_tests.

It writes docs/security.md and docs/assurance again, from the tests' marks. Behind a test that `make test` leaves to the
soak stands "(each release)"; where the soak has more of its cases or examples, "(each change; each release in full)";
nothing where all of it runs each time.
"""

import contextlib
import io
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "docs/security.md", *sorted((ROOT / "docs/assurance").glob("*.md"))]
RELEASE, IN_PART = " (each release)", " (each change; each release in full)"
NAMED = re.compile(rf"`(?P<name>tests/[\w/]+\.py(?:::\w+)?)`(?:{re.escape(RELEASE)}|{re.escape(IN_PART)})?")


class Collector:
    """A plugin of pytest: for each file and each of its functions, what stands behind its cases."""

    def __init__(self) -> None:
        self.runs: dict[str, set[str]] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        """Take the marks of all that was collected, also of what `-m` or a database then leaves out."""
        collected = [*items]
        yield  # Hypothesis marks its own
        for item in collected:
            file, function = item.nodeid.partition("::")[0], item.nodeid.partition("[")[0]
            soak, more = item.get_closest_marker("soak"), item.get_closest_marker("hypothesis")
            runs = {RELEASE} if soak else {"", RELEASE} if more else {""}
            for name in (file, function):
                self.runs.setdefault(name, set()).update(runs)


def named() -> set[str]:
    """The tests and files of tests that the pages name."""
    return {found["name"] for page in PAGES for found in NAMED.finditer(page.read_text())}


def collect() -> dict[str, set[str]]:
    """Collect every file that is named; return what `Collector` found. Only outside a run of pytest."""
    os.environ.pop("SOAK", None)
    os.environ.pop("DATABASE_URL", None)
    collector = Collector()
    files = sorted({name.partition("::")[0] for name in named()})
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-m", "", *files], plugins=[collector])
    return collector.runs


def current(text: str, runs: dict[str, set[str]]) -> str:
    """The text of a page with what stands behind each test. KeyError where there is no test of a name."""
    behind = {name: IN_PART if len(found) > 1 else min(found) for name, found in runs.items()}
    return NAMED.sub(lambda found: f"`{found['name']}`{behind[found['name']]}", text)


def main() -> None:
    """Write the pages."""
    runs = collect()
    for page in PAGES:
        page.write_text(current(page.read_text(), runs))


if __name__ == "__main__":
    main()
