"""The version of Oversight."""

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"  # beside the program, wherever it is installed


@cache
def version() -> str:
    """The version number, such as 0.2.0."""
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"])
