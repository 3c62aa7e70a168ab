"""`oversight setup`: what it asks, what it refuses, and an office that is ready at the end."""

import os
import re
import shutil
import stat
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from oversight.management.commands.migrate import limit_roles
from oversight.operations.offices import Installation, Trouble, read_settings
from oversight.operations.setting_up import postgresql, steps
from oversight.operations.setting_up.answers import (
    QUESTIONS,
    check_address,
    check_kind,
    check_mail,
    check_name,
    check_origin,
    take,
)
from tests.database import APPLICATION, OWNER, READER, address, as_role, sqlite_template

GIVEN = {
    "name": "Marches OPCC",
    "body": "Police and Crime Commissioner for the Marches",
    "kind": "commissioner",
    "origin": "https://oversight.example.org",
    "database": "sqlite",
    "mail": "",
    "administrator": "Ada Rowe",
    "administrator-email": "ada@example.org",
    "second-administrator": "Ben Okoro",
    "second-administrator-email": "ben@example.org",
}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Oversight.example.org/", "https://oversight.example.org"),
        ("oversight.example.org", "https://oversight.example.org"),
        ("https://oversight.example.org:8443", "https://oversight.example.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_is_taken_as_people_write_it(typed, kept):
    assert check_origin(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "why"),
    [
        (check_origin, "", "is no address of a site"),
        (check_origin, "http://oversight.example.org", "Begin the address with https://"),
        (check_origin, "https://example.org/oversight", "without more"),
        (check_origin, "https://exa mple.org", "is no address of a site"),
        (check_origin, "https://example.org:port", "is no address"),
        (check_name, "", "Enter a name"),
        (check_name, "x" * 121, "120 characters at most"),
        (check_mail, "imap://mail.example.org", "Enter the mail server’s name"),
        (check_mail, "smtp://", "Enter the mail server’s name"),
        (check_address, "ada", "“ada” is no email address"),
        (check_address, "ada@office.Example", "No mail reaches an address that ends in “.example”"),
        (check_address, "ada@localhost.localdomain.test", "No mail reaches an address that ends in “.test”"),
        (check_kind, "king", "Enter commissioner, fire_commissioner, mayor, authority or board."),
    ],
)
def test_an_answer_that_is_no_good_says_what_is(check, typed, why):
    with pytest.raises(Trouble, match=re.escape(why)):
        check(typed)


def test_a_database_that_does_not_answer_is_refused():
    with pytest.raises(Trouble, match=r"^--database: That database can't be used: "):
        take(GIVEN | {"database": "postgres://x:y@127.0.0.1:1/none"}, None)


def test_what_is_missing_is_named_at_once():
    with pytest.raises(Trouble, match=r"^Give --body, --origin, --administrator, --administrator-email as well"):
        take({"name": "Marches OPCC"}, None)


def test_it_asks_again_until_the_answer_is_good(capsys):
    typed = iter(
        [
            "",
            "Marches OPCC",
            "Marches OPCC",
            "Mayor of the Marches",
            "mayor",
            "ftp://x",
            "oversight.example.org",
            "oracle",
            "",
            "mail.example.org",
            "",
            "Ada",
            "ada",
            "A@b.org",
            "Ben",
            "a@B.org",
            "ben@b.invalid",
            "ben@b.org",
        ]
    )
    defaults = []

    def ask(question, default):
        defaults.append((question.name, default))
        return next(typed)

    assert take({}, ask) == {
        "name": "Marches OPCC",
        "body": "Mayor of the Marches",
        "kind": "mayor",
        "origin": "https://oversight.example.org",
        "database": "sqlite",
        "mail": "smtp://mail.example.org",
        "from-email": "oversight@oversight.example.org",
        "administrator": "Ada",
        "administrator-email": "a@b.org",
        "second-administrator": "Ben",
        "second-administrator-email": "ben@b.org",
    }
    assert dict(defaults)["from-email"] == "oversight@oversight.example.org"
    assert [each.partition(".")[0] for each in capsys.readouterr().out.splitlines()] == [
        "Enter a name",
        "“Marches OPCC” is taken already",
        "Begin the address with https://",
        "Enter sqlite, postgresql, or an address that begins with postgres://",
        "“ada” is no email address",
        "“a@b",
        "No mail reaches an address that ends in “",
    ]


