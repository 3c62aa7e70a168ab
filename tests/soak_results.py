"""Write docs/soak-results.md, what `make soak` showed on one commit: python -m tests.soak_results.

Each leg of the soak keeps its result in var/soak-results.json (tests/soak_report.py). The page shows the results of the
commit that is checked out; a leg without one on that commit is "not run".
"""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/soak-results.md"
RESULTS = ROOT / "var/soak-results.json"
READ_BY_PEOPLE = ("docs/*.md", "README.md", "CHANGELOG.md")  # the page too: none of them changes what runs
# The legs of `make soak`, in its order, and what each runs.
LEGS = {
    "soak-faults-sqlite": "faults and operations, on SQLite",
    "soak-faults-postgres": "faults and operations, on PostgreSQL",
    "soak-rest-sqlite": "all else at its full counts, on SQLite",
    "soak-rest-postgres": "all else at its full counts, on PostgreSQL",
    "soak-journeys": "every journey",
    "soak-python": "the suite on SQLite, under another Python",
}
INTRODUCTION = """# Results of the soak

What [the soak](soak.md) showed on commit {commit}. Written by `make soak` from what each of its runs left; where
only some were run, `.venv/bin/python -m tests.soak_results` writes it. Change nothing here by hand.
"""


def commit() -> str:
    """The commit whose code is here, as eight letters and figures: the last that changed more than what people read.

    It says so where there are changes that no commit has.
    """
    code = ("--", ".", *(f":(exclude){page}" for page in READ_BY_PEOPLE))
    changed = _git("status", "--porcelain", "--untracked-files=no", *code)
    return _git("log", "-1", "--format=%H", *code)[:8] + (" with changes that are not committed" if changed else "")


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def read() -> dict[str, dict]:
    """What each leg kept, by its name."""
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def keep(leg: str, result: dict | None) -> None:
    """Put a leg's result in the place of its last one; with None it has none."""
    results = {name: kept for name, kept in read().items() if name != leg} | ({leg: result} if result else {})
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1))


def page(results: dict[str, dict], commit: str) -> str:
    """The page: a table of all legs, then what each showed, which of its tests failed and which were skipped."""
    results = {leg: result for leg, result in results.items() if result["commit"] == commit}
    lines = [
        INTRODUCTION.format(commit=commit),
        "| run | what | day | engine | Python | passed | failed | skipped | seconds |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_row(leg, results.get(leg)) for leg in LEGS),
    ]
    for leg in LEGS:
        if leg in results and (details := _details(results[leg])):
            lines += ["", f"## {leg}", "", *details]
    return "\n".join(lines) + "\n"


def _row(leg: str, result: dict | None) -> str:
    if not result:
        cells = ["not run", *[""] * 6]
    else:
        counts = (f"{number:,}" for number in (result["passed"], len(result["failed"]), len(result["skipped"])))
        cells = [result["day"], result["engine"], result["python"], *counts, f"{result['seconds']:,}"]
    return f"| `make {leg}` | {LEGS[leg]} | {' | '.join(cells)} |".replace("  ", " ")


def _details(result: dict) -> list[str]:
    shown = [
        f"| `{each['test']}` | {each['outcome']} | {each['seconds']:,} | {each['line']} |" for each in result["shown"]
    ]
    table = ["| test | outcome | seconds | showed |", "|---|---|---|---|", *shown, ""] if shown else []
    failed = [f"- failed: `{test}`" for test in result["failed"]]
    return [*table, *failed, *(f"- skipped: {test}" for test in result["skipped"])]


def main() -> None:
    """Write the page for the commit that is checked out."""
    PAGE.write_text(page(read(), commit()))


if __name__ == "__main__":
    main()
