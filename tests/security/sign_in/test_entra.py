"""Sign-in with Microsoft Entra, against a provider of our own on this machine that also misbehaves."""

import itertools
import json
import secrets
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from oversight.entra_settings import wrong_about_entra
from recommendations.domain.audit import verification
from recommendations.domain.people import records
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent, TrailEntry, User
from recommendations.sign_in import entra
from tests.conftest import AT
from tests.security.door import PASSWORD, RESET, give_factor, is_signed_in, sign_in
from tests.security.sign_in.openid import CLIENT, OBJECT_ID, SECRET, Provider
from tests.security.start import start

START, BACK = "/account/entra/", "/account/entra/back/"
TENANT = "https://login.microsoftonline.com/1f3e0c52/v2.0"
ANOTHER_ID = "9f3e0c52-9a1b-4c7d-8e2f-0123456789ff"
addresses = (f"203.0.113.{number}" for number in itertools.cycle(range(1, 255)))


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.shutdown()
    provider.server_close()


@pytest.fixture
def provider(running, settings, officer):
    """The office has Entra, and the officer is who signs in there."""
    running.reset()
    running.claims = {"preferred_username": officer.email.upper()}
    settings.ENTRA_URL, settings.ENTRA_CLIENT_ID, settings.ENTRA_CLIENT_SECRET = running.url, CLIENT, SECRET
    entra.kept.until = 0
    return running


def browser() -> Client:
    return Client(REMOTE_ADDR=next(addresses))


def go(client: Client, address: str = START) -> dict[str, str]:
    """To the provider: what it is asked."""
    answer = client.get(address)
    assert answer.status_code == 302, answer.content
    return {name: values[-1] for name, values in parse_qs(urlsplit(answer.url).query).items()}


def come(provider: Provider, client: Client | None = None, address: str = START):
    """There and back again: the browser, and what it is answered."""
    client = client or browser()
    return client, client.get(BACK, provider.come_back_with(go(client, address)))


def last_event() -> tuple:
    return SecurityEvent.objects.order_by("pk").values_list("kind", "account", "detail").last()


def assert_refused(client: Client, answer, why: str, account=None, status: int = 403) -> None:
    """A page of our own, an event that says why, and nobody is signed in."""
    assert (answer.status_code, is_signed_in(client)) == (status, False)
    assert "account/entra_refused.html" in [each.name for each in answer.templates]
    kind, whose, detail = last_event()
    assert (kind, whose, why in detail) == (Kind.ENTRA_REFUSED, account, True), detail


def test_somebody_who_is_known_comes_in_with_entra_and_needs_no_other_second_factor(provider, officer):
    client, answer = come(provider, address=f"{START}?next=/definitions/")
    assert answer.url == "/definitions/"
    assert client.get(reverse("register")).status_code == 200
    assert last_event() == (Kind.SIGNED_IN, officer.pk, "Microsoft Entra")
    assert User.objects.get(pk=officer.pk).entra_id == OBJECT_ID
    assert TrailEntry.objects.get(verb="edit_user").by_name == "Microsoft Entra"
    assert verification.verify() == []


def test_what_is_asked_of_entra(provider, settings):
    asked = go(browser())
    assert asked["redirect_uri"] == settings.ORIGIN + BACK
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert {"state", "nonce"} < set(asked)
    settings.ENTRA_SECOND_FACTOR = "acrs=c1"
    assert json.loads(go(browser())["claims"]) == {"id_token": {"acrs": {"essential": True, "value": "c1"}}}


def test_after_the_first_time_the_object_id_counts_and_not_the_address(provider, officer, approver):
    come(provider)
    entries = TrailEntry.objects.filter(verb="edit_user").count()
    provider.claims = {"preferred_username": "hannah.hale@example.org"}
    client, _ = come(provider)
    assert client.get(reverse("account")).context["person"] == officer
    assert TrailEntry.objects.filter(verb="edit_user").count() == entries
    provider.claims = {"preferred_username": officer.email, "oid": ANOTHER_ID}
    assert_refused(*come(provider), "another object id", officer.pk)


