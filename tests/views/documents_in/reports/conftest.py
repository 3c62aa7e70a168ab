"""Bringing in a report as an officer: the first form, and the check."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.views.documents_in.checking import Check

REPORTS = Path(__file__).resolve().parents[3] / "samples" / "reports"
CHOOSE = "/inspections/bring-in/"


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
def check(office, choose):
    """Bring a document in, and check it."""

    def act(name="", **given):
        return Check(office, choose(name, **given))

    return act
