"""The pages of one's own sessions and of another's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people.sessions import sessions_by_person
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent
from tests.security import door

OWN = "/you/sessions/"


@pytest.fixture
def elsewhere(officer):
    """The officer, signed in on another device."""
    client = Client(HTTP_USER_AGENT="Safari iPad", REMOTE_ADDR="198.51.100.4")
    door.sign_in(officer.email, client=client)
    return client


def marks(person) -> list[str]:
    return [each.mark for each in sessions_by_person(at=timezone.now()).get(person.pk, [])]


def test_one_sees_ones_own_and_ends_another_but_not_this_one(sign_in, officer, elsewhere):
    here = sign_in(officer)
    page = here.get(OWN)
    assert [each.device for each in page.context["others"]] == ["Safari, iPad"]
    [this] = page.context["here"]
    assert here.post(OWN, {"mark": this.mark}).status_code == 422
    assert here.post(OWN, {"mark": page.context["others"][0].mark}).url == OWN
    assert (door.is_signed_in(elsewhere), here.get(OWN).status_code) == (False, 200)
    said = SecurityEvent.objects.get(kind=Kind.SESSION_ENDED)
    assert (said.by, said.account, said.detail) == (officer, officer, "on Safari, iPad")


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("mark", ["", "x", "0" * 20, "ALL", "all"])
def test_what_is_not_there_is_said_with_words(sign_in, officer, mark):
    answer = sign_in(officer).post(OWN, {"mark": mark})
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_anothers_session_is_not_ended_by_its_mark(sign_in, approver, officer, elsewhere):
    assert sign_in(approver).post(OWN, {"mark": marks(officer)[0]}).status_code == 422
    assert door.is_signed_in(elsewhere)


def test_an_administrator_sees_and_ends_anothers(sign_in, administrator, officer, elsewhere):
    admin, page = sign_in(administrator), reverse("person_sessions", args=[officer.pk])
    assert page in admin.get(reverse("people_access")).content.decode()
    assert "198.51.100.4" in admin.get(page).content.decode()
    assert admin.post(page, {"mark": "all"}).url == reverse("people_access")
    assert not door.is_signed_in(elsewhere)
    assert admin.get(page).context["others"] == []


def test_no_page_shows_the_key_of_a_session(sign_in, administrator, officer, elsewhere):
    admin = sign_in(administrator)
    pages = [admin.get(reverse("person_sessions", args=[officer.pk])), admin.get(reverse("people_access"))]
    assert [page for page in pages if elsewhere.session.session_key in page.content.decode()] == []
