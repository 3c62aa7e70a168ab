"""Passkeys without a browser: what is no passkey, who is refused, what was planted, what a reset removes."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from recommendations.domain.audit import verification
from recommendations.domain.people import records
from recommendations.domain.people import verification as seals
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent
from tests.conftest import AT
from tests.domain.audit.tampering import past
from tests.security.door import PASSWORD, code_for, give_factor, is_signed_in, sign_in
from tests.security.sign_in.device import HOST, PRESENT, Device, give_passkey

assert seals.wrong_seals  # checked wherever it is imported, as the command does
LOGIN = reverse("mfa_login_webauthn")
ADD = reverse("mfa_add_webauthn")


def show(person, device: Device, **changed) -> Client:
    """Sign in by the passkey alone, in a browser of its own."""
    client = Client(HTTP_HOST=HOST)
    asked = client.get(LOGIN, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    client.post(LOGIN, {"credential": json.dumps(device.show(asked["challenge"], person) | changed)})
    return client


def last_event() -> tuple:
    return SecurityEvent.objects.order_by("pk").values_list("kind", "account", "detail").last()


def test_a_passkey_is_the_second_factor_that_a_writing_role_needs_and_signs_in_alone(officer):
    client = Client(HTTP_HOST=HOST)
    device = give_passkey(officer, client)
    assert client.get(reverse("register")).status_code == 200
    assert show(officer, device).get(reverse("register")).status_code == 200
    assert last_event() == (Kind.SIGNED_IN, officer.pk, "passkey")
    assert verification.verify() == []


def test_another_key_another_person_and_a_device_that_did_not_ask_its_owner_are_refused(officer, approver):
    device = give_passkey(officer)
    assert not is_signed_in(show(officer, Device()))
    assert not is_signed_in(show(approver, device))
    device.flags = PRESENT
    assert not is_signed_in(show(officer, device))
    assert last_event() == (Kind.CODE_FAILED, None, "passkey")


def test_a_device_that_does_not_ask_its_owner_is_not_set_up(officer):
    give_passkey(officer, device=Device(flags=PRESENT))
    assert not Authenticator.objects.exists()


def test_an_answer_works_once(officer):
    device, client = give_passkey(officer), Client(HTTP_HOST=HOST)
    asked = client.get(LOGIN, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    answer = {"credential": json.dumps(device.show(asked["challenge"], officer))}
    client.post(LOGIN, answer)
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    client.post(LOGIN, answer)
    assert not is_signed_in(client)


HOSTILE = (
    *("", "null", "[]", "7", '"text"', "{}", '{"response": 7}', '{"response": {"userHandle": "AA"}}', "{"),
    '{"id": 5, "rawId": [], "type": "public-key", "response": {}}',
    json.dumps({"id": "A", "rawId": "A", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}),
    json.dumps({"id": "A", "rawId": "A", "response": {"clientDataJSON": "e30", "authenticatorData": "AA"}}),
    json.dumps({"id": "A" * 30_000}),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_passkey_is_refused_with_words_and_never_breaks(officer, text):
    client, known = Client(HTTP_HOST=HOST), Client(HTTP_HOST=HOST)
    client.get(LOGIN, headers={"Accept": "application/json"})
    answer = client.post(LOGIN, {"credential": text}, follow=True)
    assert (answer.status_code, is_signed_in(client)) == (200, False)
    sign_in(officer.email, client=known)
    known.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    known.get(ADD)
    answer = known.post(ADD, {"credential": text})
    assert (answer.status_code, "No passkey was made." in answer.content.decode()) == (200, True)
    assert not Authenticator.objects.exists()


def test_a_passkey_that_was_planted_or_copied_opens_nothing(officer, approver):
    """The intruder's own passkey, in the row of somebody else."""
    device = give_passkey(officer)
    row = Authenticator.objects.get(type="webauthn")
    past(Authenticator).bulk_create([Authenticator(user=approver, type="webauthn", data=row.data)])
    assert not is_signed_in(show(approver, device))
    assert last_event() == (Kind.CODE_FAILED, approver.pk, "passkey")
    assert verification.verify() == [f"The person {approver.pk} was changed: second factor."]
    assert is_signed_in(show(officer, device))


def test_a_secret_that_was_copied_from_somebody_else_opens_nothing(officer, approver):
    secret = give_factor(officer)
    past(Authenticator).bulk_create([Authenticator(user=approver, type="totp", data=Authenticator.objects.get().data)])
    client = Client()
    sign_in(approver.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert not is_signed_in(client)


def test_a_deactivated_person_and_the_demonstrations_people_are_refused(officer, approver, administrator, settings):
    device, other = give_passkey(officer), give_passkey(approver, device=Device(2))
    officer.is_active = False
    records.keep(record=officer, by=administrator, at=AT)
    settings.DEMO = True
    approver.email = "margaret.osei@marches.example"
    records.keep(record=approver, by=None, at=AT)
    settings.DEMO = False
    assert [is_signed_in(show(officer, device)), is_signed_in(show(approver, other))] == [False, False]
    settings.DEMO = True
    assert is_signed_in(show(approver, other))


def test_a_reset_removes_passkeys_too(officer):
    device = give_passkey(officer)
    reset_second_factor(person=officer, reason="Stolen laptop.", by=None, at=AT)
    assert (Authenticator.objects.count(), is_signed_in(show(officer, device))) == (0, False)


def test_the_passkey_of_somebody_else_can_be_neither_renamed_nor_removed(officer, approver):
    give_passkey(officer)
    client, pk = Client(HTTP_HOST=HOST), Authenticator.objects.get(type="webauthn").pk
    give_passkey(approver, client, Device(2))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[pk]), {"name": "Mine"}).status_code == 404
    assert str(Authenticator.objects.get(pk=pk)) == "Laptop"
