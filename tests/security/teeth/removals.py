"""Every check of the product, each of which can be taken away alone.

A check is an @allow above a view, a `visible_to(user)`, a guard that raises NotAllowed or PermissionDenied, a limit
of a queryset, a line of the role table, or a middleware of ours. `taken_away` runs the product without one of them.
"""

import ast
import gc
import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

from django.conf import settings
from django.test import override_settings
from django.urls import get_resolver

from tests.test_permissions import walk

ROOT = Path(__file__).resolve().parents[3]
APP = ROOT / "recommendations"
INSIDE = r"(?:[^()]|\([^()]*\))*"  # what stands between two brackets


@dataclass(frozen=True)
class Removal:
    """One check taken away: a module and its text without the check."""

    path: Path
    line: int
    what: str
    text: str

    def __str__(self):
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.what}"

    @property
    def layer(self) -> str:
        return self.path.relative_to(APP).parts[0] if self.path.is_relative_to(APP) else ""


def removals() -> list[Removal]:
    """Every check that there is, each taken away alone."""
    views, domain, models = (sorted((APP / layer).rglob("*.py")) for layer in ("views", "domain", "models"))
    found = []
    for path in [*views, *sorted((APP / "admin").rglob("*.py"))]:
        found += _without(path, r"^ *@allow\([^\n]*\)\n", "")
        found += _without(path, rf"\.visible_to\({INSIDE}\)", ".all()")
        found += _without(path, r"raise PermissionDenied\([^\n]*\)", "pass")
        found += _without(path, r"^    if not [^\n]*may_withdraw\([^\n]*:\n", "    if False:\n")
        found += _without(path, r"^    if (?:found\.withdrawn_on|withdrawn):\n", "    if False:\n")
    for path in domain:
        found += _without(path, rf"raise NotAllowed\({INSIDE}\)", "pass")
        found += _without(path, r"^ +\.exclude\(response__[^\n]*\)\n", "")
    for path in models:
        found += _without(path, rf"return self\.(?:none\(\)|filter\((?=[^\n]*force_id){INSIDE}\))", "return self")
    permissions = APP / "permissions.py"
    found += _without(permissions, r'raise PermissionDenied\(f"needs \{permission\}"\)', "pass")
    found += _without(permissions, r'if not getattr\(user, "is_active", False\):', "if False:")
    found += _without(permissions, r' and "\.delete_" not in permission', "")
    middleware = (
        r'^    "recommendations\.middleware\.(?!tokens|sessions|typed_days|after_response|head_requests)[\w.]+",\n'
    )
    return found + list(_without(ROOT / "oversight/settings.py", middleware, ""))


def _without(path: Path, pattern: str, instead: str) -> Iterator[Removal]:
    text = path.read_text()
    for found in re.finditer(pattern, text, re.MULTILINE):
        line = text[: found.start()].count("\n") + 1
        lines = "\n" * (found[0].count("\n") - instead.count("\n"))  # each line after it keeps its number
        yield Removal(path, line, found[0].strip(), text[: found.start()] + instead + lines + text[found.end() :])


def taken_away(removal: Removal):
    """Inside this context the product runs without the check."""
    if removal.path.name == "settings.py":
        left = [name for name in settings.MIDDLEWARE if name != removal.what.strip('",')]
        return override_settings(MIDDLEWARE=left)
    if removal.what.startswith("@allow"):
        return _without_rule(view_of(removal))
    return _exchanged(changes(removal))


@contextmanager
def _without_rule(name: tuple[str, str]):
    """A view that asks for no permission, and does not say that it does."""
    guards = [each for each in alive()[GUARD] if (each.__module__, each.__name__) == name]
    named = [view for _, view in walk(get_resolver()) if (view.__module__, view.__name__) == name]
    views = [*{id(view): view for view in named}.values()]  # one view may answer at several addresses
    rules = [vars(view).pop("access_rule") for view in views]
    try:
        with _exchanged([(guard, OPEN) for guard in guards]):
            yield
    finally:
        for view, rule in zip(views, rules, strict=True):
            view.access_rule = rule


def _let_in(permission, view):
    """What `allow` makes of a view, without its question: it has the same variables."""

    def guarded(request, *args, **kwargs):
        return (permission, view)[1](request, *args, **kwargs)

    return guarded


OPEN = _let_in(None, None).__code__
GUARD = "allow.<locals>.mark.<locals>.guarded"


@contextmanager
def _exchanged(codes: Iterable[tuple[FunctionType, CodeType]]):
    """Each function does what its new code says. Whoever has imported it calls the new code too."""
    codes = list(codes)
    if not codes:
        raise LookupError("No function of the product has this check.")
    before = [(function, function.__code__) for function, _ in codes]
    for function, code in codes:
        function.__code__ = code
    try:
        yield
    finally:
        for function, code in before:
            function.__code__ = code


def view_of(removal: Removal) -> tuple[str, str]:
    """The module and the name of the view that an @allow stands above."""
    functions = [node for node in ast.walk(ast.parse(removal.path.read_text())) if isinstance(node, ast.FunctionDef)]
    marked = [node for node in functions if removal.line in [each.lineno for each in node.decorator_list]]
    return module_of(removal), marked[0].name


def view_around(removal: Removal) -> tuple[str, str]:
    """The module and the name of the function that a check of the views stands above or in."""
    return (
        view_of(removal) if removal.what.startswith("@allow") else (module_of(removal), changes(removal)[0][0].__name__)
    )


def module_of(removal: Removal) -> str:
    """The name of its module, which is loaded."""
    name = ".".join(removal.path.relative_to(ROOT).with_suffix("").parts)
    importlib.import_module(name)
    return name


def changes(removal: Removal) -> list[tuple[FunctionType, CodeType]]:
    """The functions that the check is in, each with its code without it."""
    module_of(removal)
    path, found = str(removal.path), []
    before, after = codes_of(removal.path.read_text(), path), codes_of(removal.text, path)
    for name, codes in before.items():
        changed = [(old, new) for old, new in zip(codes, after[name], strict=True) if old != new]
        found += [(each, new) for old, new in changed for each in alive()[name] if each.__code__ == old]
    return found


def codes_of(text: str, path: str) -> dict[str, list[CodeType]]:
    """The code of every function in a module's text, by its qualified name, in the order of the text."""
    found, left = defaultdict(list), [compile(text, path, "exec")]
    while left:
        code = left.pop(0)
        found[code.co_qualname].append(code)
        left += [each for each in code.co_consts if isinstance(each, CodeType)]
    return found


@cache
def alive() -> dict[str, list[FunctionType]]:
    """Every function of the product, by the qualified name of its code."""
    for removal in removals():
        if removal.layer:
            module_of(removal)
    get_resolver().check()  # whatever a request can come to is loaded
    gc.unfreeze()  # tests.environment froze what a run had collected
    found = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(f"{APP}/"):
            found[each.__code__.co_qualname].append(each)
    return found
