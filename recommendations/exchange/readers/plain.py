"""Read plain text in the child process, with the function that the caller names."""

from collections.abc import Callable
from typing import Any


def rows(data: bytes, structured: Callable[[str], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the rows that `rows_of_text` finds in the text, which is UTF-8."""
    return structured(data.decode())
