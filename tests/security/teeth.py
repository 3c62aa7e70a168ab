"""Take each check of the product away in turn, in a copy, and see that the tests notice.

A check is an @allow above a view, a `visible_to(user)`, a guard that raises NotAllowed or PermissionDenied, a limit
of a queryset, a line of the role table, or a middleware of ours. Each is removed alone from a copy of the tree, and
the tests below are run there: they must fail. `python -m tests.security.teeth` prints what survives.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In seconds: most removals are caught by these.
QUICK = ("tests/test_permissions.py", "tests/test_architecture.py")
SLOW = (
    "tests/test_trail.py",
    "tests/test_trail_verbs.py",
    "tests/test_middleware.py",
    "tests/domain/people/test_records.py",
    "tests/domain/register/test_withdraw.py",
    "tests/security/test_matrix.py",
    "tests/security/test_second_factor.py",
    "tests/security/test_sign_in.py",
    "tests/security/test_forms.py",
    "tests/security/test_transitions.py",
    "tests/security/test_canary.py",
    "tests/security/test_many.py",
    "tests/security/test_public.py",
    "tests/security/test_kept_form.py",
)
FOLDERS = ("oversight", "recommendations", "templates", "tests", "docs", "static")
FILES = ("manage.py", "pyproject.toml")


@dataclass(frozen=True)
class Removal:
    """One check taken away: a module and its text without the check."""

    path: Path
    line: int
    what: str
    text: str

    def __str__(self):
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.what}"


def removals() -> list[Removal]:
    """Every check that there is, each taken away alone."""
    app = ROOT / "recommendations"
    views = sorted((app / "views").rglob("*.py"))
    found = []
    for path in [*views, app / "admin.py"]:
        found += _without(path, r"^@allow\([^\n]*\)\n", "")
        found += _without(path, r"\.visible_to\((?:[^()]|\([^()]*\))*\)", ".all()")
        found += _without(path, r"raise PermissionDenied\([^\n]*\)", "pass")
        found += _without(path, r"^    if not [^\n]*may_withdraw\([^\n]*:\n", "    if False:\n")
    for path in sorted((app / "domain").rglob("*.py")):
        found += _without(path, r"raise NotAllowed\((?:[^()]|\([^()]*\))*\)", "pass")
    for path in sorted((app / "models").glob("*.py")):
        found += _without(path, r"return self\.(?:none\(\)|filter\([^\n]*force_id\))", "return self")
    found += _without(app / "permissions.py", r'raise PermissionDenied\(f"needs \{permission\}"\)', "pass")
    found += _without(app / "permissions.py", r'if not getattr\(user, "is_active", False\):', "if False:")
    found += _without(app / "permissions.py", r' and "\.delete_" not in permission', "")
    found += _without(app / "domain/public/responses.py", r"^ +\.exclude\(response__[^\n]*\)\n", "")
    public = app / "views/public/responses.py"
    found += _without(public, r"^    if (?:found\.withdrawn_on|withdrawn):\n", "    if False:\n")
    settings = ROOT / "oversight/settings.py"
    return found + list(_without(settings, r'^    "recommendations\.middleware\.(?!unavailable)\w+",\n', ""))


def _without(path: Path, pattern: str, instead: str) -> Iterator[Removal]:
    text = path.read_text()
    for found in re.finditer(pattern, text, re.MULTILINE):
        line = text[: found.start()].count("\n") + 1
        yield Removal(path, line, found[0].strip(), text[: found.start()] + instead + text[found.end() :])


def copy_to(folder: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "var" / "static").mkdir(parents=True)


def run(folder: Path) -> int:
    """Run the tests in a copy; pytest's status: 0 where all pass, 1 where one fails, more where none could be run."""
    return pytest(folder, QUICK) or pytest(folder, SLOW)


def pytest(folder: Path, tests) -> int:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    left_out = ("PYTEST_", "DATABASE_URL")  # each copy has a database of its own
    plain = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    environment = plain | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True).returncode


def is_caught(removal: Removal, folder: Path) -> bool:
    """Whether a test fails without this check. A copy that can't be loaded at all counts as not caught."""
    target = folder / removal.path.relative_to(ROOT)
    kept = target.read_text()
    target.write_text(removal.text)
    try:
        return run(folder) == 1
    finally:
        target.write_text(kept)


def survivors(chosen: list[Removal]) -> list[str]:
    """The removals that no test notices. Raises where the tests fail with every check in place: that shows nothing."""
    with tempfile.TemporaryDirectory(prefix="oversight-teeth-") as name:
        folder = Path(name)
        copy_to(folder)
        if run(folder) != 0:
            raise RuntimeError("The tests fail before anything is taken away.")
        return [str(removal) for removal in chosen if not is_caught(removal, folder)]


if __name__ == "__main__":
    everything = removals()
    left = survivors(everything)
    print("\n".join([*left, f"{len(everything) - len(left)} of {len(everything)} removals are caught."]))
    sys.exit(bool(left))
