"""Bringing in a response as an officer: the first form, and the buttons of the check."""

import pytest

from tests.views.documents_in.responses.read import CHECK, CHOOSE
from tests.views.form_of import fields_of


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
def press(office):
    """Press a button of the check, with the fields as the page showed them, but for what is changed."""

    def act(page, do, **changed):
        fields = fields_of(page.content.decode(), "read") | {"do": [do]}
        fields |= {name.replace("__", "-"): [value] for name, value in changed.items()}
        return office.post(CHECK, fields)

    return act
