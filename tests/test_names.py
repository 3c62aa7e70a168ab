"""A function is named for what it returns or does, a parameter for what it holds.

A participle or a preposition alone says nothing in a stack trace: `_said`, `told`, `beside`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.sources import nodes_of

ROOT = Path(__file__).resolve().parent.parent
MODULES = [
    path
    for folder in ("recommendations", "oversight")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
SPEAKING = {"said", "told", "asked", "named", "given", "kept", "taken", "found", "shown"}
PARTICIPLES = SPEAKING | {"left", "led", "made", "drawn", "held", "done", "gone", "put"}
PREPOSITIONS = {
    *("of", "by", "at", "to", "as", "then", "from", "in", "on", "with", "for", "without", "under", "over"),
    *("after", "before", "between", "among", "beside"),
}


def functions(of: type[ast.AST]) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """The functions that stand directly in a module, or in a class."""
    for path in MODULES:
        for node in nodes_of(path):
            if isinstance(node, of):
                yield from ((path, each) for each in node.body if isinstance(each, ast.FunctionDef))


def bare(names: set[str], of: type[ast.AST]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{each.name}" for path, each in functions(of) if each.name.lstrip("_") in names]


def test_no_function_is_named_by_a_participle_or_a_preposition_alone():
    """Two are names that others look up: an address, and a filter of templates."""
    assert bare(PARTICIPLES | PREPOSITIONS, ast.Module) == [
        "recommendations/templatetags/words.py:of",
        "recommendations/views/submission/interrupted_form.py:kept",
    ]


def test_methods_are_named_so_ever_less_often():
    """`Cover.by` and `ColourBasis.of(record)` say enough. The number only falls."""
    assert len(bare(PARTICIPLES, ast.ClassDef)) <= 19


def test_no_parameter_is_named_by_a_participle_alone():
    """Most that are left are names of fields. The number only falls."""
    named = [
        f"{path.relative_to(ROOT)}:{each.name}({argument.arg})"
        for of in (ast.Module, ast.ClassDef)
        for path, each in functions(of)
        for argument in [*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs]
        if argument.arg in SPEAKING
    ]
    assert len(named) <= 6
