"""The door: one of them, a second factor behind it, few guesses, and nothing said about who has an account."""

import logging
import re
import secrets
import time
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.models import SecurityEvent, TrailEntry, User
from recommendations.sign_in import ONLY_IN_THE_DEMONSTRATION, AccountAdapter
from tests.conftest import AT
from tests.faults.mail_server import free_port
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
    set_factor_up,
    sign_in,
)
from tests.security.sign_in.sign_in_rules import SIGN_IN_RULES
from tests.security.start import start
from tests.snapshots import contents

ROOT = Path(__file__).resolve().parents[3]
MINUTE = 60
TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|login|email)"[^>]*')


class Clock:
    """The time module as the rate limits see it, some seconds ahead."""

    def __init__(self, ahead: int):
        self.ahead = ahead

    def time(self):
        return time.time() + self.ahead

    def __getattr__(self, name):
        return getattr(time, name)


def test_a_wrong_password_is_refused_in_plain_words(officer):
    form = sign_in(officer.email, "wrong").context["form"]
    assert form.non_field_errors() == ["The email address or the password is not correct."]


def test_five_wrong_passwords_lock_an_account_for_five_minutes_wherever_they_come_from(officer, approver, monkeypatch):
    spellings = (officer.email, officer.email.upper(), f" {officer.email} ", officer.email.title(), officer.email)
    for number, spelling in enumerate(spellings):
        elsewhere = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}", "HTTP_X_REAL_IP": f"203.0.113.{number}"}
        sign_in(spelling, f"wrong {number}", **elsewhere)
    client = Client()
    locked = sign_in(officer.email, PASSWORD, client, HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert (is_signed_in(client), locked.status_code) == (False, 200)
    other = Client()
    sign_in(approver.email, client=other)
    assert is_signed_in(other)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", Clock(5 * MINUTE + 1))
    sign_in(officer.email, client=client)
    assert is_signed_in(client)


def test_five_wrong_codes_lock_the_second_factor_too(officer, monkeypatch):
    secret = give_factor(officer)
    client = Client()
    sign_in(officer.email, client=client)
    wrong = f"{(int(code_for(secret)) + 1) % 1_000_000:06}"
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": wrong}, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)}, HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert not is_signed_in(client)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", Clock(5 * MINUTE + 1))
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert is_signed_in(client)


SPELLINGS_OF_HOST = (
    *("oversight.test", "oversight.test:443", "OVERSIGHT.test", "Oversight.Test:443", "oversight.test:1"),
    *("oversight.test:8000", "oversight.test.", "oversight.test.:443", "oversight.test:", "oversight.test:0443"),
)


def test_no_spelling_of_the_host_gives_fresh_tries(officer, settings):
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://oversight.test", ["oversight.test"]
    settings.SECURE_SSL_REDIRECT = False
    for number in range(5):
        sign_in(officer.email, f"wrong {number}", HTTP_HOST="oversight.test")
    clients = {host: Client() for host in SPELLINGS_OF_HOST}
    for host, client in clients.items():
        sign_in(officer.email, PASSWORD, client, HTTP_HOST=host)
    assert [host for host, client in clients.items() if is_signed_in(client)] == []


def test_failures_are_counted_by_the_account_alone(rf):
    """Where a name is answered under more than one spelling, the count is one."""
    keys = {
        AccountAdapter()._get_login_attempts_cache_key(rf.get("/", HTTP_HOST=host), email=email)
        for host in ("testserver", "TESTSERVER", "testserver:1", "localhost", "127.0.0.1:8000")
        for email in ("hannah@example.org", " Hannah@Example.org ")
    }
    assert keys == {"account:hannah@example.org"}


# Which Host headers are answered where ORIGIN is https://oversight.test, which is the proxy's port 443.
HOSTS = {
    "oversight.test": 200,
    "oversight.test:443": 200,
    "OVERSIGHT.TEST": 200,
    "oversight.test:1": 400,
    "oversight.test:80": 400,
    "oversight.test.": 400,
    "oversight.test.:443": 400,
    "www.oversight.test": 400,
    "127.0.0.1": 400,
    "localhost": 400,
    "[::1]": 400,
    "evil.example.org": 400,
    "": 400,
}


