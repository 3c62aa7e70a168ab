"""The sources of the project, read and parsed once for all tests of them that a process runs."""

import ast
from functools import cache
from pathlib import Path


@cache
def text_of(path: Path) -> str:
    return path.read_text()


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """All of a module's tree; the module itself is first, and each node is before those in it."""
    found: list[ast.AST] = [ast.parse(text_of(path))]
    for node in found:  # it grows meanwhile
        for value in vars(node).values():
            each_of_it = value if isinstance(value, list) else [value]
            found += [each for each in each_of_it if isinstance(each, ast.AST)]
    return found
