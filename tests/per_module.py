"""Fixtures that are built once for the tests of a module that ask for the same, as setUpTestData does for a TestCase.

    @per_module
    def officer():
        return make_person("Hannah Whitlock", Role.OPCC_OFFICER)

A test finds in the database what it asked for and nothing else: each such fixture is built inside a savepoint of its
own, and what a test does not ask for is rolled back before it. Its tests are put in the order that rolls back least.
What a test gets is a copy, which it may change. A test that commits (`transactional_db`) has all of it built for
itself.

A builder may ask for other such fixtures by their names, and for those of a wider scope.
"""

import inspect
from copy import deepcopy
from itertools import groupby, takewhile
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings

QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


class Built(NamedTuple):
    """One fixture that is in the database, and the savepoint that it was built in."""

    build: object
    value: object
    savepoint: transaction.Atomic


def per_module(build, name=""):
    """Make a fixture of a function that builds something in the database and returns it; of its name, or another."""
    needs = tuple(inspect.signature(build).parameters)

    def fixture(request, db):
        values = {each.build: each.value for each in request.getfixturevalue("_built")}
        if build in values:
            return deepcopy(values[build], request.getfixturevalue("_copied"))
        return build(*map(request.getfixturevalue, needs))

    fixture.build, fixture.needs = build, needs
    return pytest.fixture(fixture, name=name or build.__name__)


def commits(item) -> bool:
    """Whether a test's changes are committed, so that nothing built before it would be seen."""
    if {"transactional_db", "live_server", "shared_database"} & {*item.fixturenames}:
        return True
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker):
    """What is built for a module at the moment, in its order."""
    built = []
    yield built
    with django_db_blocker.unblock():
        _roll_back(built, 0)


@pytest.fixture
def _copied():
    """What one test has copied already: two fixtures that share an object share its copy."""
    return {}


@pytest.fixture
def _built_first(request, _built, django_db_blocker):
    """Has what a test asks for in the database before the test's own transaction begins, and nothing else."""
    needed = _needed(request.node)
    same = [*takewhile(lambda pair: pair[0].build is pair[1].func.build, zip(_built, needed, strict=False))]
    with django_db_blocker.unblock(), override_settings(**QUICK):
        _roll_back(_built, len(same))
        for found in needed[len(same) :]:
            _build(request, _built, found.func)


def _roll_back(built: list[Built], length: int) -> None:
    while len(built) > length:
        transaction.set_rollback(True)
        built.pop().savepoint.__exit__(None, None, None)


def _build(request, built: list[Built], fixture) -> None:
    values = {each.build.__name__: each.value for each in built}
    savepoint = transaction.atomic()
    savepoint._from_testcase = True  # no transaction to the code under test
    savepoint.__enter__()
    try:
        value = fixture.build(*[values.get(need) or request.getfixturevalue(need) for need in fixture.needs])
    except BaseException:
        transaction.set_rollback(True)
        savepoint.__exit__(None, None, None)
        raise
    built.append(Built(fixture.build, value, savepoint))


def _needed(item) -> list:
    """The fixtures of this kind that a test asks for, each after what it needs: the widest first."""
    if commits(item):
        return []
    asked = {name: found for name in item.fixturenames if (found := _found(item, name))}
    needed = {}
    for name in sorted(
        asked, key=lambda name: (len(asked[name].baseid), asked[name].func.build.__code__.co_firstlineno)
    ):
        _add(item, name, needed)
    return [*needed.values()]


def _add(item, name: str, needed: dict) -> None:
    found = _found(item, name)
    if found and name not in needed:
        for need in found.func.needs:
            _add(item, need, needed)
        needed[name] = found


def _found(item, name: str):
    """The definition of a fixture of this kind; None for others."""
    found = item.session._fixturemanager.getfixturedefs(name, item) or [None]
    return found[-1] if hasattr(getattr(found[-1], "func", None), "build") else None


def pytest_collection_modifyitems(items):
    """Put the tests of a module that ask for the same next to each other."""
    items[:] = [
        item
        for _, of_module in groupby(items, key=lambda item: item.path)
        for item in sorted(of_module, key=lambda item: (commits(item), [each.argname for each in _needed(item)]))
    ]
    for item in items:
        item.fixturenames.insert(0, "_built_first")
