"""Plain text in the child process: it is taken apart by the function that the caller names."""

from collections.abc import Callable
from typing import Any


def rows(data: bytes, structured: Callable[[str], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows that `structured` finds in the text, which comes as UTF-8."""
    return structured(data.decode())
