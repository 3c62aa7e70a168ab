"""Somebody who left is shown by a number; the trail keeps the name, and an administrator can read it, on record."""

import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.hashers import make_password

from recommendations import keys
from recommendations.domain.audit import verification
from recommendations.domain.audit.event_queries import lines_of, security_entries
from recommendations.domain.audit.history import events_of
from recommendations.domain.people import records
from recommendations.domain.people import verification as seals
from recommendations.domain.people.renewing import renew_secrets
from recommendations.domain.register import voices
from recommendations.domain.retention import former_people
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.models import AccountSeal, ForceUpdate, FormerPerson, TrailEntry, User
from tests.conftest import make_person
from tests.domain.audit.tampering import past
from tests.domain.retention.planting import tables_with
from tests.refusals import refusal
from tests.security.door import give_factor

assert seals.wrong_seals  # checked wherever it is imported, as the command does
WHY = "The two years are over."
NAME, NOW = "Elsie Quill", "Former officer 1"


@pytest.fixture
def leaver(tracked, at):
    """An officer who recorded something, was named in a text, and left; the administrator knows her second name too."""
    person = make_person(NAME, Role.OPCC_OFFICER)
    voices.log_force_update(tracked=tracked, done=f"Agreed with {NAME}.", said_by=NAME, by=person, at=at)
    person.is_active = False
    return records.keep(record=person, by=None, at=at, reason=f"{NAME} left.")


@pytest.fixture
def later(at):
    return at + datetime.timedelta(days=800)


def made(person, administrator, later, days=730) -> FormerPerson:
    return former_people.make_former(person=person, reason=WHY, days=days, by=administrator, at=later)


@pytest.mark.sqlite_alone
def test_people_histories_texts_and_events_say_the_number(leaver, administrator, officer, tracked, later):
    former = made(leaver, administrator, later)
    person = User.objects.get(pk=leaver.pk)
    assert (str(former), person.name, person.email) == (NOW, NOW, "former-1@removed.invalid")
    assert next((each.verb, each.actor) for each in events_of(tracked, user=officer)) == ("log_force_update", NOW)
    row = ForceUpdate.objects.get()
    assert (row.done, row.said_by) == (f"Agreed with {NOW}.", NOW)
    lines = [(each.words, each.who, each.about) for each in lines_of(security_entries(groups=["people"]))]
    assert ("Person changed", "the command line", NOW) in lines


def test_the_name_stays_in_the_trail_alone(leaver, administrator, later):
    made(leaver, administrator, later)
    left = {each for each in tables_with(NAME) if not each.endswith("history_change_reason")}
    assert left == {"TrailEntry.about", "TrailEntry.by_name", "TrailEntry.reason"}
    assert tables_with(leaver.email) == set()
    assert verification.verify() == []
    assert verification.judge().passed == {"former officer": 1}


@pytest.mark.sqlite_alone
def test_who_they_are_at_microsoft_their_passkeys_and_codes_go(leaver, administrator, later, at):
    object_id = "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"
    leaver.entra_id = object_id
    records.keep(record=leaver, by=None, at=at)
    give_factor(leaver)
    made(leaver, administrator, later)
    assert (User.objects.get(pk=leaver.pk).entra_id, tables_with(object_id)) == ("", set())
    assert not Authenticator.objects.filter(user=leaver).exists()
    assert verification.verify() == []


@pytest.mark.sqlite_alone
def test_the_password_goes(leaver, administrator, later, at):
    records.set_password(person=leaver, password="a long enough password", by=leaver, at=at)
    made(leaver, administrator, later)
    person = User.objects.get(pk=leaver.pk)
    assert (person.has_usable_password(), person.check_password("a long enough password")) == (False, False)
    assert verification.verify() == []


class PlainModels:
    """The models as a migration has them: with querysets that write."""

    def get_model(self, app, name):
        return SimpleNamespace(objects=past(apps.get_model(app, name)))


@pytest.mark.on_postgresql
def test_the_password_of_who_was_shown_by_a_number_before_goes_with_the_update(leaver, administrator, later, at):
    made(leaver, administrator, later)
    was = make_password("a long enough password")
    past(User).filter(pk=leaver.pk).update(password=was)
    past(AccountSeal).filter(pk=leaver.pk).update(password=keys.seal(["password", leaver.pk, was, 0]), password_entry=0)
    assert verification.verify() == [f"The person {leaver.pk} was changed: password."]
    migration = import_module("recommendations.migrations.0087_former_passwords")
    migration.remove_passwords(PlainModels(), None)
    assert not User.objects.get(pk=leaver.pk).has_usable_password()
    assert verification.verify() == []
    migration.seal_as_before(PlainModels(), None)
    assert AccountSeal.objects.get(pk=leaver.pk).password_entry == 0


@pytest.mark.sqlite_alone
def test_another_who_in_a_history_is_found(leaver, administrator, later):
    made(leaver, administrator, later)
    ForceUpdate.history.update(history_actor="Former officer 2")
    row = ForceUpdate.objects.get().pk
    assert verification.verify() == [f"The force update {row}: save 1 of its history says otherwise who."]


@pytest.mark.sqlite_alone
def test_the_name_behind_a_number_is_read_with_a_reason_on_record(leaver, administrator, officer, later, settings):
    former = made(leaver, administrator, later)
    assert former_people.read_key(former=former, reason="A request.", by=administrator, at=later)[:1] == [leaver.email]
    assert TrailEntry.objects.filter(verb="read_former_key", reason="A request.", by=administrator).count() == 1
    with pytest.raises(Refusal):
        former_people.read_key(former=former, reason=" ", by=administrator, at=later)
    with pytest.raises(NotAllowed):
        former_people.read_key(former=former, reason="A request.", by=officer, at=later)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 6
    renew_secrets()
    settings.SECRET_KEY_FALLBACKS = []
    former.refresh_from_db()
    assert NAME in former_people.read_key(former=former, reason="A request.", by=administrator, at=later)
    assert verification.verify() == []


@pytest.mark.sqlite_alone
def test_it_waits_for_the_office_s_period_and_for_the_account_to_end(leaver, administrator, officer, at, later):
    with refusal("too-early"):
        made(leaver, administrator, at + datetime.timedelta(days=40))
    with refusal("account-open"):
        made(officer, administrator, later)
    with pytest.raises(NotAllowed):
        made(leaver, officer, later)
    made(leaver, administrator, later)
    with refusal("shown-by-number"):
        made(leaver, administrator, later)
    back = User.objects.get(pk=leaver.pk)
    back.is_active = True
    with refusal("shown-by-number"):
        records.keep(record=back, by=administrator, at=later)
