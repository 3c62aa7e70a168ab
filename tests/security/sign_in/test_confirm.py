"""Approvals where the office wants them from somebody who has just shown who they are."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.domain.register import closures
from recommendations.models import Closure, TrackedRecommendation
from tests.conftest import AT
from tests.security.door import PASSWORD, sign_in

MINUTES = 60
WORDS = {"outcome": "implemented", "reason": "Done.", "evidence": "Minutes."}


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.DEMO, settings.CONFIRM_APPROVALS = True, 10


@pytest.fixture
def page(tracked, force_lead):
    """Where a closure that was asked for is approved."""
    closures.request_closure(tracked=tracked, by=force_lead, at=AT, **WORDS)
    return reverse("approve_closure", args=[tracked.pk])


def signed_in(person, minutes: float) -> Client:
    """Somebody who showed who they are so long ago."""
    client = Client()
    sign_in(person.email, client=client)
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - minutes * MINUTES
    session.save()
    return client


def sent(words: str = "Agreed.") -> dict:
    """The form of an approval."""
    return {"reason": words, "version": TrackedRecommendation.objects.get().version}


def states() -> list[str]:
    return list(Closure.objects.values_list("state", flat=True))


def test_what_was_typed_waits_until_its_person_has_shown_who_they_are(page, approver):
    client = signed_in(approver, 11)
    asked = client.post(page, sent("Agreed by the board."))
    assert asked.url == f"{reverse('account_reauthenticate')}?next=%2Fkept%2F"
    assert states() == ["requested"]
    shown = client.post(asked.url, {"password": PASSWORD, "next": "/kept/"}, follow=True)
    assert "Agreed by the board." in shown.content.decode()
    client.post(page, dict(shown.context["pairs"]))
    assert (states(), Closure.objects.get().decision_reason) == (["closed"], "Agreed by the board.")


def test_who_has_just_shown_it_is_not_asked_and_a_wrong_password_opens_nothing(page, approver):
    late = signed_in(approver, 11)
    asked = late.post(page, sent())
    late.post(asked.url, {"password": "wrong"})
    assert late.post(page, sent()).url == asked.url
    assert states() == ["requested"]
    signed_in(approver, 9).post(page, sent())
    assert states() == ["closed"]


def test_where_the_office_has_not_chosen_it_nobody_is_asked(page, approver, settings):
    settings.CONFIRM_APPROVALS = 0
    signed_in(approver, 11 * 60).post(page, sent())
    assert states() == ["closed"]


@pytest.mark.parametrize("name", ["approve_closure", "approve_response", "finalise_paper"])
def test_closures_responses_and_papers_ask_and_only_those_who_may_approve(name, approver, officer):
    address = reverse(name, args=[1])
    assert signed_in(approver, 11).post(address).url.startswith(reverse("account_reauthenticate"))
    assert signed_in(approver, 11).get(address).status_code == 404
    assert signed_in(officer, 11).post(address).status_code == 403
