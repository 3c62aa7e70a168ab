"""Bringing in a report as an officer: the first form, and the buttons of the check."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.views.form_of import fields_of

REPORTS = Path(__file__).resolve().parents[3] / "samples" / "reports"
CHOOSE, CHECK = "/inspections/bring-in/", "/inspections/bring-in/check/"


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@pytest.fixture
def choose(office, westmarch):
    """Send the first form with a document of this name; what is not given is as an officer would type it."""

    def act(name="", **given):
        typed = {"text": "", "force": westmarch.pk, "published_on": "12/3/2026"}
        file = {"document": SimpleUploadedFile(name, (REPORTS / name).read_bytes())} if name else {}
        return office.post(CHOOSE, typed | file | given)

    return act


@pytest.fixture
def press(office):
    """Press a button of the check, with the fields as the page showed them, but for what is changed."""

    def act(page, do, **changed):
        fields = fields_of(page.content.decode(), "read") | {"do": [do]}
        fields |= {name.replace("__", "-"): [value] for name, value in changed.items()}
        return office.post(CHECK, fields)

    return act
