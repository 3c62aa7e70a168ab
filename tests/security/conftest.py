"""The world that the security tests walk through."""

import logging

import pytest

from tests.per_module import per_module
from tests.security.world import build_world

world = per_module(build_world, "world")


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are asked for here; each would be logged with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
