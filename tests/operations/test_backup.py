"""Making a backup of an office: what is in it, and that a failed one leaves everything as it was."""

import datetime
import fcntl
import gzip
import os
import re
import resource
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db.migrations.loader import MigrationLoader

from oversight.management.commands.backup import Command
from oversight.operations.backups import BackupFailed
from oversight.operations.backups.kept_settings import lines_of
from oversight.operations.backups.making import Made, make_backup
from oversight.operations.backups.retention import Keep
from oversight.operations.backups.sqlite import SQLite
from oversight.operations.backups.verifying import take_apart
from oversight.version import version_and_commit
from recommendations.last_runs import last_problem, last_run
from tests.operations.conftest import AT

NAME = "oversight-main-20261128T031500Z-{}.tar".format(
    max(name for app, name in MigrationLoader(None).disk_migrations if app == "recommendations")[:4]
)
DAY = datetime.timedelta(days=1)


def entries_of(path: Path) -> int:
    """How many entries the trail of a database has."""
    with closing(sqlite3.connect(path)) as database:
        (number,) = database.execute("SELECT COUNT(*) FROM recommendations_trailentry").fetchone()
    assert number
    return number


def test_it_holds_the_database_the_settings_and_the_files_of_its_moment(plan, tmp_path):
    own = tmp_path / "passwords.bin"
    own.write_bytes(b"breached")
    made = make_backup(replace(plan, files={"breached-passwords": own}), at=AT)
    (tmp_path / "parts").mkdir()
    manifest = take_apart(plan.store.path / NAME, tmp_path / "parts", None)
    assert (made.name, made.manifest, made.removed) == (NAME, manifest, [])
    first = ["database.sqlite3.gz", "settings.env", "file.breached-passwords"]
    attached = [f"attached.{each.name}" for each in sorted((tmp_path / "files").glob("*/*"))]
    assert (list(manifest.parts), len(attached)) == ([*first, *attached], 2)
    assert (manifest.office, manifest.at, manifest.database.entries) == ("main", AT, entries_of(plan.database.path))
    assert manifest.version == version_and_commit()
    assert (tmp_path / "parts/file.breached-passwords").read_bytes() == b"breached"
    copy = SQLite(tmp_path / "copy.sqlite3")
    assert copy.load(tmp_path / "parts/database.sqlite3.gz") == manifest.database


