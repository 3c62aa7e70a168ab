"""Where people are signed in, read from the sessions that there are, and ended on record."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from recommendations.domain.people import records
from recommendations.domain.people.sessions import ALL, end_session, sessions_by_person
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent
from tests.conftest import AT
from tests.security.door import is_signed_in, sign_in

EDGE = {"HTTP_USER_AGENT": "Windows Edg/140", "REMOTE_ADDR": "203.0.113.7"}
IPAD = {"HTTP_USER_AGENT": "Safari iPad", "REMOTE_ADDR": "198.51.100.4"}
MINUTE = datetime.timedelta(minutes=1)


def browser(person, agent: dict) -> Client:
    client = Client(**agent)
    sign_in(person.email, client=client)
    return client


def mine(person) -> list:
    return sessions_by_person(at=timezone.now()).get(person.pk, [])


def ended() -> list[tuple]:
    return list(SecurityEvent.objects.filter(kind=Kind.SESSION_ENDED).values_list("account", "by", "detail"))


def test_each_session_has_its_device_its_address_and_when(officer, approver):
    browser(officer, EDGE), browser(officer, IPAD), browser(approver, EDGE), Client().get("/")
    said = [(each.device, each.address) for each in mine(officer)]
    assert said == [("Safari, iPad", "198.51.100.4"), ("Edge, Windows", "203.0.113.7")]
    assert all(timezone.now() - each.begun < MINUTE for each in mine(officer))
    assert len(mine(approver)) == 1


def test_one_is_ended_and_the_others_stay(officer):
    desk, pad = browser(officer, EDGE), browser(officer, IPAD)
    end_session(person=officer, mark=mine(officer)[0].mark, by=officer, at=timezone.now())
    assert (is_signed_in(desk), is_signed_in(pad)) == (True, False)
    assert ended() == [(officer.pk, officer.pk, "on Safari, iPad")]


def test_all_others_are_ended_at_once(officer):
    browser(officer, EDGE)
    pad = browser(officer, IPAD)
    here = mine(officer)[0].mark
    assert end_session(person=officer, mark=ALL, by=officer, at=timezone.now(), but=here) == 1
    assert is_signed_in(pad)


def test_an_administrator_ends_anothers_and_nobody_else_does(officer, approver, administrator):
    browser(officer, EDGE)
    for by in (approver,):
        with pytest.raises(NotAllowed):
            end_session(person=officer, mark=ALL, by=by, at=timezone.now())
    assert end_session(person=officer, mark=ALL, by=administrator, at=timezone.now()) == 1
    with pytest.raises(Refusal, match="ended already"):
        end_session(person=officer, mark=ALL, by=administrator, at=timezone.now())
    assert ended() == [(officer.pk, administrator.pk, "on Edge, Windows")]


def test_deactivation_ends_all_of_them_on_record(officer, administrator):
    browser(officer, EDGE), browser(officer, IPAD)
    officer.is_active = False
    records.keep(record=officer, by=administrator, at=AT)
    assert (mine(officer), Session.objects.count()) == ([], 0)
    assert ended() == [(officer.pk, administrator.pk, "on Edge, Windows, Safari, iPad; deactivated")]


def test_what_has_run_out_or_is_of_an_older_password_is_not_listed(approver):
    browser(approver, EDGE)
    now = timezone.now()
    assert len(sessions_by_person(at=now + 29 * MINUTE)) == 1
    assert sessions_by_person(at=now + 31 * MINUTE) == {}
    records.set_password(person=approver, password="another long password", by=approver, at=now)
    assert mine(approver) == []
