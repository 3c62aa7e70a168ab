"""For the tests of pages: signing in, with the second factor that writing needs."""

import pytest
from allauth.mfa.models import Authenticator


@pytest.fixture
def sign_in(client, db):
    """Sign this person in, with a second factor set up, and return the client."""

    def act(person):
        Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(person)
        return client

    return act
