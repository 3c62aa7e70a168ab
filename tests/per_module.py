"""Fixtures that are built once for the tests of a module that ask for the same, as setUpTestData does for a TestCase.

The module after it goes on with what it asks for too, and modules that begin with the same come after each other.

    @per_module
    def officer():
        return make_person("Hannah Whitlock", Role.OPCC_OFFICER)

A test finds in the database what it asked for and nothing else: each such fixture is built inside a savepoint of its
own, and what a test does not ask for is rolled back before it. Its tests are put in the order that rolls back least.
What a test gets is a copy, which it may change. A test that commits (`transactional_db`) has all of it built for
itself; one that asks no database rolls nothing back. One that asks for such a fixture by `getfixturevalue` alone is
marked `django_db`.

A builder may ask for other such fixtures by their names, and for those of a wider scope. What one marked `@shared`
builds first of all is copied from process to process of a run (tests/shared_builds.py).
"""

import inspect
from collections import Counter
from copy import deepcopy
from itertools import groupby, takewhile
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings

from tests import shared_builds
from tests.database import fill_from, sqlite_template

NEEDED = pytest.StashKey[list]()
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


class Built(NamedTuple):
    """One fixture that is in the database, and the savepoint that it was built in.

    `before` are the values of those that were built before it, as they were then: a builder may change them. What is
    `copied` from another process stood in the database before the savepoint.
    """

    name: str
    build: object
    value: object
    savepoint: transaction.Atomic
    before: list
    copied: bool = False


def per_module(build, name=""):
    """Make a fixture of a function that builds something in the database and returns it; of its name, or another."""
    needs = tuple(inspect.signature(build).parameters)

    def fixture(request, db):
        assert asks_a_database(request.node), "Mark this test django_db: it would find what the tests before it built."
        values = {each.build: each.value for each in request.getfixturevalue("_built")}
        if build in values:
            return deepcopy(values[build], request.getfixturevalue("_copied"))
        return build(*map(request.getfixturevalue, needs))

    fixture.build, fixture.needs = build, needs
    return pytest.fixture(fixture, name=name or build.__name__)


def asks_a_database(item) -> bool:
    """Whether a test may read a database: of what is built it is to find what it asked for alone."""
    return bool(item.get_closest_marker("django_db") or DATABASE & {*item.fixturenames})


def commits(item) -> bool:
    """Whether a test's changes are committed, so that nothing built before it would be seen."""
    if {"transactional_db", "live_server", "shared_database"} & {*item.fixturenames}:
        return True
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def _built(django_db_setup, django_db_blocker):
    """What is built at the moment, in its order. The next module finds what it asks for in the same order."""
    built = []
    yield built
    with django_db_blocker.unblock():
        _roll_back(built, 0)


@pytest.fixture(scope="session")
def _of_the_run(request, tmp_path_factory):
    """A folder that the processes of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture
def _copied():
    """What one test has copied already: two fixtures that share an object share its copy."""
    return {}


@pytest.fixture
def _built_first(request, _built, django_db_blocker):
    """Has what a test asks for in the database before the test's own transaction begins, and nothing else."""
    needed = request.node.stash[NEEDED]
    if not (needed or asks_a_database(request.node) or commits(request.node)):
        return
    same = [*takewhile(lambda pair: pair[0].build is pair[1].func.build, zip(_built, needed, strict=False))]
    with django_db_blocker.unblock(), override_settings(**QUICK):
        _roll_back(_built, len(same))
        for place, each in enumerate(_built):
            _built[place] = each._replace(name=needed[place].argname)  # what this module calls it
        for found in needed[len(same) :]:
            _build(request, _built, found)


def _roll_back(built: list[Built], length: int) -> None:
    while len(built) > length:
        transaction.set_rollback(True)
        last = built.pop()
        last.savepoint.__exit__(None, None, None)
        if last.copied:
            fill_from(sqlite_template())
        built[:] = [each._replace(value=value) for each, value in zip(built, last.before, strict=True)]


def _build(request, built: list[Built], found) -> None:
    fixture = found.func
    if built or not shared_builds.may_be_shared(fixture.build):
        _build_here(request, built, found)
        return
    with shared_builds.alone_with(request.getfixturevalue("_of_the_run"), fixture.build) as place:
        if shared_builds.is_kept(place):
            value = shared_builds.take(place, fixture.build)
            built.append(Built(found.argname, fixture.build, value, _begin(), [], copied=True))
        else:
            _build_here(request, built, found)
            shared_builds.keep(place, built[-1].value)


def _build_here(request, built: list[Built], found) -> None:
    fixture = found.func
    before = deepcopy([each.value for each in built])
    values = {each.name: each.value for each in built}
    savepoint = _begin()
    try:
        value = fixture.build(
            *[values[need] if need in values else request.getfixturevalue(need) for need in fixture.needs]
        )
    except BaseException:
        transaction.set_rollback(True)
        savepoint.__exit__(None, None, None)
        raise
    built.append(Built(found.argname, fixture.build, value, savepoint, before))


def _begin() -> transaction.Atomic:
    savepoint = transaction.atomic()
    savepoint._from_testcase = True  # no transaction to the code under test
    savepoint.__enter__()
    return savepoint


def pytest_collection_modifyitems(items):
    """Build first what most tests of a module ask for, and put those that ask for the same next to each other.

    Modules that begin with the same are put next to each other too: the largest take seconds to build. Those that leave
    nothing built for the next come last of them.
    """
    ordered: dict = {}
    for _, group in groupby(items, key=lambda item: item.path):
        of_module = [*group]
        definitions: dict = {}
        asked = [_asked(item, definitions) for item in of_module]
        often = Counter(name for needed in asked for name in needed)
        for item, needed in zip(of_module, asked, strict=True):
            item.stash[NEEDED] = [*_in_order(needed, often)]
            item.fixturenames.insert(0, "_built_first")
        of_module.sort(key=_place)
        first = next((each.func.build for item in of_module for each in item.stash[NEEDED]), None)
        ordered.setdefault(first, []).append(of_module)
    modules = [module for same in ordered.values() for module in sorted(same, key=_leaves_nothing)]
    items[:] = [item for module in modules for item in module]


def _place(item) -> tuple:
    """The place in its module: what is built is rolled back before a test that asks for nothing, or commits."""
    return commits(item), not item.stash[NEEDED], [each.argname for each in item.stash[NEEDED]]


def _leaves_nothing(module: list) -> bool:
    return any(commits(item) or (asks_a_database(item) and not item.stash[NEEDED]) for item in module)


def _asked(item, definitions: dict) -> dict:
    """The fixtures of this kind that a test asks for, and what they need, by name. `definitions` are the module's."""
    asked = {}
    waiting = [] if commits(item) else [*item.fixturenames]
    while waiting:
        name = waiting.pop()
        known = (item.parent, name)  # a class may have its own
        if known not in definitions:
            definitions[known] = _found(item, name)
        if name not in asked and (found := definitions[known]):
            asked[name] = found
            waiting += found.func.needs
    return asked


def _in_order(asked: dict, often: Counter):
    """The same, what is asked for most often first, and each after what it needs."""
    done = set()
    while len(done) < len(asked):
        ready = [name for name in asked if name not in done and {*asked[name].func.needs} & {*asked} <= done]
        name = min(ready, key=lambda name: (-often[name], name))
        done.add(name)
        yield asked[name]


def _found(item, name: str):
    """The definition of a fixture of this kind; None for others."""
    found = item.session._fixturemanager.getfixturedefs(name, item) or [None]
    return found[-1] if hasattr(getattr(found[-1], "func", None), "build") else None
