"""When each job ran last: a file that is whole or not there, and each command that notes it."""

import datetime
import logging
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from oversight.watch.error_mail import MailErrors
from recommendations.last_runs import LastRun, last_problem, last_run, note_problem, note_run
from tests.conftest import AT

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "last-runs"


def test_the_last_run_is_remembered_and_the_one_before_is_not(folder):
    assert last_run("backup") is None
    note_run("backup", at=AT, detail="2 files")
    note_run("backup", at=AT + datetime.timedelta(hours=1))
    assert last_run("backup") == LastRun("backup", AT + datetime.timedelta(hours=1), "")
    assert [each.name for each in folder.iterdir()] == ["backup.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', '{"at": 3}', '{"at": "yesterday"}', '{"at": "2026-11-07T10:00:00"}', "\x00\xff"]
)
def test_a_file_that_cannot_be_read_is_no_run(folder, text):
    folder.mkdir()
    (folder / "backup.json").write_bytes(text.encode("latin-1"))
    assert last_run("backup") is None


def test_a_name_is_no_path():
    for name in ("../settings", "a/b", "", "A"):
        with pytest.raises(ValueError, match="no name of a job"):
            last_run(name)


def test_a_job_goes_on_where_nothing_can_be_written(folder, caplog):
    folder.write_text("a file where the folder should be")
    note_run("backup", at=AT)
    assert [each.getMessage() for each in caplog.records] == ["The last run of backup could not be noted: File exists"]


@pytest.mark.parametrize(
    "name",
    [
        *("send_reminders", "build_due_reports", "responses_due"),
        *("verify_audit", "verify_reports", "verify_standing", "verify_search"),
    ],
)
def test_each_command_notes_that_it_ran(name, db):
    call_command(name)
    assert last_run(name).at.tzinfo == datetime.UTC


@pytest.mark.parametrize("name", ["send_reminders", "build_due_reports"])
def test_a_dry_run_is_none(name, db):
    call_command(name, dry_run=True)
    assert last_run(name) is None


def test_a_problem_stands_beside_the_last_good_run_until_the_next(caplog):
    assert last_problem("backup") is None
    note_run("backup", at=AT)
    note_problem("backup", at=AT + HOUR, detail="2 files are missing")
    assert last_problem("backup") == LastRun("backup", AT + HOUR, "2 files are missing")
    assert last_run("backup") == LastRun("backup", AT)
    words = "backup found something wrong: 2 files are missing. Run it by hand and read what it says."
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [("ERROR", words)]
    note_run("backup", at=AT - HOUR)  # by a clock that was set back
    assert last_problem("backup") is None


def break_trail():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recommendations_trailhead SET hash = 'ab12'")


def break_standing():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recommendations_standing")


def break_search():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recommendations_searchentry")


@pytest.mark.parametrize(
    ("name", "break_it"),
    [("verify_audit", break_trail), ("verify_standing", break_standing), ("verify_search", break_search)],
)
def test_a_verification_notes_what_it_finds_and_mails_it(name, break_it, tracked, caplog, mailoutbox):
    call_command(name)
    assert (last_problem(name), last_run(name).name) == (None, name)
    errors = MailErrors(["operator@marches.example"], every=600)
    logging.getLogger("recommendations.last_runs").addHandler(errors)
    before = last_run(name)
    break_it()
    with pytest.raises(CommandError):
        call_command(name)
    logging.getLogger("recommendations.last_runs").removeHandler(errors)
    for each in threading.enumerate():
        if each.name == "error mail":
            each.join()
    assert (last_problem(name).name, last_run(name)) == (name, before)
    assert [(each.to, f"{name} found something wrong" in each.body) for each in mailoutbox] == [
        (["operator@marches.example"], True)
    ]


def test_a_head_that_the_trail_does_not_have_is_noted(db):
    with pytest.raises(CommandError):
        call_command("verify_audit", head="ab12", count=7)
    assert (last_problem("verify_audit").name, last_run("verify_audit")) == ("verify_audit", None)


def test_the_list_of_another_day_is_not_that_of_today(db):
    call_command("responses_due", on="2026-11-07")
    assert last_run("responses_due") is None
