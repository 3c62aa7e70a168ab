"""An inspection of the last month."""

import datetime

import pytest

from tests.conftest import make_inspection
from tests.views.inspections.typed import (
    PUBLISHED,
)


@pytest.fixture
def recent(westmarch):
    return make_inspection(westmarch, published_on=PUBLISHED, at=datetime.datetime.now(datetime.UTC))
