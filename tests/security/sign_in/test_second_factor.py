"""Behind the door: whoever can write has a second factor, its codes work once, and nothing goes round it."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.enums import Role
from tests.conftest import AT, make_person
from tests.security.door import (
    ANOTHER,
    LOGIN,
    PASSWORD,
    RESET,
    choose_password,
    code_for,
    give_factor,
    is_signed_in,
    link_in,
    sign_in,
)
from tests.security.rules import RULES
from tests.security.sign_in.sign_in_rules import SIGN_IN_RULES

REAUTHENTICATE = "/account/reauthenticate/"


def test_somebody_who_is_invited_gets_in_with_a_second_factor_and_not_without(administrator, mailoutbox):
    person = records.add_person(email="New.Starter@Example.org", name="New", role="opcc_officer", by=None, at=AT)
    assert person.email == "new.starter@example.org"
    client = Client()
    assert sign_in(person.email, client=client).status_code == 200
    client.post(RESET, {"email": "NEW.starter@example.org"})
    assert choose_password(link_in(mailoutbox[0]), ANOTHER) == 302
    assert sign_in("new.STARTER@example.org ", ANOTHER, client).status_code == 302
    for name in ("home", "register", "account", "kept"):
        assert client.get(reverse(name)).url == reverse("mfa_activate_totp")
    secret = re.findall(r"<code[^>]*>(\w+)</code>", client.get(reverse("mfa_activate_totp")).content.decode())[0]
    set_up = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert (set_up.url, client.get(set_up.url).status_code) == (reverse("mfa_view_recovery_codes"), 200)
    assert client.get(reverse("register")).status_code == 200


PAGES_OF_FACTORS = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes")


def asks_for_password(client: Client) -> list[str]:
    """Which of the pages that change or show a second factor lead to the password first."""
    answers = {name: client.get(reverse(name)) for name in PAGES_OF_FACTORS}
    return [name for name, answer in answers.items() if answer.headers.get("Location", "").startswith(REAUTHENTICATE)]


def test_the_password_of_five_minutes_ago_is_asked_for_again_before_a_first_second_factor(officer):
    client = Client()
    sign_in(officer.email, client=client)
    assert asks_for_password(client) == []
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - 5 * 60
    session.save()
    assert asks_for_password(client) == ["mfa_activate_totp", "mfa_add_webauthn"]


def test_whoever_has_a_second_factor_is_asked_again_however_lately_they_signed_in(officer):
    secret, client = give_factor(officer), Client()
    sign_in(officer.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert is_signed_in(client)
    assert client.post(reverse("mfa_deactivate_totp")).url.startswith(REAUTHENTICATE)
    assert asks_for_password(client) == ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


def test_the_password_alone_does_not_sign_anybody_in_who_has_a_second_factor(officer):
    secret = give_factor(officer)
    client = Client()
    assert sign_in(officer.email, client=client).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("register")).url.startswith(LOGIN)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(secret)}).status_code == 302
    assert client.get(reverse("register")).status_code == 200


def test_a_code_works_once_also_with_a_space_in_it(officer):
    secret = give_factor(officer)
    code = code_for(secret)
    answers = []
    for written in (code, code, f"{code[:3]} {code[3:]}", f" {code} ", f"{code[:3]}-{code[3:]}"):
        client = Client()
        sign_in(officer.email, client=client)
        client.post(reverse("mfa_authenticate"), {"code": written})
        answers.append(is_signed_in(client))
    assert answers == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (Role.OPCC_OFFICER, True),
        (Role.APPROVING_OFFICER, True),
        (Role.FORCE_INSPECTION_LEAD, True),
        (Role.ADMINISTRATOR, True),
        (Role.COMMITTEE_MEMBER, True),
    ],
)
def test_every_role_needs_a_second_factor_outside_the_demonstration(role, asked, westmarch, settings):
    person = make_person("Somebody", role, westmarch if role == Role.FORCE_INSPECTION_LEAD else None)
    client = Client()
    sign_in(person.email, client=client)
    answer = client.get(reverse("account"))
    assert (answer.status_code == 302 and answer.url == reverse("mfa_activate_totp")) is asked
    settings.DEMO = True
    assert client.get(reverse("account")).status_code == 200


TRICKS = (
    "/account/2fa/../../register/",
    "/account/2fa/..%2f..%2fregister/",
    "/account/2fa/%2e%2e/%2e%2e/register/",
    "/account/2fa/..;/register/",
    "/account/logout/../../register/",
    "/account/reauthenticate/..//../register/",
    "/static/../register/",
    "/static/%2e%2e/register/",
    "//register/",
    "/register//",
    "/./register/",
    "/register/?next=/account/2fa/",
    "/register/#/account/2fa/",
    "/register;/account/2fa/",
    "/register/%00/account/2fa/",
    "/REGISTER/",
    "/register",
    "\\account\\2fa\\..\\register",
)


def test_no_way_of_writing_an_address_goes_round_the_second_factor(officer, tracked):
    client = Client()
    sign_in(officer.email, client=client)
    for path in (*TRICKS, reverse("tracked", args=[tracked.pk])):
        for headers in ({}, {"HTTP_X_ORIGINAL_URL": "/account/2fa/"}, {"HTTP_X_FORWARDED_PREFIX": "/account/2fa"}):
            answer = client.generic("GET", path, **headers)
            assert answer.status_code in (301, 302, 404)
            assert b"WM-0001" not in answer.content


ARGS = {
    "add_source": ("iopc",),
    "help_for": ("officers",),
    "account_reset_password_from_key": ("1", "abc-def"),
    "calendar_feed": ("0" * 88,),
    "public_response": ("2026", "custody"),
    "public_version": ("2026", "custody", "1"),
    "public_file": ("2026", "custody", "1", "pdf"),
    "public_paper": ("westmarch", "2026-04-01", "2026-06-30", "1"),
    "public_paper_file": ("westmarch", "2026-04-01", "2026-06-30", "1"),
    "public_paper_read": ("westmarch", "2026-04-01", "2026-06-30", "1", "westmarch"),
    "public_paper_register": ("westmarch", "2026-04-01", "2026-06-30", "1", "westmarch", "csv"),
    "public_force": ("westmarch",),
    "public_force_feed": ("westmarch",),
    "public_force_release": ("westmarch", "1"),
    "public_force_open": ("westmarch", "1"),
    "public_force_file": ("westmarch", "1", "page", "json"),
    "public_meeting": ("westmarch",),
    "public_meeting_feed": ("westmarch",),
    "public_meeting_release": ("westmarch", "1"),
    "public_meeting_file": ("westmarch", "1", "pdf"),
    "public_action_plan": ("westmarch",),
    "public_action_plan_feed": ("westmarch",),
    "public_action_plan_version": ("westmarch", "1"),
    "public_action_plan_file": ("westmarch", "1", "pdf"),
    "force_emails": ("westmarch",),
    "confirm_emails": ("westmarch", "t"),
    "end_emails": ("westmarch", "t"),
    "save_typed": ("edit", "1"),
    "export_events": ("csv",),
    "revoke_api_token": ("1",),
    "accept_invitation": ("x" * 43,),
    "mfa_edit_webauthn": ("1",),
    "mfa_remove_webauthn": ("1",),
}


def test_without_the_second_factor_only_its_set_up_and_the_way_out_are_open(officer):
    client, open_to = Client(), set()
    sign_in(officer.email, client=client)
    plain = [name for name, rule in RULES.items() if rule in ("use", "public") and name != "history"]
    for name in (*plain, *SIGN_IN_RULES):
        args = ARGS.get(name, ())
        answer = client.get(reverse(name, args=args))
        if answer.status_code != 302 or answer.url != reverse("mfa_activate_totp"):
            open_to.add(name)
    assert open_to == {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        *("account_reauthenticate", "account_logout"),
        "api_openapi",  # no session is looked at there
    }


def test_whoever_takes_the_second_factor_away_is_asked_for_it_again(officer):
    secret = give_factor(officer)
    client = Client()
    sign_in(officer.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get(reverse("account")).status_code == 200
    asked = client.post(reverse("mfa_deactivate_totp"))
    client.post(asked.url, {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(reverse("account")).url == reverse("mfa_activate_totp")
