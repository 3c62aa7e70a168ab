"""The world that the security tests walk through."""

import logging

import pytest

from tests.security.world import build_world
from tests.standing import standing

standing_world, world = standing(build_world)


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are asked for here; each would be logged with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