LATER = 4_000_000_000
SPOILT = {
    "issuer": ({"iss": "https://login.microsoftonline.com/another/v2.0"}, "issuer"),
    "no issuer": ({"iss": None}, "iss"),
    "audience": ({"aud": "another-client"}, "ience"),
    "no audience": ({"aud": None}, "aud"),
    "expired": ({"exp": 1_700_000_000}, "expired"),
    "no expiry": ({"exp": None}, "exp"),
    "not yet": ({"nbf": LATER}, "not yet"),
    "issued later": ({"iat": LATER}, "not yet"),
    "nonce": ({"nonce": "of another sign-in"}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "nonce that is no text": ({"nonce": 7}, "nonce"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_an_answer_that_was_not_made_for_this_sign_in_is_refused(provider, how):
    provider.spoil, why = SPOILT[how]
    assert_refused(*come(provider), why)


def test_another_key_an_unknown_key_and_no_signature_are_refused(provider):
    provider.signed_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert_refused(*come(provider), "ignature")
    provider.key_name = "second"
    assert_refused(*come(provider), "unknown key")
    provider.signed_with, provider.key_name = provider.key, None
    assert_refused(*come(provider), "ID token")


def forged(provider: Provider, algorithm: str, key) -> str:
    claims = {"iss": provider.url, "aud": CLIENT, "iat": 0, "exp": LATER, "nonce": provider.asked.get("nonce", "")}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "first"})


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "x" * 64)])
def test_a_token_of_another_algorithm_is_refused(provider, algorithm, key):
    provider._signed = lambda nonce: forged(provider, algorithm, key)
    try:
        assert_refused(*come(provider), "ID token")
    finally:
        del provider._signed


BROKEN = {
    "openid-configuration": [(500, "{}"), (200, "no json"), (200, "[]"), (200, "{}"), (302, "")],
    "keys": [(500, "{}"), (200, "[]"), (200, "{}"), (200, '{"keys": [{"kid": "first"}]}'), (200, '{"keys": 7}')],
    "token": [
        *((400, '{"error": "invalid_grant"}'), (500, ""), (200, "[]"), (200, "7"), (200, "no json")),
        *((200, '{"access_token": "x"}'), (200, '{"access_token": "x", "id_token": 7}')),
        *((200, '{"access_token": "x", "id_token": "a.b.c"}'), (200, '{"id_token": "x"}')),
    ],
}


@pytest.mark.parametrize(("page", "answer"), [(page, answer) for page, found in BROKEN.items() for answer in found])
def test_whatever_the_provider_answers_it_is_a_page_and_an_event(provider, page, answer):
    client = browser()
    if page == "openid-configuration":
        provider.answers = {page: answer}
        told = client.get(START)
    else:
        back = provider.come_back_with(go(client))
        provider.answers = {page: answer}
        told = client.get(BACK, back)
    assert (told.status_code in (403, 503), is_signed_in(client)) == (True, False)
    assert last_event()[:2] == (Kind.ENTRA_REFUSED, None)


def test_while_the_provider_is_away_a_page_says_so(provider, settings):
    settings.ENTRA_URL = "http://127.0.0.1:9/tenant/v2.0"
    client = browser()
    assert_refused(client, client.get(START), "does not answer", status=503)
    assert client.get("/account/entra/sign-out/").status_code == 503


def test_coming_back_without_having_gone_or_twice_or_in_another_browser_is_refused(provider):
    client = browser()
    back = provider.come_back_with(go(client))
    other = browser()
    assert_refused(other, other.get(BACK, back), "no state")
    client.get(BACK, back)
    client.post(reverse("account_logout"))
    assert_refused(client, client.get(BACK, back), "no state")
    for odd in ({}, {"code": "x"}, {"state": "x"}, {"error": "access_denied"}, {"code": "\0", "state": "\0"}):
        stranger = browser()
        assert_refused(stranger, stranger.get(BACK, odd), "no state")


def test_somebody_who_stops_at_microsoft_is_told(provider):
    client = browser()
    asked = go(client)
    told = client.get(BACK, {"error": "access_denied", "state": asked["state"]})
    assert_refused(client, told, "stopped")


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "pwd", {"mfa": 1}, [["mfa"]], 7])
def test_without_the_claim_of_a_second_factor_nobody_comes_in(provider, officer, amr):
    provider.spoil = {"amr": amr}
    assert_refused(*come(provider), "no second factor", officer.pk)
    assert User.objects.get(pk=officer.pk).entra_id == ""


