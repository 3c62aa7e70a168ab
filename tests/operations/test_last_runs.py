"""When each job ran last: a file that is whole or not there, and each command that notes it."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from recommendations.last_runs import LastRun, last, ran
from tests.conftest import AT


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "last-runs"


def test_the_last_run_is_remembered_and_the_one_before_is_not(folder):
    assert last("backup") is None
    ran("backup", at=AT, detail="2 files")
    ran("backup", at=AT + datetime.timedelta(hours=1))
    assert last("backup") == LastRun("backup", AT + datetime.timedelta(hours=1), "")
    assert [each.name for each in folder.iterdir()] == ["backup.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', '{"at": 3}', '{"at": "yesterday"}', '{"at": "2026-11-07T10:00:00"}', "\x00\xff"]
)
def test_a_file_that_cannot_be_read_is_no_run(folder, text):
    folder.mkdir()
    (folder / "backup.json").write_bytes(text.encode("latin-1"))
    assert last("backup") is None


def test_a_name_is_no_path():
    for name in ("../settings", "a/b", "", "A"):
        with pytest.raises(ValueError, match="no name of a job"):
            last(name)


def test_a_job_goes_on_where_nothing_can_be_written(folder, caplog):
    folder.write_text("a file where the folder should be")
    ran("backup", at=AT)
    assert [each.getMessage() for each in caplog.records] == ["The last run of backup could not be noted: File exists"]


@pytest.mark.parametrize("name", ["send_reminders", "build_due_reports", "verify_audit", "verify_reports"])
def test_each_command_notes_that_it_ran(name, db):
    call_command(name)
    assert last(name).at.tzinfo == datetime.UTC


@pytest.mark.parametrize("name", ["send_reminders", "build_due_reports"])
def test_a_dry_run_is_none(name, db):
    call_command(name, dry_run=True)
    assert last(name) is None


def test_a_verification_that_finds_something_wrong_is_not_noted(db):
    with pytest.raises(CommandError):
        call_command("verify_audit", head="ab12", count=7)
    assert last("verify_audit") is None
