"""The version of Oversight, and the commit that it was made from."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"  # beside the program, wherever it is installed
COMMIT = "commit"  # the file beside it that packaging/make_package.py writes


@cache
def version() -> str:
    """The version number: 0.3.0 for a release, 0.4.0.dev0 for what comes after it."""
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"])


def version_and_commit() -> str:
    """The version with the commit, where one is known: "0.4.0.dev0 (commit c0cc22f3)"."""
    known = commit_of(PROJECT.parent)
    return f"{version()} (commit {known})" if known else version()


def commit_of(folder: Path) -> str:
    """The commit of the program in this folder, or "" if nothing says it. "-dirty" ends that of a changed checkout."""
    stamp = folder / COMMIT
    if stamp.is_file():
        return stamp.read_text().strip()
    return describe(folder) if (folder / ".git").exists() else ""


def describe(folder: Path) -> str:
    """What git calls the commit of a checkout, or "" if git refuses, as in a folder of another user."""
    command = ["git", "describe", "--always", "--exclude=*", "--abbrev=8", "--dirty"]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
