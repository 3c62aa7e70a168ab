"""A year of saves and backups, day by day, and what an operator does: python -m tests.operations.year FOLDER EVERY.

DATABASE_URL names the database of the office; EVERY is after how many days a backup is
made. Dates are made up, everything else is done as on each of those days. It prints what it shows, and ends with 1
where something is not as it should be.
"""

import datetime
import resource
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import django

FIRST = datetime.datetime(2026, 11, 28, 3, 15, tzinfo=datetime.UTC)
DAYS = 365


@dataclass
class Year:
    """The plan of the backups, and how many saves each of them has."""

    plan: object
    every: int
    saves: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    removed: int = 0
    verified: int = 0


def main(folder: Path, every: int) -> None:
    from oversight.operations.backups.engines import office_database
    from oversight.operations.backups.making import Plan
    from oversight.operations.backups.retention import Keep
    from oversight.operations.backups.stores import Folder
    from recommendations.domain.attachments import storage

    store, files = Folder(folder / "backups"), storage.folder()
    year = Year(Plan("main", office_database(), store, folder / "work", attached=files, keep=Keep(7, 5, 12)), every)
    live_through(year)
    kept = store.names()
    print(
        f"{DAYS} saves, {len(year.saves)} backups: {year.removed} removed, {len(kept)} kept; {year.verified} verified."
    )
    assert len(kept) == len(year.saves) - year.removed
    for name in (kept[0], kept[len(kept) // 2], kept[-1]):
        restore_one(year, name, folder)
    corrupt_one(year, kept[-2], folder)
    fill_the_disk(year)


def live_through(year: Year) -> None:
    """A save on each day; a backup on each day that has one; the newest verified once a month."""
    from oversight.operations.backups.making import make_backup

    save = saver()
    for day in range(DAYS):
        at = FIRST + datetime.timedelta(days=day)
        save(day, at)
        if day % year.every == 0:
            made = make_backup(year.plan, at=at)
            year.saves[made.name] = day + 1
            year.heads[made.name] = (made.manifest.database.entries, made.manifest.database.head)
            year.removed += len(made.removed)
        if at.day == 1:
            verify_newest(year)


def saver():
    """What saves something on a day: one more recommendation of an inspection."""
    from recommendations.models import Inspection
    from tests.conftest import make_inspection, make_tracked
    from tests.makers.joint_papers import make_force

    inspection = make_inspection(make_force("Drill", "DR"), title="A year") if not Inspection.objects.exists() else None
    inspection = inspection or make_inspection(Inspection.objects.first().covers.first().force, title="A year")
    return lambda day, at: make_tracked(inspection, number=str(day + 1), text=f"Saved on day {day + 1}.", at=at)


def verify_newest(year: Year) -> None:
    from oversight.operations.backups.making import working_folder
    from oversight.operations.backups.verifying import verify_backup

    newest = max(year.plan.store.names())
    with working_folder(year.plan.work) as folder:
        done = verify_backup(year.plan.store.path / newest, folder=folder, beside=year.plan.database)
    assert done.problems == [], done.problems
    year.verified += 1


def restore_one(year: Year, name: str, folder: Path) -> None:
    """Restore a backup beside the office, and look for exactly the saves of before it."""
    from oversight.operations.backups.restoring import Target, restore

    with empty(year.plan.database, folder) as database:
        restore(year.plan.store.path / name, Target(database, year.plan.work, folder / "files"), say=[].append)
        found = saves_in(database)
    assert found == year.saves[name], (name, found)
    print(f"Restored {name}: {found} of {DAYS} saves, up to its own day, and its head stands.")


@contextmanager
def empty(database, folder: Path):
    """A database to restore into."""
    if database.engine == "sqlite":
        (folder / "restored").mkdir(exist_ok=True)
        target = replace(database, path=folder / "restored/office.sqlite3")
        yield target
        target.remove()
    else:
        with database.beside(folder) as target:
            yield target


def saves_in(database) -> int:
    import sqlite3

    import psycopg

    ask = "SELECT count(*) FROM recommendations_recommendation WHERE text LIKE 'Saved on day %'"
    if database.engine == "sqlite":
        return sqlite3.connect(database.path).execute(ask).fetchone()[0]
    with psycopg.connect(database.url) as server:
        return server.execute(ask).fetchone()[0]


def corrupt_one(year: Year, name: str, folder: Path) -> None:
    """One byte of an older backup goes bad."""
    from oversight.operations.backups import BackupFailed
    from oversight.operations.backups.making import working_folder
    from oversight.operations.backups.verifying import verify_backup

    path = year.plan.store.path / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    try:
        with working_folder(year.plan.work) as work:
            verify_backup(path, folder=work, beside=year.plan.database)
    except BackupFailed as refused:
        print(f"One bit of {name} changed: {refused.message}")
    else:
        raise AssertionError(name)


def fill_the_disk(year: Year) -> None:
    """There is no room for the next backup: files may grow to a hundred kilobytes."""
    from oversight.operations.backups import BackupFailed
    from oversight.operations.backups.making import make_backup

    before, limit = year.plan.store.names(), resource.getrlimit(resource.RLIMIT_FSIZE)
    at = FIRST + datetime.timedelta(days=DAYS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limit[1]))
    try:
        make_backup(year.plan, at=at)
    except BackupFailed as refused:
        said = refused.message
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert year.plan.store.names() == before
    made = make_backup(year.plan, at=at)
    print(f"No room: {said}\nWith room again: {made.name}.")


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]))
