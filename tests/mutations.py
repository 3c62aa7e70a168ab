"""Change the program in small ways, one at a time, and see that a test fails: python -m tests.mutations --seed 7.

Drawn by the seed are `--count` changes under `--paths`: another comparison, `and` for `or`, a `not` or `~` less, a
number more or less by one, a call whose value nobody takes left out. Each is tried by the tests nearest to its module,
and where these pass by all of its subject. What no test notices is printed as "survives", and the status is 1. No file
is changed: the tests of a change import its module from a syntax tree (as a plugin of pytest, told by MUTATION).
"""

import argparse
import ast
import importlib.machinery
import importlib.util
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
SWAPS = [(ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot)]
SWAPS = {one: other for pair in [*SWAPS, (ast.And, ast.Or)] for one, other in (pair, pair[::-1])}
LEFT_OUT = ("migrations", "demo")
SLOW = ("bench", "faults", "golden", "journeys", "operations", "readers", "releases")  # nobody's nearest tests
NEAREST, LONGEST = 4, 600  # files of tests, and seconds: longer is a loop that the change made endless


class Mutator(ast.NodeTransformer):
    """Describes each change that a module's tree allows, and makes the one with the number `wanted`, if any."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.found: list[str] = []

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Assert) or getattr(node, "name", "") == "Meta":
            return node
        node = self.generic_visit(node)
        for changed in changes(node):
            self.found.append(f"{node.lineno}: {ast.unparse(node)} → {ast.unparse(changed)}")
            if len(self.found) - 1 == self.wanted:
                return ast.fix_missing_locations(ast.copy_location(changed, node))
        return node


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """What one node may become."""
    match node:
        case ast.Compare(left, [op], comparators) if type(op) in SWAPS:
            yield ast.Compare(left, [SWAPS[type(op)]()], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(SWAPS[type(op)](), values)
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            yield operand
        case ast.Constant(int() as number) if not isinstance(number, bool):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
        case ast.Expr(ast.Call(function)) if not ast.unparse(function).startswith(("log.", "logger.", "super")):
            yield ast.Pass()


def tree_of(path: Path, wanted: int | None = None) -> tuple[ast.AST, list[str]]:
    """A module's tree, with the change that is wanted, and all changes that it allows."""
    mutator = Mutator(wanted)
    return mutator.visit(ast.parse(path.read_text())), mutator.found


def module_of(path: Path) -> str:
    """The name by which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class Loader(importlib.machinery.SourceFileLoader):
    """Loads the one module that is changed."""

    def get_code(self, fullname: str):
        return compile(tree_of(Path(self.path), int(os.environ["MUTATION"].rpartition(":")[2]))[0], self.path, "exec")


class Finder:
    """Finds the one module that is changed before Python's own finders do."""

    @staticmethod
    def find_spec(name: str, _path=None, _target=None):
        path = ROOT / os.environ["MUTATION"].rpartition(":")[0]
        if name != module_of(path):
            return None
        return importlib.util.spec_from_file_location(name, path, loader=Loader(name, str(path)))


def nearest(path: Path) -> list[Path]:
    """The files of tests that import a module or are called like it, those in the folder of its subject first."""
    name, stem = module_of(path), path.stem.removeprefix("__init__") or path.parent.name
    parent = re.escape(name.rpartition(".")[0])
    imports = re.compile(rf"from {re.escape(name)} import|from {parent} import (?:\([^)]*|[^\n(]*)\b{stem}\b")
    folder = path.parent.relative_to(ROOT).parts[1:]
    ranked = []
    for file in TESTS.rglob("test_*.py"):
        parts = file.parent.relative_to(TESTS).parts
        points = 2 * bool(imports.search(file.read_text())) + 3 * (file.stem == f"test_{stem}")
        if points and not set(SLOW) & set(parts):
            shared = sum(one == other for one, other in zip(folder, parts, strict=False))
            ranked.append((-points - shared, file))
    return [file for _, file in sorted(ranked)[:NEAREST]]


def around(path: Path) -> list[Path]:
    """The folders of the tests of a module's subject."""
    subjects = set(path.relative_to(ROOT).parts[2:3]) - {path.name}
    folders = [TESTS / layer / subject for subject in subjects for layer in ("domain", "views", "forms")]
    return [folder for folder in folders if folder.is_dir()]


def is_noticed(path: Path, number: int, tests: list[Path]) -> bool:
    """Whether one of these tests fails with a change."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.mutations", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"MUTATION": f"{path.relative_to(ROOT)}:{number}"}
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=LONGEST).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main() -> int:
    """Draw the changes, try each, print what became of it; 1 where one survives."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=25)
    parser.add_argument("--paths", type=Path, nargs="+", default=[Path("recommendations/domain")])
    parser.add_argument("--quick", action="store_true", help="leave out all of the subject's tests")
    asked = parser.parse_args()
    files = [file for path in asked.paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    files = [file.resolve() for file in files if not set(LEFT_OUT) & set(file.parts)]
    possible = [(file, number, change) for file in files for number, change in enumerate(tree_of(file)[1])]
    survivors = 0
    for file, number, change in random.Random(asked.seed).sample(possible, min(asked.count, len(possible))):
        stages = [nearest(file), [] if asked.quick else around(file)]
        noticed = any(is_noticed(file, number, tests) for tests in stages if tests)
        survivors += not noticed
        print(f"{'noticed ' if noticed else 'survives'} {file.relative_to(ROOT)}:{change}", flush=True)
    print(f"{survivors} of {min(asked.count, len(possible))} survive, drawn from {len(possible)} by seed {asked.seed}.")
    return bool(survivors)


if "MUTATION" in os.environ:
    sys.meta_path.insert(0, Finder)

if __name__ == "__main__":
    sys.exit(main())
