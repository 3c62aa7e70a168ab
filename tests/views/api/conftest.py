"""A program with a token of somebody's."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token, scopes_for
from recommendations.middleware import tokens


class Program:
    """Asks under /api/v1/ with a token, and keeps no cookie."""

    def __init__(self, person, scopes=None):
        now = timezone.now()
        asked = scopes_for(person) if scopes is None else scopes
        self.made = make_token(name="Feed", scopes=asked, last_day=now.date(), by=person, at=now)
        self.client = Client(headers={"authorization": f"Bearer {self.made.secret}"})

    def get(self, address: str, **headers):
        return self.client.get(f"/api/v1/{address}", headers=headers)

    def post(self, address: str, sent, key="one"):
        headers = {"idempotency-key": key} if key else {}
        body = sent if isinstance(sent, str | bytes) else json.dumps(sent)
        return self.client.post(f"/api/v1/{address}", body, content_type="application/json", headers=headers)


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True  # no second factor
    settings.ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch):
    """No minute ends within a test: the first request of a minute costs more queries."""
    monkeypatch.setattr(tokens, "time", SimpleNamespace(time=lambda: 30.0))


@pytest.fixture
def office(officer):
    return Program(officer)


@pytest.fixture
def force(force_lead):
    return Program(force_lead)