def test_without_a_mail_server_no_sender_is_asked_for():
    assert sorted(take(GIVEN, None)) == sorted(each.name for each in QUESTIONS if each.name != "from-email")


def test_a_second_administrator_can_come_later():
    alone = {name: value for name, value in GIVEN.items() if not name.startswith("second")}
    assert (
        take(alone, None)["second-administrator"]
        == take(alone | {"second-administrator": ""}, None)["second-administrator"]
        == ""
    )
    assert "second-administrator-email" not in take(alone, None)
    with pytest.raises(Trouble, match=r"^Give --second-administrator-email as well"):
        take(alone | {"second-administrator": "Ben Okoro"}, None)


def test_the_owner_alone_may_make_the_database_that_a_backup_is_tried_in(tmp_path, monkeypatch):
    asked = tmp_path / "asked"
    (tmp_path / "runuser").write_text(f"#!/bin/sh\n/bin/cat >>{asked}\necho >>{asked}\n")
    (tmp_path / "runuser").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    owner, application, reader = accounts = postgresql.new_accounts("west")
    postgresql.make("west", accounts)
    made = re.findall(r"CREATE ROLE (\w+) (.*)PASSWORD", asked.read_text())
    assert made == [(owner.role, "CREATEDB LOGIN "), (application.role, "LOGIN "), (reader.role, "LOGIN ")]


def test_the_roles_of_an_office_have_its_name_and_passwords_of_their_own():
    accounts = postgresql.new_accounts("west-march")
    assert [each.role for each in accounts] == [
        f"oversight_west_march_{each}" for each in ("owner", "application", "reader")
    ]
    assert len({each.password for each in accounts}) == 3
    assert [postgresql.account_of(each.url("x", "5432")) for each in accounts] == accounts
    assert accounts[0].password not in repr(accounts[0])


def run_setup(tmp_path, *options, typed=""):
    """The set-up as a terminal runs it, in an installation of its own."""
    places = {
        "OVERSIGHT_ETC": str(tmp_path / "etc"),
        "OVERSIGHT_DATA": str(tmp_path / "data"),
        "OVERSIGHT_USER": "root",
    }
    command = [sys.executable, "-m", "oversight.operations.command_line", "setup", *options]
    environment = {"PATH": os.environ["PATH"]} | places
    return subprocess.run(command, input=typed, env=environment, capture_output=True, text=True)


def holds(tmp_path) -> Installation:
    return Installation(tmp_path / "etc", tmp_path / "data", "root")


def assert_ready(tmp_path, done) -> None:
    """The office is there, its administrators have links, and nobody else may read the settings."""
    assert (done.returncode, "ERRORS" in done.stderr) == (0, False)
    assert "Invite a second administrator" not in done.stdout
    assert ("“What you use”" in done.stdout, "oversight confirm_access ADDRESS" in done.stdout) == (True, True)
    secret, _ = re.findall(r"^ +https://oversight\.example\.org/invitation/([\w-]{43})/$", done.stdout, re.MULTILINE)
    office = holds(tmp_path).find("main")
    settings = read_settings(office.settings_file)
    assert {name: value for name, value in settings.items() if name != "SECRET_KEY"} == {
        "ORIGIN": "https://oversight.example.org",
        "DATABASE_URL": f"sqlite:///{office.data}/oversight.sqlite3",
        "VAR_DIR": str(office.data),
        "BEHIND_PROXY": "1",
        "FROM_EMAIL": "oversight@oversight.example.org",
    }
    assert len(settings["SECRET_KEY"]) >= 64
    files = [office.settings_file, office.owner_file, office.data / "oversight.sqlite3"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o640, 0o600, 0o600]
    assert (secret in office.settings_file.read_text(), office.unfinished_file.exists()) == (False, False)


