"""Who a program is: what its token lets it do, for how often and for how long, and what it is told otherwise."""

import base64
import datetime
import json
import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from recommendations.domain.people.api_tokens import revoke_token
from recommendations.domain.people.records import keep
from recommendations.enums.api import ApiScope
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import ApiToken, SecurityEvent, TrailEntry
from tests.security.door import give_factor
from tests.views.api.conftest import Program

PROBLEM = "application/problem+json"
REGISTER = "/api/v1/register"


def told(answer) -> tuple:
    """The status of a problem, and that it is one."""
    assert answer["Content-Type"] == PROBLEM
    said = answer.json()
    assert said["status"] == answer.status_code
    assert {"type", "title", "detail", "reference"} <= set(said)
    return answer.status_code


def test_a_bearer_is_who_the_token_says_and_so_is_a_password(office):
    basic = base64.b64encode(f"anybody:{office.made.secret}".encode()).decode()
    for way in (f"Bearer {office.made.secret}", f"bearer {office.made.secret}", f"Basic {basic}"):
        assert Client().get(REGISTER, headers={"authorization": way}).status_code == 200


@pytest.mark.suite(0, 3, 6)
@pytest.mark.parametrize(
    "way", ["", "Bearer", "Bearer x", "Basic !", "Basic eA==", "Digest x", f"Bearer oversight_{'0' * 12}_{'x' * 43}"]
)
def test_nobody_gets_nothing_and_is_told_how(db, way):
    answer = Client().get(REGISTER, headers={"authorization": way} if way else {})
    assert told(answer) == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_opens_nothing_there_and_a_token_nothing_elsewhere(sign_in, officer, office):
    assert told(sign_in(officer).get(REGISTER)) == 401
    assert office.client.get("/register/").status_code == 302


def test_a_wrong_token_is_an_event_and_the_same_again_is_folded(officer, office):
    revoke_token(token=office.made.token, by=officer, at=timezone.now())
    assert [told(office.get("register")) for _ in range(3)] == [401, 401, 401]
    assert "revoked" in office.get("register").json()["detail"]
    said = SecurityEvent.objects.filter(kind=Kind.TOKEN_REFUSED)
    assert [each.detail for each in said] == [office.made.token.prefix]


def test_what_the_person_may_do_now_is_what_it_may_do(officer, office):
    assert office.get("register").status_code == 200
    officer.role = "committee_member"
    keep(record=officer, by=None, at=timezone.now())
    assert told(office.get("register")) == 403
    officer.is_active = False
    keep(record=officer, by=None, at=timezone.now())
    assert told(office.get("register")) == 401


def test_a_scope_that_it_has_not_is_refused_and_that_is_on_record(officer, tracked):
    program = Program(officer, [ApiScope.READ_PAPERS])
    assert (program.get("papers").status_code, told(program.get("register"))) == (200, 403)
    assert told(program.post(f"register/{tracked.pk}/updates", {"done": "x"})) == 403
    assert TrailEntry.objects.filter(verb="refused", by=officer).count() == 2


@pytest.mark.parametrize("scope", ApiScope)
def test_it_opens_what_its_scopes_name_and_nothing_else(approver, scope):
    program, wrong = Program(approver, [scope]), {}
    for pattern in api_patterns():
        scopes = pattern.callback.token_scopes
        address = reverse(pattern.name, args=[0] * len(pattern.pattern.converters))
        method = "post" if scopes[0].writes else "get"
        answer = getattr(program.client, method)(address)
        # wording: another 403 is of the person's rights, whatever the token is
        refused = answer.status_code == 403 and "This needs a token with the scope" in answer.json()["detail"]
        if refused is (scope in scopes):
            wrong[address] = answer.status_code
    assert wrong == {}


def api_patterns() -> list:
    """Every address that a token opens."""
    patterns = get_resolver("recommendations.urls").url_patterns
    return [each for each in patterns if getattr(each.callback, "token_scopes", ())]


def test_a_view_that_names_no_scope_takes_no_token(office, monkeypatch):
    view = resolve("/api/v1/people").func
    monkeypatch.delattr(view, "token_scopes")
    assert told(office.get("people")) == 403


