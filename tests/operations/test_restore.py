"""A backup proves itself beside the office's database, and is restored for real into one that holds nothing."""

import datetime
import gzip
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from django.core.management import CommandError

from oversight.management.commands.restore import usual_roles
from oversight.operations.backups import BackupFailed
from oversight.operations.backups.making import make_backup
from oversight.operations.backups.restoring import Target, restore
from oversight.operations.backups.sqlite import SQLite
from oversight.operations.backups.verifying import check_engine, check_same, check_version, verify_backup
from oversight.version import version, version_and_commit
from recommendations.last_runs import last_problem, last_run
from tests.operations.conftest import AT


@pytest.fixture
def backup(plan):
    """A backup's file, and what it says of itself."""
    made = make_backup(plan, at=AT)
    return plan.store.path / made.name, made.manifest


def change(database: SQLite, statement: str) -> None:
    with closing(sqlite3.connect(database.path)) as server:
        server.execute(statement)
        server.commit()


def count(database: SQLite, table: str) -> int:
    with closing(sqlite3.connect(database.path)) as server:
        return server.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


ASKED = ["migrate", "verify_audit", "verify_reports", "verify_standing"]

WITH_WORK = ["backup-work", "last-runs", "office.sqlite3"]


def test_a_backup_that_is_not_good_rings_until_a_good_one(office, plan, run, tmp_path):
    """Held to the files in it, not to those that the office has again; and what is found is the backup's alone."""
    (tmp_path / "files").rename(tmp_path / "not-mounted")
    name = make_backup(plan, at=AT).name
    (tmp_path / "not-mounted").rename(tmp_path / "files")
    with pytest.raises(CommandError, match=f"{name} is NOT good"):
        run(office, "verify_backup")
    assert (last_problem("verify_backup").detail, last_run("verify_backup")) == (f"{name} is not good", None)
    assert [last_problem(each) or last_run(each) for each in ASKED[1:]] == [None, None, None]
    good = plan.store.path / make_backup(plan, at=AT + datetime.timedelta(days=1)).name
    before = office.path.read_bytes()
    lines = run(office, "verify_backup").splitlines()
    assert [each for each in (line.partition(":")[0] for line in lines) if each in ASKED] == ASKED
    assert lines[-1].startswith(f"{good.name} is good: office main,")
    assert (last_problem("verify_backup"), last_run("verify_backup").detail) == (None, good.name)
    assert office.path.read_bytes() == before  # the office's database is not touched
    assert sorted(each.name for each in office.path.parent.iterdir()) == WITH_WORK
    good.write_bytes(good.read_bytes()[:-9000])
    with pytest.raises(CommandError, match="The backup is damaged"):
        run(office, "verify_backup", str(good))
    assert last_problem("verify_backup").detail == f"{good.name} is damaged"


def test_a_timer_verifies_nothing_where_the_key_is_elsewhere(office, run, settings):
    settings.BACKUP_RECIPIENT = "age1qqqq"
    assert run(office, "verify_backup", "--unless-encrypted").startswith("Not verified: backups are encrypted.")
    assert last_run("verify_backup") is None
    with pytest.raises(CommandError, match="There is no backup of main"):
        run(office, "verify_backup")


def target(path, tmp_path) -> Target:
    return Target(SQLite(path), tmp_path / "work", tmp_path / "restored")


def test_it_is_restored_step_by_step_and_everybody_is_signed_out(office, plan, run, tmp_path):
    expires = "'2099-01-01'"
    change(office, f"INSERT INTO django_session VALUES ('stolen', 'x', {expires})")
    change(office, f"INSERT INTO recommendations_submission (token, by_id, at, led_to) VALUES ('t', 1, {expires}, '')")
    made = make_backup(plan, at=AT)
    to = tmp_path / "new/office.sqlite3"
    to.parent.mkdir()
    (tmp_path / "files").rename(tmp_path / "files-of-the-machine-that-is-gone")
    said = run(SQLite(to), "restore", str(plan.store.path / made.name))
    assert [line[:2] for line in said.splitlines() if line[1:2] == "."] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert [word for word in ("SECRET_KEY", "restored-settings.env", "--begin-again") if word not in said] == []
    assert (count(SQLite(to), "django_session"), count(SQLite(to), "recommendations_submission")) == (0, 1)
    assert count(SQLite(to), "recommendations_trailentry") == made.manifest.database.entries
    assert ([each.name for each in to.parent.iterdir()], to.stat().st_mode & 0o777) == (["office.sqlite3"], 0o600)
    kept, gone = (sorted(each.name for each in tmp_path.glob(f"{name}/*/*")) for name in ("files", "files-of*"))
    assert (kept, len(kept)) == (gone, 2)
    assert (tmp_path / "data/restored/restored-settings.env").read_text() == "ORIGIN=https://a.example\n"


def test_nothing_is_written_over_a_database(office, backup, tmp_path):
    before = office.path.read_bytes()
    with pytest.raises(BackupFailed, match=rf"mv {office.path} {office.path}\.before-restore"):
        restore(backup[0], target(office.path, tmp_path), say=print)
    assert office.path.read_bytes() == before


