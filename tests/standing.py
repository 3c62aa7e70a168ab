"""A world that is built once for all tests of a module: each test finds it as it was built."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import override_settings

QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


def standing(build: Callable) -> tuple[Callable, Callable]:
    """Two fixtures, `standing_world` and `world`: a module's, which builds, and each test's, a copy for it to change.

    What `build` makes in the database is taken back at the module's end; each test runs inside the same transaction,
    in one of its own.
    """

    @pytest.fixture(scope="module")
    def standing_world(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), override_settings(**QUICK):
            whole = transaction.atomic()
            whole.__enter__()
            made = build()
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)

    @pytest.fixture
    def world(standing_world, db):
        return deepcopy(standing_world)

    return standing_world, world