def test_only_the_host_of_the_origin_is_answered(db, settings):
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://oversight.test", ["oversight.test"]
    settings.SECURE_SSL_REDIRECT = False
    assert {host: Client().get(LOGIN, HTTP_HOST=host).status_code for host in HOSTS} == HOSTS


def test_the_names_that_are_answered_come_from_the_origin():
    asked = "from oversight.settings import ALLOWED_HOSTS as hosts; import sys; sys.stderr.write(' '.join(hosts))"
    good = {"SECRET_KEY": secrets.token_urlsafe(64)}
    assert start(asked, **good, ORIGIN="https://oversight.example.org:8443") == (0, "oversight.example.org")
    assert start(asked, **good) == (0, "127.0.0.1 localhost [::1]")


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked on: what an answer's time is made of."""

    algorithm = "counting"
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


def test_an_address_without_an_account_is_answered_as_one_with(officer, settings, mailoutbox):
    settings.PASSWORD_HASHERS = ["tests.security.sign_in.test_sign_in.CountingHasher"]
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    said, work = [], []
    for email in (officer.email, "nobody@example.org"):
        CountingHasher.count = 0
        answer = sign_in(email, "not the password")
        work.append(CountingHasher.count)
        asked = Client().post(RESET, {"email": email}, follow=True)
        texts = [TOKENS.sub("", each.content.decode().replace(email, "")) for each in (answer, asked)]
        said.append((answer.status_code, asked.redirect_chain, *texts))
    assert said[0] == said[1]
    assert work == [1, 1]
    assert [message.to for message in mailoutbox] == [[officer.email]]


@pytest.mark.parametrize(("path", "field"), [(RESET, "email"), (LOGIN, "login")])
def test_what_differs_is_done_when_the_answer_has_gone(officer, path, field, mailoutbox):
    """The email, its link and the event: an answer asks the database the same of an address with an account or not."""
    handler, asked, after = BaseHandler(), [], []
    handler.load_middleware()
    for email in (officer.email, "nobody@example.org"):
        request = RequestFactory().post(path, {field: email, "password": "not the password"})
        request._dont_enforce_csrf_checks = True
        with CaptureQueriesContext(connection) as queries:
            response = handler.get_response(request)
        asked.append([query["sql"].split(" WHERE ")[0] for query in queries if "SAVEPOINT" not in query["sql"]])
        before = len(mailoutbox), SecurityEvent.objects.count()
        request_finished.disconnect(close_old_connections)  # the connection is the test's
        response.close()
        request_finished.connect(close_old_connections)
        after.append((len(mailoutbox) - before[0], SecurityEvent.objects.count() - before[1]))
    assert [sql.partition(" (")[0] for sql in asked[0]] == [sql.partition(" (")[0] for sql in asked[1]]
    assert after == ([(1, 1), (0, 0)] if path == RESET else [(0, 1), (0, 1)])


def test_a_deactivated_person_gets_no_link_and_does_not_get_in(officer, administrator, mailoutbox):
    officer.is_active = False
    records.keep(record=officer, by=administrator, at=AT)
    Client().post(RESET, {"email": officer.email})
    assert mailoutbox == []
    client = Client()
    sign_in(officer.email, client=client)
    assert not is_signed_in(client)


