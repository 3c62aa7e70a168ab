"""For the tests of pages: signing in, with the second factor that writing needs; and what PostgreSQL is asked too."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

# Pages that search, sort, narrow, count or page through. Of the others PostgreSQL is asked by the tests of what they
# call (tests/domain), and each address once by the matrix (tests/security/test_matrix.py).
ASK_MUCH = {
    "feeds/test_feeds.py",
    "inspections/test_reading.py",
    "public/test_caching.py",
    "public/test_data.py",
    "public/test_index.py",
    "public/test_papers.py",
    "imports/test_imports.py",
    "register/test_exports.py",
    "audit/test_history.py",
    "home/test_home.py",
    "register/test_bulk.py",
    "register/test_register.py",
}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Leave the others to SQLite."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).as_posix() not in ASK_MUCH:
            item.add_marker(pytest.mark.sqlite_alone)


@pytest.fixture
def sign_in(client):
    """Sign this person in, with a second factor set up, and return the client."""

    def act(person):
        Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(person)
        return client

    return act