@pytest.mark.parametrize(("entra", "status"), [("https://login.example", 200), ("", 403)])
def test_a_person_of_entra_needs_no_factor_here_while_the_office_uses_entra(settings, officer, office, entra, status):
    settings.DEMO, settings.ENTRA_URL = False, entra
    officer.entra_id = "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"
    keep(record=officer, by=None, at=timezone.now())
    assert office.get("register").status_code == status


def test_without_a_second_factor_it_does_nothing(settings, officer, office):
    settings.DEMO = False
    assert told(office.get("register")) == 403
    give_factor(officer)
    assert office.get("register").status_code == 200


def test_an_object_id_stands_for_a_second_factor_while_the_office_signs_in_with_entra(settings, officer, office):
    settings.DEMO, officer.entra_id = False, "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"
    keep(record=officer, by=None, at=timezone.now())
    settings.ENTRA_URL = "https://login.microsoftonline.com/1f3e0c52/v2.0"
    assert office.get("register").status_code == 200
    settings.ENTRA_URL = ""
    assert told(office.get("register")) == 403


def test_so_many_requests_a_minute_and_no_more(settings, office, approver):
    settings.API_LIMIT = 2
    assert [office.get("people").status_code for _ in range(2)] == [200, 200]
    answer = office.get("people")
    assert told(answer) == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert Program(approver).get("people").status_code == 200


def test_its_use_is_a_day_and_one_event_a_day_and_leaves_no_session(office, officer):
    for _ in range(2):
        office.get("people")
    token = ApiToken.objects.get()
    assert token.last_used_on == timezone.localdate()
    used = SecurityEvent.objects.filter(kind=Kind.TOKEN_USED)
    assert [(each.by, each.detail) for each in used] == [(officer, f"{token.prefix}, Feed")]
    assert Session.objects.count() == 0


def test_the_last_day_ends_it(office):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with connection.cursor() as cursor:  # as if a day had passed
        cursor.execute("UPDATE recommendations_apitoken SET last_day = %s", [yesterday])
    assert told(office.get("register")) == 401


def test_every_refusal_of_every_layer_is_a_problem(office):
    assert told(office.get("no-such-thing")) == 404
    assert told(office.get("register/999999999999999999999999")) == 404
    refused = office.client.delete(REGISTER)
    assert (told(refused), "GET" in refused["Allow"]) == (405, True)
    assert told(office.post("register/1/updates", b"x" * 1_100_000)) == 413


@pytest.mark.parametrize(("trouble", "status", "after"), [(TypeError(), 500, None), (OperationalError(), 503, "10")])
def test_trouble_of_ours_is_a_problem_with_its_reference(office, monkeypatch, trouble, status, after):
    def fail(user):
        raise trouble

    monkeypatch.setattr("recommendations.domain.api.inspections.people_for", fail)
    office.client.raise_request_exception = False
    answer = office.get("people")
    assert (told(answer), answer.get("Retry-After")) == (status, after)
    assert answer.json()["reference"] == answer["X-Request-ID"]


def test_no_token_stands_in_the_log(office, caplog):
    caplog.set_level(logging.DEBUG)
    office.get("people")
    Client().get(REGISTER, headers={"authorization": f"Bearer {office.made.secret}x"})
    assert office.made.secret not in caplog.text


def test_a_token_over_plain_http_is_refused_and_not_led_on(settings, office):
    settings.SECURE = settings.SECURE_SSL_REDIRECT = True
    assert told(office.get("people")) == 403
    assert office.client.get("/you/").status_code == 301


def test_switched_off_it_is_not_there(settings, office):
    settings.SECTIONS_OFF = ("api",)
    assert told(office.get("register")) == 404
    assert office.client.get("/api/").status_code == 404


def test_an_unchanged_answer_is_304_and_costs_a_look_at_the_trail(office, tracked, officer):
    first = office.get("register")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = office.get("register", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert len(asked) <= 6
    office.post(f"register/{tracked.pk}/updates", {"done": "Bells are tested."})
    changed = office.get("register", if_none_match=first["ETag"])
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)
    assert json.loads(changed.content)["items"][0]["update"] == "Bells are tested."