def test_the_claim_of_a_second_factor_is_the_one_that_the_office_has_named(provider, officer, settings):
    settings.ENTRA_SECOND_FACTOR = "acrs=c1"
    assert_refused(*come(provider), "acrs=c1", officer.pk)
    provider.spoil = {"acrs": ["c1", "c2"]}
    assert is_signed_in(come(provider)[0])


@pytest.mark.parametrize("address", ["stranger@example.org", "", None, 7, ["officer@example.org"]])
def test_nobody_is_created_by_signing_in(provider, address):
    provider.claims = {"preferred_username": address}
    people = User.objects.count()
    assert_refused(*come(provider), "no account")
    assert User.objects.count() == people


@pytest.mark.parametrize(("verified", "comes_in"), [(True, True), ("1", True), (False, False), (None, False)])
def test_the_claim_email_counts_where_entra_has_verified_it(provider, officer, settings, verified, comes_in):
    settings.ENTRA_ADDRESS_CLAIM = "email"
    provider.claims = {"email": officer.email, "xms_edov": verified}
    client, answer = come(provider)
    if comes_in:
        assert is_signed_in(client)
    else:
        assert_refused(client, answer, "the email address is not verified")
        assert User.objects.get(pk=officer.pk).entra_id == ""


def test_whose_object_id_is_on_record_needs_no_verified_address(provider, officer, settings):
    come(provider)
    settings.ENTRA_ADDRESS_CLAIM, provider.claims = "email", {"email": "another@example.org"}
    client, _ = come(provider)
    assert client.get(reverse("account")).context["person"] == officer


@pytest.mark.parametrize("object_id", [None, "", 7, " "])
def test_without_an_object_id_nobody_is_meant(provider, object_id):
    provider.spoil = {"oid": object_id}
    assert_refused(*come(provider), "no object id")


def test_somebody_deactivated_is_refused(provider, officer, administrator):
    officer.is_active = False
    records.keep(record=officer, by=administrator, at=AT)
    assert_refused(*come(provider), "deactivated", officer.pk)


def test_the_demonstrations_people_do_not_come_in(provider, officer, settings):
    settings.DEMO = True
    officer.email = "hannah.whitlock@marches.example"
    records.keep(record=officer, by=None, at=AT)
    settings.DEMO = False
    provider.claims = {"preferred_username": officer.email}
    assert_refused(*come(provider), "demonstration", officer.pk)


def test_app_roles_give_the_role_on_record_where_the_office_says_so(provider, officer, settings):
    provider.spoil = {"roles": ["approving_officer"]}
    come(provider)
    assert User.objects.get(pk=officer.pk).role == "opcc_officer"
    settings.ENTRA_APP_ROLES = True
    come(provider)
    assert User.objects.get(pk=officer.pk).role == "approving_officer"
    assert TrailEntry.objects.filter(verb="edit_user", by_name="Microsoft Entra").count() == 2
    assert verification.verify() == []


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        (None, "none"),
        ("owner", "none"),
        (["owner", 7], "none"),
        (["administrator", "opcc_officer"], "administrator, opcc_officer"),
        (["force_inspection_lead"], "does not fit"),
    ],
)
def test_no_role_several_and_one_that_does_not_fit_are_refused(provider, officer, settings, roles, why):
    settings.ENTRA_APP_ROLES, provider.spoil = True, {"roles": roles}
    assert_refused(*come(provider), why, officer.pk)
    assert User.objects.get(pk=officer.pk).role == "opcc_officer"


def test_who_signs_out_of_oversight_is_led_to_sign_out_at_microsoft(provider):
    client, _ = come(provider)
    assert client.post(reverse("account_logout")).url == reverse("signed_out")
    assert client.get(reverse("signed_out")).status_code == 200
    there = urlsplit(client.get(reverse("entra_sign_out")).url)
    assert (there.path, parse_qs(there.query)) == (
        "/tenant/v2.0/logout",
        {"post_logout_redirect_uri": ["http://127.0.0.1:8000/account/login/"]},
    )


