"""The world that the security tests walk through."""

import logging
from pathlib import Path

import pytest

from tests.per_module import per_module
from tests.security.world import build_world

# What PostgreSQL is asked: each address once by each role, forms and files that are no address, and signing in. The
# rest asks it nothing else.
ON_BOTH = {"test_matrix.py", "test_canary.py", "test_sign_in.py", "test_second_factor.py", "test_database_roles.py"}
HERE = Path(__file__).parent

world = per_module(build_world, "world")


def pytest_collection_modifyitems(items):
    """Leave the others to SQLite."""
    for item in items:
        if item.path.parent == HERE and item.path.name not in ON_BOTH:
            item.add_marker(pytest.mark.sqlite_alone)


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are asked for here; each would be logged with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