def test_only_its_owner_reads_it_and_nothing_else_is_left(plan):
    make_backup(plan, at=AT)
    file = plan.store.path / NAME
    assert [*plan.store.path.iterdir()] == [file]
    assert (file.stat().st_mode & 0o777, plan.store.path.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [each.name for each in plan.work.iterdir()] == ["lock"]


def test_older_ones_go_after_a_good_one_and_are_named(plan):
    of_two = replace(plan, keep=Keep(days=2))
    made = [make_backup(of_two, at=AT + day * DAY) for day in range(3)]
    assert [each.removed for each in made] == [[], [], [made[0].name]]
    assert plan.store.names() == [made[1].name, made[2].name]


@pytest.fixture
def file_limit():
    """A limit to the size of files, as a disk that becomes full: what goes beyond it fails half-way."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("what", ["database", "archive"])
def test_where_the_disk_becomes_full_nothing_half_made_is_left(plan, file_limit, tmp_path, what):
    """The copy of the database does not fit, or the archive with a file as large."""
    make_backup(plan, at=AT)
    before = (plan.store.path / NAME).read_bytes()
    large = tmp_path / "large"
    large.write_bytes(os.urandom(2 * plan.database.size()))
    file_limit(plan.database.size() // 2 if what == "database" else int(plan.database.size() * 1.5))
    with pytest.raises(BackupFailed, match=r"No backup was made, and the earlier ones are as they were"):
        make_backup(replace(plan, files={"large": large}, keep=Keep(days=1)), at=AT + DAY)
    assert [each.name for each in plan.store.path.iterdir()] == [NAME]
    assert (plan.store.path / NAME).read_bytes() == before
    assert [each.name for each in plan.work.iterdir()] == ["lock"]


def test_where_there_is_no_room_it_says_how_much_is_needed(plan):
    class Huge(SQLite):
        def size(self):
            return 10**18

    with pytest.raises(BackupFailed, match=r"2,000,000,000,000\.0 MB are needed in .*, and .* MB are free"):
        make_backup(replace(plan, database=Huge(plan.database.path)), at=AT)


def test_what_a_killed_backup_left_is_removed_by_the_next(plan):
    (plan.work / "tmpkilled").mkdir(parents=True)
    (plan.work / "tmpkilled/database.sqlite3").write_text("people's records")
    plan.store.check()
    (plan.store.path / f".{NAME}.unfinished").write_text("half")
    make_backup(plan, at=AT)
    assert [each.name for each in [*plan.work.iterdir(), *plan.store.path.iterdir()]] == ["lock", NAME]


def test_two_at_once_are_one(plan):
    plan.work.mkdir()
    with (plan.work / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BackupFailed, match="Another backup"):
            make_backup(plan, at=AT)


@pytest.mark.parametrize(
    ("make", "said"),
    [(lambda path: None, "There is no database"), (lambda path: gzip.open(path, "wb").close(), "No backup was made")],
    ids=["not there", "no database"],
)
def test_what_is_no_database_is_said(plan, tmp_path, make, said):
    make(tmp_path / "other.sqlite3")
    with pytest.raises(BackupFailed, match=said):
        make_backup(replace(plan, database=SQLite(tmp_path / "other.sqlite3")), at=AT)


SECRETS = {
    "SECRET_KEY": "canary-key",
    "SECRET_KEY_FALLBACKS": "canary-old,canary-older",
    "DATABASE_URL": "postgres://oversight:canary,p/w@db.example/oversight?sslpassword=canary",
    "OWNER_DATABASE_URL": "postgres://owner:canary@db.example/oversight",
    "EMAIL_URL": "submission://oversight:canary@mail.example",
    "ENTRA_CLIENT_SECRET": "canary",
    "HEADS_TO": "mailto:auditor@example.org,https://hooks.example/canary,https://canary@hooks.example",
    "METRICS_TOKEN": "canary",
    "SENTRY_DSN": "https://canary@errors.example/1",
}
PLAIN = {
    "ORIGIN": "https://oversight.example.org",
    "ENTRA_URL": "https://login.example/1234/v2.0",
    "BACKUP_TO": "s3://bucket/main",
    "BACKUP_RECIPIENT": "age1qqqq",
    "PASSWORDS": "0",
    "NETWORKS": "Office=192.0.2.0/24",
}


def test_where_an_attached_file_is_missing_it_is_made_and_is_not_a_good_one(office, tmp_path, run, settings):
    """A folder that is not mounted: what is there is in it, nothing older goes, and the next good one ends it."""
    settings.BACKUP_KEEP, settings.WATCH = "1d", settings.WATCH | {"WATCH_FREE_MB": (0, 0)}
    run(office, "backup")
    old = tmp_path / "backups/oversight-main-20260101T031500Z-0001.tar"
    old.write_bytes(b"of last year")
    (tmp_path / "files").rename(tmp_path / "not-mounted")
    with pytest.raises(CommandError) as failed:
        run(office, "backup")
    lines = str(failed.value).splitlines()
    [name] = [each.name for each in (tmp_path / "backups").glob("*-incomplete.tar")]
    assert lines[0].startswith(f"2 attached files are missing or changed, so {name} is not a good backup. No older one")
    shas = sorted(each.name for each in (tmp_path / "not-mounted").glob("*/*"))
    named = sorted(
        re.fullmatch(rf"{tmp_path}/files/../(\w+) is missing \(attached file [\d, ]+\)\.", each)[1]
        for each in lines[1:]
    )
    assert (named, len(shas), old.exists()) == (shas, 2, True)
    assert last_problem("backup").detail == "2 attached files are missing or changed"
    assert last_run("backup").detail != name
    (tmp_path / "not-mounted").rename(tmp_path / "files")
    run(office, "backup", "--to", str(tmp_path / "elsewhere"))
    assert last_problem("backup") is None


def test_a_file_that_was_changed_is_named_and_of_many_the_first_twenty(plan, tmp_path):
    changed = next((tmp_path / "files").glob("*/*"))
    changed.write_bytes(b"%PDF-1.7 changed")
    [line] = make_backup(plan, at=AT).wrong_files
    assert re.fullmatch(rf"{changed} was changed \(attached file [\d, ]+\)\.", line)
    many = Made("x.tar", 1, None, [], wrong_files=[f"{number} is missing." for number in range(1021)])
    with pytest.raises(CommandError) as failed:
        Command().fail_for_files(many, AT)
    lines = str(failed.value).splitlines()
    assert (len(lines), lines[-1]) == (22, "And 1,001 more.")


def test_settings_are_kept_without_what_opens_anything():
    lines = lines_of({**SECRETS, **PLAIN, "CLAMD": ""}, SECRETS | PLAIN | {"HOME": "/root"})
    assert "canary" not in lines
    said = dict(line.split("=", 1) for line in lines.splitlines())
    assert {*said} == {*SECRETS, *PLAIN}
    assert {name: value for name, value in said.items() if name in PLAIN} == PLAIN
    assert said["DATABASE_URL"] == "postgres://***@db.example/oversight?***"
    assert said["HEADS_TO"] == "mailto:auditor@example.org,https://hooks.example/***,https://***@hooks.example/***"


def test_the_command_backs_up_and_says_the_head(office, tmp_path, run):
    assert f"{entries_of(office.path)} entries. Head of the trail:" in run(office, "backup")
    assert [each.stat().st_mode & 0o777 for each in (tmp_path / "backups").iterdir()] == [0o600]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("BACKUP_TO", "backups"), ("BACKUP_KEEP", "7 days"), ("BACKUP_KEEP", "7d 5d"), ("BACKUP_RECIPIENT", "me")),
        *(
            ("BACKUP_ENDPOINT", "http://store.example"),
            ("OFFICE", "The Marches"),
            ("OWNER_DATABASE_URL", "sqlite:///x"),
            ("HEADS_TO", "somebody@example.org"),
        ),
    ],
)
def test_a_setting_that_is_wrong_is_named_at_the_start(name, value):
    from oversight.backup_settings import wrong_about_backups, wrong_about_heads

    good = {
        "OFFICE": "main",
        "OWNER_DATABASE_URL": "",
        "BACKUP_TO": "/backups",
        "BACKUP_KEEP": "7d",
        "BACKUP_RECIPIENT": "",
        "BACKUP_ENDPOINT": "",
    }
    assert (wrong_about_backups(*good.values()), wrong_about_heads(["mailto:a@b.example", "/heads"])) == ("", "")
    given = (good | {name: value}) if name in good else good
    assert name in wrong_about_backups(*given.values()) + wrong_about_heads([value] if name == "HEADS_TO" else [])
