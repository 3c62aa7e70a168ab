"""A world that is built once for all tests of a module: each test finds it as it was built."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.test import override_settings

QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


def standing(build: Callable, blocker) -> Iterator:
    """For a fixture of a module: what `build` makes in the database, taken back at the module's end.

    Each test runs inside the same transaction, in one of its own. Give it a deep copy of what stands, for it to change.
    """
    with blocker.unblock(), override_settings(**QUICK):
        whole = transaction.atomic()
        whole.__enter__()
        made = build()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
