"""Around each request: a session that ends, writes that are seen, people who change."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people import records
from recommendations.domain.people.sessions import BEGUN, session_handle, sessions_by_person
from recommendations.enums import Role
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.middleware.guarded_writes import table_written
from recommendations.middleware.kept_forms import typed_by
from recommendations.models import Force, SecurityEvent, TrailEntry
from tests.conftest import AT, make_person

HOURS = 60 * 60
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def sign_in(email: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def test_a_session_ends_twelve_hours_after_signing_in_however_busy_it_was(officer):
    client = sign_in(officer.email)
    signed_in = client.session["account_authentication_methods"][0]["at"]
    for hours, status in ((3, 200), (6, 200), (11.9, 200), (12.1, 302)):
        session = client.session
        session["account_authentication_methods"][0]["at"] = signed_in - hours * HOURS
        session["busy"] = hours  # each save puts off the expiry that Django keeps
        session.save()
        assert client.get(reverse("account")).status_code == status
    assert "_auth_user_id" not in client.session


def test_a_later_proof_of_identity_does_not_make_a_session_longer(officer):
    client = sign_in(officer.email)
    session = client.session
    first = session["account_authentication_methods"][0]
    session["account_authentication_methods"] = [first | {"at": time.time() - 13 * HOURS}, first]
    session.save()
    assert client.get(reverse("account")).status_code == 302


MINUTES = 60


def leave_idle(client: Client, minutes: float) -> None:
    """Let time pass since the session was used last."""
    session = client.session
    session[BEGUN] = session[BEGUN] | {"seen": time.time() - minutes * MINUTES}
    session.save()


@pytest.mark.parametrize(
    ("role", "ends"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.APPROVING_OFFICER, True),
        (Role.OPCC_OFFICER, False),
        (Role.COMMITTEE_MEMBER, False),
    ],
)
def test_thirty_minutes_without_a_request_end_an_administrators_and_an_approving_officers_session(role, ends, db):
    person = make_person("Somebody", role)
    client = sign_in(person.email)
    leave_idle(client, 29)
    assert client.get(reverse("account")).status_code == 200
    leave_idle(client, 31)
    assert (client.get(reverse("account")).status_code == 302) is ends
    kinds = list(SecurityEvent.objects.filter(kind=Kind.SESSION_ENDED).values_list("account", "detail"))
    assert kinds == ([(person.pk, "30 minutes without a request")] if ends else [])


@pytest.mark.parametrize("role", [Role.OPCC_OFFICER, Role.COMMITTEE_MEMBER])
def test_four_hours_without_a_request_end_anybodys_session(role, db):
    person = make_person("Somebody", role)
    client = sign_in(person.email)
    leave_idle(client, 239)
    assert client.get(reverse("account")).status_code == 200
    leave_idle(client, 241)
    assert client.get(reverse("account")).status_code == 302
    kinds = list(SecurityEvent.objects.filter(kind=Kind.SESSION_ENDED).values_list("account", "detail"))
    assert kinds == [(person.pk, "4 hours without a request")]


def test_a_page_that_asks_by_itself_does_not_keep_a_session(approver):
    client = sign_in(approver.email)
    leave_idle(client, 20)
    client.get(reverse("draft_news", args=[1]))
    client.get(reverse("build_progress", args=[1, 1]))
    assert time.time() - client.session[BEGUN]["seen"] > 19 * MINUTES
    client.get(reverse("account"))
    assert time.time() - client.session[BEGUN]["seen"] < MINUTES


def test_what_was_typed_in_a_session_that_ran_out_is_shown_after_signing_in_again(approver, tracked):
    client, page = sign_in(approver.email), reverse("log_force_update", args=[tracked.pk])
    leave_idle(client, 31)
    sent = {"done": "Bells are tested.", "kept_for": typed_by(approver)}
    assert client.post(page, sent).url.startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": approver.email, "password": PASSWORD})
    assert "Bells are tested." in client.get(reverse("kept")).content.decode()


def test_signing_in_gives_another_session_and_signing_out_ends_it(officer):
    client = Client()
    session = client.session
    session["planted"] = "before"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    key = client.session.session_key
    assert key != planted
    assert client.get(reverse("account")).status_code == 200
    other = Client()
    other.cookies["sessionid"] = key
    client.post(reverse("account_logout"))
    assert other.get(reverse("account")).status_code == 302


def test_a_deactivated_person_is_refused_on_the_next_request(officer, administrator):
    client = sign_in(officer.email)
    assert client.get(reverse("account")).status_code == 200
    officer.is_active = False
    records.keep(record=officer, by=administrator, at=AT)
    assert client.get(reverse("account")).status_code == 302
    assert sign_in(officer.email).get(reverse("account")).status_code == 302


def test_another_role_or_force_bites_on_the_next_request(officer, westmarch, eastvale, tracked):
    client, page = sign_in(officer.email), reverse("tracked", args=[tracked.pk])
    answers = []
    for role, force in (
        (Role.OPCC_OFFICER, None),
        (Role.FORCE_INSPECTION_LEAD, westmarch),
        (Role.FORCE_INSPECTION_LEAD, eastvale),
        (Role.COMMITTEE_MEMBER, None),
    ):
        officer.role, officer.force = role, force
        records.keep(record=officer, by=None, at=AT)
        answers.append((client.get(page).status_code, client.get(reverse("add_inspection")).status_code))
    assert answers == [(200, 200), (200, 403), (404, 403), (403, 403)]


def test_a_new_password_ends_the_other_sessions(officer):
    mine, stolen = sign_in(officer.email), sign_in(officer.email)
    new = "quite another long password"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert mine.post(reverse("account_change_password"), sent).status_code == 302
    assert mine.get(reverse("account")).status_code == 200
    assert stolen.get(reverse("account")).status_code == 302
    assert TrailEntry.objects.get(verb="set_password").by == officer


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        (
            'SELECT "recommendations_force"."id" FROM "recommendations_force" FOR UPDATE OF "recommendations_force"',
            None,
        ),
        ('UPDATE "recommendations_force" SET "name" = %s', "recommendations_force"),
        ("insert or ignore into recommendations_force (name) values (%s)", "recommendations_force"),
        ("REPLACE INTO recommendations_force VALUES (1)", "recommendations_force"),
        ('WITH x AS (SELECT 1) DELETE FROM "recommendations_force"', "recommendations_force"),
        ('WITH x AS (UPDATE ONLY "recommendations_force" SET id = 1 RETURNING 1) SELECT 1', "recommendations_force"),
        ('MERGE INTO "recommendations_force" USING x ON true WHEN MATCHED THEN DELETE', "recommendations_force"),
        ("TRUNCATE TABLE recommendations_force", "recommendations_force"),
        ("TRUNCATE recommendations_trailentry", "recommendations_trailentry"),
        ('  \n DELETE\n FROM "recommendations_historicalforce"', "recommendations_historicalforce"),
        ('UPDATE "django_session" SET "session_data" = %s', None),
        ("SAVEPOINT s1", None),
    ],
)
def test_which_table_a_statement_writes_is_seen(sql, table):
    assert table_written(sql) == table


def test_django_may_hash_the_same_password_anew_at_sign_in(officer, settings):
    """The one write of a record outside a verb: no fact about the person changes."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    before = TrailEntry.objects.exclude(verb="sign_in").count()
    client = sign_in(officer.email)
    officer.refresh_from_db()
    assert officer.password.startswith("pbkdf2_sha256$")
    assert client.get(reverse("account")).status_code == 200
    entries = TrailEntry.objects.exclude(verb="sign_in").count()
    assert (entries, officer.history.count(), Force.objects.count()) == (before, 1, 0)


def test_a_session_that_was_copied_to_another_key_signs_nobody_in(administrator):
    """Whoever writes to the database gives an administrator's data to a session of their own."""
    client, own = sign_in(administrator.email), Client()
    assert client.get(reverse("people_access")).status_code == 200
    theirs, key = Session.objects.get(), "k" * 32
    Session.objects.create(session_key=key, session_data=theirs.session_data, expire_date=theirs.expire_date)
    own.cookies["sessionid"] = key
    assert own.get(reverse("people_access")).url.startswith(reverse("account_login"))
    assert [each.mark for each in sessions_by_person(at=timezone.now())[administrator.pk]] == [
        session_handle(theirs.pk)
    ]