def test_somebody_else_who_comes_in_signs_the_first_one_out(provider, officer, approver):
    client = browser()
    give_factor(approver)
    client.force_login(approver)
    come(provider, client)
    assert client.get(reverse("account")).context["person"] == officer


def test_where_an_office_leaves_it_to_entra_no_password_opens_but_the_break_glass_administrators(
    provider, officer, administrator, settings, mailoutbox
):
    settings.PASSWORDS, settings.BREAK_GLASS = False, [administrator.email, officer.email]
    give_factor(administrator)
    for person in (officer, administrator):
        Client().post(RESET, {"email": person.email})
    assert [message.to for message in mailoutbox if "/key/" in message.body] == [[administrator.email]]
    assert sign_in(officer.email).status_code == 200
    assert sign_in(administrator.email, PASSWORD).url == reverse("mfa_authenticate")
    assert is_signed_in(come(provider)[0])


def test_the_break_glass_account_is_noted_when_it_is_used(administrator, settings):
    settings.BREAK_GLASS = [administrator.email]
    sign_in(administrator.email)
    assert last_event() == (Kind.BREAK_GLASS, administrator.pk, "")


def test_somebody_shows_again_at_microsoft_who_they_are(provider, officer, settings):
    client, _ = come(provider)
    ways = client.get(reverse("account_reauthenticate")).context["reauthentication_alternatives"]
    assert [each["id"] for each in ways] == ["entra"]
    settings.PASSWORDS = False
    kind = client.get(reverse("account_reauthenticate"), {"next": "/kept/"})
    assert urlsplit(kind.url).path == START
    assert go(client, kind.url)["prompt"] == "login"
    _, answer = come(provider, client, kind.url)
    assert (answer.url, last_event()) == ("/kept/", (Kind.CONFIRMED, officer.pk, "Microsoft Entra"))
    provider.spoil = {"auth_time": 1_700_000_000}
    _, answer = come(provider, client, kind.url)
    assert (answer.status_code, last_event()) == (403, (Kind.ENTRA_REFUSED, officer.pk, "not shown again who they are"))


def test_a_next_page_elsewhere_is_not_gone_to(provider):
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        _, answer = come(provider, address=f"{START}?next={elsewhere}")
        assert answer.url == "/"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("", "", "", "amr=mfa"), ""),
        ((TENANT, "id", "secret", "amr=mfa"), ""),
        (("http://localhost:8001", "id", "secret", "acrs=c1"), ""),
        (("", "id", "secret", "amr=mfa"), "ENTRA_URL"),
        ((TENANT.replace("https", "http"), "id", "secret", "amr=mfa"), "https://"),
        (("https://login.microsoftonline.com/common/v2.0", "id", "secret", "amr=mfa"), "own tenant"),
        (("https://login.microsoftonline.com/organizations", "id", "secret", "amr=mfa"), "own tenant"),
        ((TENANT, "", "secret", "amr=mfa"), "ENTRA_CLIENT_ID"),
        ((TENANT, "id", "", "amr=mfa"), "ENTRA_CLIENT_SECRET"),
        ((TENANT, "id", "secret", "mfa"), "ENTRA_SECOND_FACTOR"),
        ((TENANT, "id", "secret", ""), "ENTRA_SECOND_FACTOR"),
    ],
)
def test_wrong_settings_are_named(given, said):
    words = wrong_about_entra(*given)
    assert bool(words) is bool(said)
    assert said in words


def test_it_does_not_start_without_a_way_in_when_entra_does_not_answer():
    office = {"SECRET_KEY": secrets.token_urlsafe(64), "ORIGIN": "https://oversight.example.org", "PASSWORDS": "0"}
    entra = {"ENTRA_URL": TENANT, "ENTRA_CLIENT_ID": "id", "ENTRA_CLIENT_SECRET": "secret"}
    status, words = start(**office | entra)
    assert (status, "BREAK_GLASS" in words) == (1, True)
    assert start(**office | entra | {"BREAK_GLASS": "admin@example.org"}) == (0, "")


def test_without_entra_its_addresses_are_not_there(client, db):
    for name in ("entra", "entra_callback", "entra_sign_out", "signed_out"):
        assert client.get(reverse(name)).status_code == 404
