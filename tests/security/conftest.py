"""The world that the security tests walk through."""

import logging

import pytest

from tests.per_module import per_module
from tests.security.world import build_world

world = per_module(build_world, "world")


def pytest_collection_modifyitems(items):
    """Modules that ask for the world come first, so that a process builds it once."""
    in_the_world = {item.path for item in items if "world" in item.fixturenames}
    items.sort(key=lambda item: item.path not in in_the_world)


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are asked for here; each would be logged with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