def test_what_does_not_verify_is_not_put_in_the_place(office, plan, tmp_path):
    next((tmp_path / "files").glob("*/*")).write_bytes(b"%PDF-1.7 changed")
    change(office, "UPDATE recommendations_force SET name = name || ', changed'")
    change(office, "UPDATE recommendations_issuedfile SET content = zeroblob(9)")
    change(office, "DELETE FROM recommendations_standing WHERE id = (SELECT max(id) FROM recommendations_standing)")
    backup = plan.store.path / make_backup(plan, at=AT).name
    to = tmp_path / "new.sqlite3"
    with pytest.raises(BackupFailed) as refused:
        restore(backup, target(to, tmp_path), say=[].append)
    assert [asked for asked in ASKED[1:] if f"{asked}: " not in refused.value.message] == []
    assert "its bytes were changed." in refused.value.message
    assert [*tmp_path.glob("new.sqlite3*")] == []
    said = []
    restore(backup, replace(target(to, tmp_path), despite_problems=True), say=said.append)
    assert "NOT AS IT SHOULD BE" in said[2]
    assert [each.name for each in tmp_path.glob("new.sqlite3*")] == ["new.sqlite3"]


def test_another_version_or_engine_is_named_before_anything_is_loaded(backup, tmp_path):
    manifest = backup[1]
    later = replace(manifest, version="0.9.0", database=replace(manifest.database, migrations=["9999_of_tomorrow"]))
    with pytest.raises(BackupFailed, match=r"install 0\.9\.0 or a later version"):
        check_version(later)
    another_commit = replace(later, version=f"{version()} (commit 01234567)")
    with pytest.raises(BackupFailed) as refused:
        check_version(another_commit)
    assert refused.value.message == (
        f"Another commit of Oversight {version()} made this backup. Its version is {version()} (commit 01234567), and "
        f"this is {version_and_commit()}: install the commit that made it, or a later one, and try again with that."
    )
    check_version(replace(manifest, database=replace(manifest.database, migrations=["0001_initial"])))
    for number in ("9.0.0", "0.99.0.dev"):
        with pytest.raises(BackupFailed, match=rf"Oversight {number} made this backup, and this is {version()}"):
            check_version(replace(manifest, version=number))
    check_version(replace(manifest, version=f"{version()}.dev+1a2b3c"))
    for senseless in ("", "tomorrow", "9", 9, None, ["1.0.0"]):
        with pytest.raises(BackupFailed, match="is no version of Oversight"):
            check_version(replace(manifest, version=senseless))
    other = replace(manifest, database=replace(manifest.database, engine="postgresql"))
    with pytest.raises(BackupFailed, match="of PostgreSQL, and DATABASE_URL names SQLite"):
        check_engine(other, SQLite(tmp_path / "x"))
    with pytest.raises(BackupFailed, match="of no engine that is known"):
        check_engine(replace(manifest, database=replace(manifest.database, engine="x")), SQLite(tmp_path / "x"))


@pytest.mark.parametrize("changed", [{"entries": 1}, {"head": "ab"}, {"rows": {"recommendations_force": 99}}])
def test_a_database_that_holds_something_else_than_the_manifest_says_is_refused(backup, changed):
    facts = backup[1].database
    with pytest.raises(BackupFailed, match="The restored database"):
        check_same(facts, replace(facts, **changed))


def test_a_file_that_is_not_there_or_is_no_backup_is_said(office, tmp_path):
    (tmp_path / "notes.tar").write_text("notes")
    for name, said in (("missing.tar", "There is no file"), ("notes.tar", "The backup is damaged")):
        with pytest.raises(BackupFailed, match=said):
            verify_backup(tmp_path / name, folder=tmp_path, beside=office)


def pack_zeros(path):
    path.write_bytes(gzip.compress(bytes(10_000_000)))


def pack_half(path):
    path.write_bytes(gzip.compress(b"SQLite format 3")[:20])


def pack_nothing(path):
    path.write_text("no gzip")


@pytest.mark.parametrize(
    ("pack", "said"), [(pack_zeros, "more than 200 times"), (pack_half, "ended"), (pack_nothing, "gzipped")]
)
def test_a_database_that_unpacks_without_end_or_not_at_all_is_refused(tmp_path, pack, said):
    pack(tmp_path / "database.sqlite3.gz")
    loaded = SQLite(tmp_path / "loaded.sqlite3")
    with pytest.raises(BackupFailed, match=f"The database in the backup is damaged: .*{said}"):
        loaded.load(tmp_path / "database.sqlite3.gz")
    assert loaded.size() <= 10_000_000 / 2


def test_the_roles_that_the_owners_settings_name_get_their_rights_without_an_option(monkeypatch, settings):
    for name, role in (("APPLICATION_DATABASE_URL", "office_application"), ("READER_DATABASE_URL", "office_reader")):
        monkeypatch.setenv(name, f"postgres://{role}:x@localhost/x")
    settings.OWNER_DATABASE_URL = ""
    assert (usual_roles(""), usual_roles("another")) == (
        ("office_application", "office_reader"),
        ("office_application", "another"),
    )