def test_a_link_from_before_the_account_was_closed_sets_no_password(officer, administrator, mailoutbox):
    Client().post(RESET, {"email": officer.email})
    person = User.objects.get(pk=officer.pk)
    person.is_active = False
    records.keep(record=person, by=administrator, at=AT)
    choose_password(link_in(mailoutbox[0]), ANOTHER)
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_a_link_uses_the_configured_origin_works_once_and_for_two_days(officer, mailoutbox, settings, monkeypatch):
    settings.ORIGIN = "https://oversight.example.org"
    for host in ("localhost", "127.0.0.1"):
        Client().post(RESET, {"email": officer.email}, HTTP_HOST=host, HTTP_X_FORWARDED_HOST="evil.example.org")
    first, second = map(link_in, mailoutbox)
    assert first.startswith("https://oversight.example.org/account/password/reset/key/")
    assert "localhost" not in mailoutbox[0].body + mailoutbox[1].body
    assert {mail.subject for mail in mailoutbox} == {"Oversight: Choose a new password"}
    assert choose_password(first, ANOTHER) == 302
    assert (choose_password(first, "x" * 20), choose_password(second, "x" * 20)) == (200, 200)
    client = Client()
    sign_in(officer.email, ANOTHER, client)
    assert is_signed_in(client)
    assert settings.PASSWORD_RESET_TIMEOUT == 48 * 60 * MINUTE


def test_a_mail_server_that_is_down_changes_no_answer(officer, settings, caplog):
    logging.disable(logging.NOTSET)
    down = {"host": "127.0.0.1", "port": free_port()}
    settings.MAILERS = {"default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": down}}
    said = []
    for email in (officer.email, "nobody@example.org"):
        asked = Client().post(RESET, {"email": email}, follow=True)
        said.append((asked.redirect_chain, TOKENS.sub("", asked.content.decode())))
    assert said[0] == said[1]
    assert said[0][0] == [(reverse("account_reset_password_done"), 302)]
    assert "The email with a link for a new password could not be sent: ConnectionRefusedError" in caplog.text


def test_an_unknown_host_is_refused(officer, mailoutbox):
    assert Client().post(RESET, {"email": officer.email}, HTTP_HOST="evil.example.org").status_code == 400
    assert mailoutbox == []


def test_a_former_address_opens_nothing(officer, mailoutbox):
    """allauth keeps the addresses that it has seen; somebody else may read that mailbox today."""
    was = officer.email
    Client().post(RESET, {"email": was})
    assert EmailAddress.objects.filter(email=was).exists()
    officer.email = "hannah.new@example.org"
    records.keep(record=officer, by=None, at=AT)
    mailoutbox.clear()
    Client().post(RESET, {"email": was})
    assert mailoutbox == []
    old, new = Client(), Client()
    sign_in(was, client=old)
    sign_in(officer.email, client=new)
    assert (is_signed_in(old), is_signed_in(new)) == (False, True)


def test_two_people_cannot_have_one_address(officer, db):
    with pytest.raises(records.Refusal) as refused:
        records.add_person(email=officer.email.upper(), name="Other", role="committee_member", by=None, at=AT)
    assert refused.value.field == "email"
    assert User.objects.count() == 1


