"""The soak: what asks for it, what its runs leave, and the page that is written of it."""

import json
import re
import subprocess
import sys

import pytest

from tests import soak_results
from tests.environment import asks_for_soak
from tests.soak_results import LEGS, ROOT, page

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RESULT = {
    "commit": "0123abcd",
    "day": "2026-11-30",
    "engine": "SQLite",
    "python": "3.13.5",
    "passed": 1204,
    "failed": [],
    "skipped": ["tests/test_a.py::test_a: no disk"],
    "seconds": 2280,
    "shown": [{"test": "test_a.py::test_b", "outcome": "passed", "seconds": 61, "line": "30 crashes, 0 lost"}],
}


@pytest.mark.parametrize(
    ("marks", "asks"),
    [
        ("soak", True),
        ("soak or hypothesis or journey", True),
        ("(hypothesis or soak or sqlite_alone) and not (soak and sqlite_alone)", True),
        ("not journey and not soak", False),
        ("sqlite_alone or not soak", False),
        ("not (soak)", False),
        ("", False),
    ],
)
def test_marks_that_take_the_soak_ask_for_full_counts(marks, asks):
    assert asks_for_soak(marks) == asks


def test_a_run_of_the_soak_is_at_full_counts_and_a_leg_keeps_what_it_showed(tmp_path):
    """Run as the documentation writes it, in a process of its own and in two of xdist."""
    (tmp_path / "conftest.py").write_text(
        "from pathlib import Path\nfrom tests import soak_results\n"
        "soak_results.RESULTS = Path(__file__).parent / 'results.json'\n"
    )
    (tmp_path / "test_counts.py").write_text(
        "from pytest import mark, skip\nfrom tests.environment import SOAK\n"
        "@mark.soak\n"
        "def test_full(record_property):\n    record_property('shown', '3 of 3')\n    assert SOAK\n"
        "@mark.soak\ndef test_broken():\n    assert False\n"
        "@mark.soak\ndef test_left():\n    skip('no disk')\n"
    )
    asked = ["-m", "pytest", "-m", "soak", "-c", "pyproject.toml", "--rootdir", tmp_path, "-p", "no:cacheprovider"]
    leg = ["-p", "tests.soak_report", "--leg", "soak-rest-sqlite", "-n", "1"]
    subprocess.run([sys.executable, *asked, *leg, tmp_path], cwd=ROOT, capture_output=True, check=False)
    result = json.loads((tmp_path / "results.json").read_text())["soak-rest-sqlite"]
    assert (result["passed"], result["failed"]) == (1, ["test_counts.py::test_broken"])
    assert result["skipped"] == ["test_counts.py::test_left: Skipped: no disk"]
    assert [(each["test"], each["outcome"], each["line"]) for each in result["shown"]] == [
        ("test_counts.py::test_full", "passed", "3 of 3")
    ]


def test_a_leg_that_runs_again_takes_the_place_of_its_last_run(tmp_path, monkeypatch):
    monkeypatch.setattr(soak_results, "RESULTS", tmp_path / "var/results.json")
    for leg, passed in (("soak-journeys", 1), ("soak-rest-sqlite", 2), ("soak-journeys", 3)):
        soak_results.keep(leg, {"passed": passed})
    assert soak_results.read() == {"soak-rest-sqlite": {"passed": 2}, "soak-journeys": {"passed": 3}}
    soak_results.keep("soak-journeys", None)
    assert soak_results.read() == {"soak-rest-sqlite": {"passed": 2}}


def test_the_page_has_each_leg_and_says_which_did_not_run_on_the_commit():
    results = {"soak-faults-sqlite": RESULT, "soak-journeys": RESULT | {"commit": "another"}}
    lines = page(results, "0123abcd").splitlines()
    rows = [line for line in lines if line.startswith("| `make ")]
    assert rows[0] == (
        "| `make soak-faults-sqlite` | faults and operations, on SQLite | 2026-11-30 | SQLite | 3.13.5 "
        "| 1,204 | 0 | 1 | 2,280 |"
    )
    assert [row.split(" | ")[2] for row in rows[1:]] == ["not run"] * (len(LEGS) - 1)
    assert lines[-7:] == [
        "## soak-faults-sqlite",
        "",
        "| test | outcome | seconds | showed |",
        "|---|---|---|---|",
        "| `test_a.py::test_b` | passed | 61 | 30 crashes, 0 lost |",
        "",
        "- skipped: tests/test_a.py::test_a: no disk",
    ]


def test_make_soak_runs_each_leg_and_then_writes_the_page():
    makefile = (ROOT / "Makefile").read_text()
    recipe = re.search(r"^soak:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1]
    assert re.findall(r"soak-[a-z-]+", recipe) == list(LEGS)
    assert recipe.index("soak-python") < recipe.index("tests.soak_results")


def test_each_command_of_the_documentation_that_runs_tests_works_as_it_is_written():
    """By `python -m`, which finds the folder `tests`; pytest by itself does not."""
    commands = [line for path in PAGES for line in path.read_text().splitlines() if re.search(r"\bpytest -", line)]
    assert len(commands) > 5
    assert [line for line in commands if re.search(r"(?<!\.venv/bin/python -m )\bpytest -", line)] == []
