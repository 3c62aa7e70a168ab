"""Which version of Oversight this is."""

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


@cache
def version() -> str:
    """The version's number, as 0.2.0: of the source where this is one, else of the installed package."""
    if not PROJECT.exists():
        return metadata.version("oversight")
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"])