@pytest.mark.sqlite_alone
def test_an_interrupted_set_up_goes_on_with_its_answers_and_its_key(tmp_path, monkeypatch, capsys):
    """It ended after the tables were made: the suite's own, which saves making them."""
    this = steps.SetUp(holds(tmp_path), holds(tmp_path).office("main"), GIVEN, print)
    for step in (steps.make_folders, steps.write_answers, steps.make_settings):
        step(this)
    key = read_settings(this.office.settings_file)["SECRET_KEY"]
    shutil.copy(sqlite_template(), this.office.data / "oversight.sqlite3")
    done = run_setup(tmp_path, "--no-input")
    assert_ready(tmp_path, done)
    assert "The set-up of main was interrupted: going on with its answers." in done.stdout
    assert read_settings(this.office.settings_file)["SECRET_KEY"] == key
    monkeypatch.setenv("OVERSIGHT_ETC", str(tmp_path / "etc"))
    with pytest.raises(CommandError, match="There is an office main already"):
        call_command("setup", "--no-input")
    assert capsys.readouterr().out == ""
    assert read_settings(this.office.settings_file)["SECRET_KEY"] == key


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_an_office_from_nothing(tmp_path):
    typed = (
        "Marches OPCC\nPolice and Crime Commissioner for the Marches\n\nhttp://no\noversight.example.org\n\n\n"
        "Ada Rowe\nada@example.org\nBen Okoro\nben@example.org\n"
    )
    done = run_setup(tmp_path, typed=typed)
    assert_ready(tmp_path, done)
    assert "Begin the address with https://" in done.stdout


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "data/main").mkdir(parents=True)
    (tmp_path / "data/main/oversight.sqlite3").write_text("an earlier one")
    with pytest.raises(Trouble, match="holds something, perhaps of an earlier one"):
        steps.interrupted_answers(holds(tmp_path).office("main"))


def test_an_answer_that_a_file_misspells_is_named(tmp_path):
    (tmp_path / "answers.env").write_text("NAME=x\nORIGN=https://x.example.org\n")
    done = run_setup(tmp_path, "--no-input", "--answers", str(tmp_path / "answers.env"))
    assert (done.returncode, "there is no ORIGN. There are: NAME, BODY, KIND, ORIGIN, DATABASE" in done.stderr) == (
        1,
        True,
    )


def test_plain_http_on_this_machine_is_not_held_to_what_https_is():
    found = []
    for origin, mail in (
        ("https://oversight.example.org", "smtp://mail"),
        ("https://o.example", ""),
        ("http://::1", ""),
    ):
        given = GIVEN | {"origin": origin, "mail": mail}
        found.append(steps.strictness(steps.SetUp(Installation(), Installation().office("main"), given, print)))
    assert found == [["--deploy", "--fail-level", "WARNING"], ["--deploy", "--offline"], ["--offline"]]


@pytest.mark.postgresql_alone
@pytest.mark.django_db
def test_a_database_that_holds_an_installation_is_refused():
    with pytest.raises(Trouble, match="holds an installation of Oversight already"):
        postgresql.refuse_filled(address(connection, connection.settings_dict["NAME"], role=OWNER))


@pytest.mark.postgresql_alone
@pytest.mark.django_db
def test_migrate_gives_the_roles_that_the_owners_settings_name_their_rights(monkeypatch):
    """A new table has none for them: here one that was taken away."""
    roles = {"application": APPLICATION, "reader": READER}
    monkeypatch.setenv("APPLICATION_DATABASE_URL", f"postgres://{APPLICATION}:x@localhost/x")
    monkeypatch.setenv("READER_DATABASE_URL", f"postgres://{READER}:x@localhost/x")
    with as_role(OWNER), connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON recommendations_user FROM {APPLICATION}")
        with pytest.raises(CommandError, match="recommendations_user"):
            call_command("grant_database_roles", **roles, check=True)
        limit_roles()
        call_command("grant_database_roles", **roles, check=True)
