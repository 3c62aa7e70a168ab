"""Bringing in a response as an officer: the first form, and the check."""

import pytest

from tests.views.documents_in.checking import Check
from tests.views.documents_in.responses.read import CHOOSE


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@pytest.fixture
def choose(office, westmarch):
    """Send the first form; what is not given is as an officer would type it."""

    def act(text="", **given):
        typed = {"text": text, "force": westmarch.pk, "published_on": "16/7/2020", "responded_on": "1 Sep 2020"}
        return office.post(CHOOSE, typed | given)

    return act


@pytest.fixture
def check(office, choose):
    """Bring a document in, and check it."""

    def act(text="", **given):
        return Check(office, choose(text, **given))

    return act
