"""The pages of tokens: making one shows it once, to somebody who has just shown who they are."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token, token_of
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import ApiToken, SecurityEvent
from tests.security import door

OWN, ALL = "/you/tokens/", "/security/tokens/"
ASKED = {"name": "Power BI", "scopes": ["read_register", "write_updates"], "last_day": "in 3 months"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True  # no second factor


@pytest.fixture
def browser(officer):
    client = Client()
    door.sign_in(officer.email, client=client)
    return client


def token_for(person):
    now = timezone.now()
    return make_token(name="Feed", scopes=["read_register"], last_day=now.date(), by=person, at=now)


def test_the_token_is_shown_once_and_can_be_copied(browser, officer):
    assert browser.get(OWN).context["form"]["last_day"].value() is not None
    answer = browser.post(OWN, ASKED)
    secret = answer.context["secret"]
    assert (answer.status_code, token_of(secret).person) == (200, officer)
    assert f'value="{secret}"' in answer.text
    assert 'data-copy="token"' in answer.text
    listed = browser.get(OWN).text
    assert (token_of(secret).prefix in listed, secret in listed) == (True, False)


def test_a_form_that_is_sent_twice_makes_one_token(browser):
    sent = ASKED | {"once": browser.get(OWN).context["form"]["once"].value()}
    assert [browser.post(OWN, sent).status_code for _ in range(2)] == [200, 302]
    assert ApiToken.objects.count() == 1


def test_who_signed_in_a_while_ago_shows_first_who_they_are_and_loses_nothing(browser):
    session = browser.session
    session["account_authentication_methods"][0]["at"] = time.time() - 11 * 60
    session.save()
    asked = browser.post(OWN, ASKED)
    back = parse_qs(urlsplit(asked.url).query)["next"][0]
    assert back.startswith("/kept/?confirmed=")
    shown = browser.post(asked.url, {"password": door.PASSWORD, "next": back}, follow=True)
    assert (shown.redirect_chain[-1][0], shown.context["sends_itself"], ApiToken.objects.count()) == (back, True, 0)
    pairs = dict(shown.context["pairs"]) | {"scopes": ASKED["scopes"]}
    assert browser.post(OWN, pairs).context["token"].name == "Power BI"


def test_only_the_address_that_their_own_session_knows_sends_it_by_itself(browser):
    session = browser.session
    session["account_authentication_methods"][0]["at"] = time.time() - 11 * 60
    session.save()
    browser.post(OWN, ASKED)
    addresses = ("/kept/", "/kept/?confirmed=", "/kept/?confirmed=guessed", "/kept/?confirmed=é")
    assert [browser.get(address).context["sends_itself"] for address in addresses] == [False] * 4
    assert "read_register" not in dict(browser.get("/kept/").context["fields"]).values()


def test_what_is_wrong_stays_beside_what_was_typed(browser):
    answer = browser.post(OWN, {"name": "Power BI", "last_day": "31/12/2099"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["scopes"]
    answer = browser.post(OWN, ASKED | {"last_day": "31/12/2099"})
    assert list(answer.context["form"].errors) == ["last_day"]
    assert 'value="Power BI"' in answer.text


def test_who_reads_no_records_is_told_so(sign_in, administrator):
    page = sign_in(administrator).get(OWN)
    assert (page.context["scopes"], '<form method="post" novalidate>' in page.text) == ([], False)


def test_an_administrator_sees_everybodys_without_the_secret_and_revokes_one(sign_in, administrator, officer, approver):
    made, client = token_for(officer), sign_in(administrator)
    token_for(approver)
    page = client.get(ALL)
    assert [token.person for token, _ in page.context["rows"]] == [approver, officer]
    assert made.secret not in page.text
    assert client.post(reverse("revoke_api_token", args=[made.token.pk])).url == ALL
    assert [works for _, works in client.get(ALL).context["rows"]] == [True, False]


def test_one_revokes_ones_own_and_sees_nobody_elses(sign_in, officer, approver):
    own, other, client = token_for(officer).token, token_for(approver).token, sign_in(officer)
    assert [token for token, _ in client.get(OWN).context["rows"]] == [own]
    assert client.post(reverse("revoke_api_token", args=[other.pk])).status_code == 404
    assert client.post(reverse("revoke_api_token", args=[own.pk])).url == OWN
    assert client.post(reverse("revoke_api_token", args=[own.pk])).url == OWN
    assert SecurityEvent.objects.filter(kind=Kind.TOKEN_REVOKED).count() == 1


def test_a_list_of_many_costs_what_a_list_of_one_does(sign_in, officer, django_assert_num_queries):
    client = sign_in(officer)
    token_for(officer)
    client.get(OWN)
    for _ in range(2):
        with django_assert_num_queries(6):
            client.get(OWN)
        token_for(officer)
