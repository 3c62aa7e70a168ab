"""The world that the security tests walk through."""

import logging
from copy import deepcopy

import pytest

from tests.security.world import build_world
from tests.standing import standing


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker):
    yield from standing(build_world, django_db_blocker)


@pytest.fixture
def world(standing_world, db):
    return deepcopy(standing_world)


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are asked for here; each would be logged with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