def test_a_short_or_common_password_is_refused(officer, mailoutbox):
    for number, password in enumerate(("short", "elevenchars", "password1234", officer.email)):
        Client().post(RESET, {"email": officer.email}, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        choose_password(link_in(mailoutbox[-1]), password)
        client = Client()
        sign_in(officer.email, password, client)
        assert not is_signed_in(client)


def test_who_becomes_an_administrator_with_a_shorter_password_chooses_another(officer, administrator, mailoutbox):
    for person in (officer, administrator):
        records.set_password(person=person, password="zq7wvtr blork", by=None, at=AT)
    came_in = []
    for person in (officer, administrator):
        client = Client()
        sign_in(person.email, "zq7wvtr blork", client)
        came_in.append(is_signed_in(client))
    assert came_in == [True, False]
    Client().post(RESET, {"email": administrator.email})
    assert choose_password(link_in(mailoutbox[0]), ANOTHER) == 302
    client = Client()
    sign_in(administrator.email, ANOTHER, client)
    assert is_signed_in(client)


def test_the_demonstrations_people_do_not_get_into_anything_else(db, settings):
    """Their passwords are in the repository. A database that was filled for the demonstration stays one."""
    settings.DEMO = True
    person = records.add_person(
        email="hannah.whitlock@marches.example", name="H", role="committee_member", by=None, at=AT
    )
    records.set_password(person=person, password=PASSWORD, by=None, at=AT)
    inside, outside = Client(), Client()
    sign_in(person.email, client=inside)
    assert (is_signed_in(inside), inside.get(reverse("account")).status_code) == (True, 200)
    settings.DEMO = False
    refused = sign_in(person.email, client=outside)
    assert (is_signed_in(outside), inside.get(reverse("account")).status_code) == (False, 302)
    assert refused.context["form"].non_field_errors() == [ONLY_IN_THE_DEMONSTRATION]


def everything_kept() -> str:
    """All text of every record, history, trail entry and form's mark."""
    return str(contents(leave_out=("recommendations_user",)))


def test_no_password_secret_link_or_mark_is_in_trail_history_or_log(officer, administrator, mailoutbox, caplog):
    logging.disable(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    word, client = f"word-{secrets.token_hex(8)}", Client()
    client.post(RESET, {"email": officer.email})
    link = link_in(mailoutbox[0])
    choose_password(link, word)
    sign_in(officer.email, f"wrong-{word}", client)
    sign_in(officer.email, word, client)
    secret = set_factor_up(client, word)
    client.post("/no/such/page/", {"password": word})
    officer.refresh_from_db()
    marks = (word, officer.password, secret, link.rstrip("/").rsplit("-", 1)[-1], client.session.session_key)
    kept, logged = everything_kept(), caplog.text
    assert TrailEntry.objects.filter(verb="set_password").count() == 1
    assert [mark for mark in marks if mark in kept] == []
    assert [mark for mark in marks if mark in logged] == []
    assert is_signed_in(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM recommendations_user WHERE id = %s", [officer.pk])
        assert cursor.fetchone()[0] in marks  # what was looked for is what is there


# What each of the sign-in's addresses answers: (nobody, somebody with a second factor), GET then POST.
ANSWERS = {
    "account_login": ((200, 200), (302, 302)),
    "account_logout": ((302, 302), (200, 302)),
    "account_inactive": ((200, 405), (200, 405)),
    "account_reset_password": ((200, 200), (200, 200)),
    "account_reset_password_done": ((200, 405), (200, 405)),
    "account_reset_password_from_key": ((200, 200), (200, 200)),
    "account_reset_password_from_key_done": ((200, 405), (200, 405)),
    "account_reauthenticate": ((302, 302), (200, 200)),
    "account_change_password": ((302, 302), (200, 200)),
    "mfa_authenticate": ((302, 302), (302, 302)),
    "mfa_index": ((302, 302), (200, 405)),
    "mfa_reauthenticate": ((302, 302), (200, 200)),
    "mfa_activate_totp": ((302, 302), (302, 302)),
    "mfa_deactivate_totp": ((302, 302), (302, 302)),
    "mfa_view_recovery_codes": ((302, 302), (404, 405)),  # until there are some
    "mfa_generate_recovery_codes": ((302, 302), (302, 302)),
    "mfa_download_recovery_codes": ((302, 302), (404, 404)),
    "mfa_list_webauthn": ((302, 302), (200, 405)),
    "mfa_add_webauthn": ((302, 302), (302, 302)),
    "mfa_edit_webauthn": ((302, 302), (302, 302)),
    "mfa_remove_webauthn": ((302, 302), (302, 302)),
    "mfa_reauthenticate_webauthn": ((302, 302), (302, 302)),  # to another way, until there is a passkey
    "mfa_login_webauthn": ((302, 302), (302, 302)),
}


ARGS = {
    "account_reset_password_from_key": ("1", "abc-def"),
    "mfa_edit_webauthn": ("1",),
    "mfa_remove_webauthn": ("1",),
}


def test_each_address_of_the_sign_in_answers_as_it_should(officer, settings):
    give_factor(officer)
    found = {}
    for name in SIGN_IN_RULES:
        address = reverse(name, args=ARGS.get(name, ()))
        pairs = []
        for person in (None, officer):
            statuses = []
            for method in ("get", "post"):
                client = Client()
                if person:
                    client.force_login(person)
                statuses.append(getattr(client, method)(address).status_code)
            pairs.append(tuple(statuses))
        found[name] = tuple(pairs)
    assert found == ANSWERS
