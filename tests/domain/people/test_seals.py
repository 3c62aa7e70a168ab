"""A password or a second factor that was written past the program is found, and a secret is not in the database."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from recommendations import keys
from recommendations.domain.audit import verification
from recommendations.domain.people import records, second_factors
from recommendations.domain.people import verification as seals
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import AccountSeal, SecurityEvent, User
from recommendations.sign_in import UNSEALED
from tests.conftest import AT
from tests.domain.audit.tampering import past
from tests.security.door import (
    ANOTHER,
    RESET,
    choose_password,
    code_for,
    give_factor,
    is_signed_in,
    link_in,
    set_factor_up,
    sign_in,
)
from tests.snapshots import undone

assert seals.wrong_seals  # checked wherever it is imported, as the command does


@pytest.mark.on_postgresql
def test_a_password_that_was_written_past_the_program_is_found(officer, approver):
    past(User).filter(pk=officer.pk).update(password=approver.password)
    assert verification.verify() == [f"The person {officer.pk} was changed: password."]


def test_a_new_password_and_a_new_hash_of_it_are_sealed(officer):
    records.set_password(person=officer, password="another long password", by=officer, at=AT)
    officer.set_password("another long password")
    officer.save(update_fields=["password"])
    assert verification.verify() == []


def test_a_second_factor_that_was_planted_changed_or_removed_is_found(officer, approver):
    give_factor(approver)
    data = Authenticator.objects.get().data
    planted = [Authenticator(user=officer, type="totp", data=data)]
    past(Authenticator).bulk_create(planted)
    assert verification.verify() == [seals.FACTOR_CHANGED.format(pk=officer.pk)]
    past(Authenticator).filter(user=officer)._raw_delete("default")
    assert verification.verify() == []
    past(Authenticator).update(data=data | {"used_mask": 1})
    assert verification.verify() == [seals.FACTOR_CHANGED.format(pk=approver.pk)]
    past(Authenticator).all()._raw_delete("default")
    assert verification.verify() == [seals.FACTOR_CHANGED.format(pk=approver.pk)]


def seal_of(person) -> dict:
    return AccountSeal.objects.filter(pk=person.pk).values().get()


@pytest.mark.on_postgresql
def test_a_former_password_that_is_put_back_with_its_seal_is_found(officer):
    for password in ("the second long password", "the third long password"):
        was, seal = User.objects.get(pk=officer.pk).password, seal_of(officer)
        records.set_password(person=officer, password=password, by=officer, at=AT)
        now, sealed = User.objects.get(pk=officer.pk).password, seal_of(officer)
        past(User).filter(pk=officer.pk).update(password=was)
        past(AccountSeal).filter(pk=officer.pk).update(**seal)
        assert verification.verify() == [f"The person {officer.pk} was changed: password."]
        past(User).filter(pk=officer.pk).update(password=now)
        past(AccountSeal).filter(pk=officer.pk).update(**sealed)
        assert verification.verify() == []


def test_a_former_second_factor_that_is_put_back_with_its_seal_is_found_and_opens_nothing(officer):
    client = Client()
    sign_in(officer.email, client=client)
    secret = set_factor_up(client, "a long enough password")
    rows, seal = list(Authenticator.objects.values()), seal_of(officer)
    second_factors.reset_second_factor(person=officer, reason="Lost.", by=None, at=AT)
    assert verification.verify() == []
    past(Authenticator).bulk_create(Authenticator(**row) for row in rows)
    past(AccountSeal).filter(pk=officer.pk).update(**seal)
    assert verification.verify() == [seals.FACTOR_CHANGED.format(pk=officer.pk)]
    assert gets_in(officer, secret) is False


@pytest.mark.on_postgresql
def test_a_former_password_that_is_put_back_with_its_seal_lets_nobody_in(officer, caplog):
    was, seal = User.objects.get(pk=officer.pk).password, seal_of(officer)
    records.set_password(person=officer, password=ANOTHER, by=officer, at=AT)
    past(User).filter(pk=officer.pk).update(password=was)
    past(AccountSeal).filter(pk=officer.pk).update(**seal)
    client, wrong = Client(), Client()
    refused = sign_in(officer.email, client=client)
    assert (is_signed_in(client), refused.context["form"].errors) == (
        False,
        sign_in(officer.email, "a wrong password", client=wrong).context["form"].errors,
    )
    event = SecurityEvent.objects.filter(kind=Kind.FAILED).earliest("pk")
    assert (event.account, event.detail) == (officer, UNSEALED)
    assert [each.getMessage() for each in caplog.records if each.name == "recommendations.sign_in"] == [
        f"Person {officer.pk}: {UNSEALED}. Run verify_audit"
    ]


def test_a_password_that_was_planted_lets_nobody_in_and_a_link_sets_another(officer):
    past(User).filter(pk=officer.pk).update(password=make_password("what I know is long"))
    client = Client()
    sign_in(officer.email, "what I know is long", client=client)
    assert not is_signed_in(client)
    client.post(RESET, {"email": officer.email})
    choose_password(link_in(mail.outbox[-1]), ANOTHER)
    sign_in(officer.email, ANOTHER, client=client)
    assert (is_signed_in(client), verification.verify()) == (True, [])


@pytest.mark.on_postgresql
def test_who_deletes_a_second_factor_from_the_database_sets_up_none(officer, administrator, approver):
    """The password alone, which may be known, opens nothing until an administrator resets the factor."""
    give_factor(officer)
    past(Authenticator).filter(user=officer)._raw_delete("default")
    client = Client()
    sign_in(officer.email, client=client)
    assert not is_signed_in(client)
    second_factors.reset_second_factor(person=officer, reason="It was deleted.", by=None, at=AT)
    sign_in(officer.email, client=client)
    assert (is_signed_in(client), verification.verify()) == (True, [])


def test_what_was_planted_gets_no_seal_by_what_is_done_afterwards(officer, approver, administrator):
    """Another name, a new hash at sign-in and another second factor seal nothing that was not sealed before."""
    planted = make_password("what I know is long")
    past(User).filter(pk=officer.pk).update(password=planted)
    give_factor(approver)
    data = Authenticator.objects.get().data
    past(Authenticator).bulk_create([Authenticator(user=officer, type="recovery_codes", data=data)])
    found = User.objects.get(pk=officer.pk)
    found.name = "Hannah Hale"
    records.keep(record=found, by=administrator, at=AT)
    found.set_password("what I know is long")
    found.save(update_fields=["password"])
    give_factor(officer)
    assert verification.verify() == [
        f"The person {officer.pk} was changed: password.",
        seals.FACTOR_CHANGED.format(pk=officer.pk),
    ]
    records.set_password(person=found, password="another long password", by=found, at=AT)
    second_factors.reset_second_factor(person=found, reason="To be safe.", by=None, at=AT)
    assert verification.verify() == []


def test_another_name_does_not_bring_back_a_password_that_changed_meanwhile(officer, administrator):
    read = User.objects.get(pk=officer.pk)
    records.set_password(person=officer, password="another long password", by=officer, at=AT)
    read.name = "Hannah Hale"
    records.keep(record=read, by=administrator, at=AT)
    found = User.objects.get(pk=officer.pk)
    assert (found.name, found.check_password("another long password")) == ("Hannah Hale", True)


def test_an_account_without_a_seal_is_named(officer):
    past(AccountSeal).filter(pk=officer.pk)._raw_delete("default")
    assert verification.verify() == [
        f"The person {officer.pk} has no seal: it was deleted, or the account was inserted."
    ]


def test_a_seal_of_nobody_is_named(officer):  # wording: verify_audit names it
    seal = AccountSeal.objects.get(pk=officer.pk)
    seal.person_id = 9_000
    with undone():
        past(AccountSeal).bulk_create([seal])
        assert verification.verify() == ["The seal of the person 9000 was inserted: there is no such person."]


def test_what_people_do_with_their_second_factor_keeps_the_seal(officer):
    client = Client()
    sign_in(officer.email, client=client)
    set_factor_up(client, "a long enough password")
    client.post(reverse("mfa_generate_recovery_codes"))
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert verification.verify() == []


def cells_of_secrets() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return str(cursor.fetchall())


@pytest.mark.on_postgresql
def test_no_secret_stands_in_the_database_in_plain(officer):
    client = Client()
    sign_in(officer.email, client=client)
    secret = set_factor_up(client, "a long enough password")
    seed = keys.decrypt(Authenticator.objects.get(type="recovery_codes").data["seed"], purpose=keys.FACTORS)
    assert [each for each in (secret, seed) if each in cells_of_secrets()] == []
    assert keys.decrypt(Authenticator.objects.get(type="totp").data["secret"], purpose=keys.FACTORS) == secret


def test_a_secret_that_was_planted_in_plain_opens_nothing(officer):
    secret = give_factor(officer)
    past(Authenticator).update(data={"secret": secret})
    client = Client()
    sign_in(officer.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert not is_signed_in(client)


@pytest.fixture
def new_key(settings):
    """The office changes its key as docs/operations/secret-key.md says."""

    def change(with_fallback: bool = True):
        was, settings.SECRET_KEY = settings.SECRET_KEY, "n" * 60
        settings.SECRET_KEY_FALLBACKS = [was] if with_fallback else []

    return change


def gets_in(person, secret: str) -> bool:
    client = Client()
    sign_in(person.email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    return is_signed_in(client)


def test_a_changed_key_keeps_second_factors_while_the_old_one_is_named(officer, new_key):
    secret = give_factor(officer)
    new_key()
    assert (verification.verify(), gets_in(officer, secret)) == ([], True)


def test_after_renewing_the_old_key_is_needed_no_more(officer, new_key, settings):
    secret = give_factor(officer)
    new_key()
    call_command("renew_secrets")
    settings.SECRET_KEY_FALLBACKS = []
    assert (verification.verify(), gets_in(officer, secret)) == ([], True)


def test_without_the_old_key_nobody_gets_in_by_a_code_and_nothing_breaks(officer, new_key):
    secret = give_factor(officer)
    new_key(with_fallback=False)
    assert gets_in(officer, secret) is False


def test_renewing_makes_no_seal_good_that_was_not(officer, approver, new_key):
    past(User).filter(pk=officer.pk).update(password=approver.password)
    new_key()
    call_command("renew_secrets")
    assert verification.verify() == [f"The person {officer.pk} was changed: password."]
