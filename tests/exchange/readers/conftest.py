"""What the tests of hostile files need: readers that say what a file took of them."""

import pytest

from tests.exchange.readers.measured_child import Readers


@pytest.fixture(scope="session")
def readers():
    """Begun when the first file is sent, and ended with the run."""
    readers = Readers()
    yield readers
    readers.end()
