"""Every member of an enum has its words: one that is forgotten is found here, not by a reader of a letter."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import TextChoices

from recommendations import enums
from recommendations.permissions import ROLE_MAY
from tests.sources import nodes_of, text_of

ROOT = Path(__file__).resolve().parent.parent
ENUMS = {name: each for name, each in vars(enums).items() if isinstance(each, type) and issubclass(each, TextChoices)}
PROPERTIES = [
    (each, name) for each in ENUMS.values() for name, found in vars(each).items() if isinstance(found, property)
]


def enum_of(table: ast.Dict) -> str:
    """The enum that all keys of a dict display are members of; empty where there is none."""
    keys = [ast.unparse(key).split(".") if isinstance(key, ast.Attribute) else [""] for key in table.keys]
    names = {key[0] for key in keys}
    return names.pop() if len(names) == 1 and names <= ENUMS.keys() else ""


def asked_without_default(nodes: list[ast.AST]) -> set[str]:
    """The names of the tables that a module reads as TABLE[key], which raises KeyError for what is not there."""
    found = [node.value for node in nodes if isinstance(node, ast.Subscript)]
    return {
        *(value.id for value in found if isinstance(value, ast.Name)),
        *(value.attr for value in found if isinstance(value, ast.Attribute)),
    }


def must_be_whole(node: ast.AST, asked: set[str]) -> bool:
    """Whether a node is a table that is asked at once, {…}[key], or under a name that is."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Dict)
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
        return False
    return ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0]) in asked


def tables() -> Iterator[tuple[str, str, set[str]]]:
    """Each table by an enum's members that must be whole: where it stands, its enum, and the members that it has.

    One that has some of them on purpose says so in the line above: "# Some of Rag: what is closed is in no chart."
    """
    paths = sorted((ROOT / "recommendations").rglob("*.py"))
    trees = {path: nodes_of(path) for path in paths if path.parent.name != "migrations"}
    asked = {path: asked_without_default(nodes) for path, nodes in trees.items()}
    asked_anywhere = {name for names in asked.values() for name in names if name.isupper()}
    for path, nodes in trees.items():
        lines = text_of(path).splitlines()
        for node in (each for each in nodes if must_be_whole(each, asked[path] | asked_anywhere)):
            enum = enum_of(node.value)
            if enum and not lines[node.lineno - 2].strip().startswith(f"# Some of {enum}: "):
                members = {key.attr for key in node.value.keys}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", enum, members


@pytest.fixture(scope="module")
def found():
    return list(tables())


def test_a_table_that_is_asked_without_a_default_has_every_member(found):
    assert [each for each in found if each[2] != set(ENUMS[each[1]].__members__)] == []


@pytest.mark.parametrize(("enum", "name"), PROPERTIES, ids=[f"{enum.__name__}-{name}" for enum, name in PROPERTIES])
def test_a_property_of_an_enum_answers_for_every_member(enum, name):
    """It raises for a member that it does not know."""
    assert len([getattr(member, name) for member in enum]) == len(enum)


def test_the_tables_are_found(found):
    enums_with_tables = {enum for _, enum, _ in found}
    assert {"InspectionKind", "RecommendationKind", "DeadlineKind", "LineState"} <= enums_with_tables


def test_every_role_has_its_permissions():
    assert set(ROLE_MAY) == set(enums.Role)


def test_labels_are_told_apart():
    assert [name for name, each in ENUMS.items() if len(set(each.labels)) < len(each)] == []
