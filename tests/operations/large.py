"""How long a backup and a restore of a large office take: python -m tests.operations.large [TRACKED] [MEGABYTES].

Each tracked recommendation has ten dated rows; the files are random bytes, which no compression makes smaller. On
SQLite in a temporary folder, or where DATABASE_URL names an empty PostgreSQL. The rows are written past the verbs, so
trail and histories are not asked here: docs/benchmarks.md says what verify_audit takes. Seconds are a processor's, of
this process and its children, and by the clock.
"""

import datetime
import os
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

DAY = datetime.date(2026, 11, 28)
AT = datetime.datetime(2026, 11, 28, 3, 15, tzinfo=datetime.UTC)
MEGABYTE = 1_000_000


def main(tracked: int, megabytes: int) -> None:
    with tempfile.TemporaryDirectory(prefix="oversight-large-") as name:
        folder = Path(name)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'large.sqlite3'}")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "oversight.settings", "VAR_DIR": name, "LOG_LEVEL": "ERROR"}
        os.environ.setdefault("SECRET_KEY", "a key of sixty characters for an office that is measured only")
        import django

        django.setup()
        fill(tracked, megabytes)
        measure(folder)


def fill(tracked: int, megabytes: int) -> None:
    from django.core.management import call_command

    from recommendations.models import IssuedFile
    from tests.bench.data import Size, load, write

    call_command("migrate", verbosity=0)
    load(Size(tracked=tracked, dated=10 * tracked), DAY)
    for _ in range(megabytes):
        write([IssuedFile(name="a.pdf", content=os.urandom(MEGABYTE), sha256="0" * 64, issued_at=AT)])
    print(f"{tracked:,} tracked recommendations, {10 * tracked:,} dated rows, {megabytes} MB of files")


def measure(folder: Path) -> None:
    from oversight.operations.backups.engines import office_database
    from oversight.operations.backups.making import Plan, make_backup
    from oversight.operations.backups.stores import Folder
    from oversight.operations.backups.verifying import check_same, take_apart

    database = office_database()
    plan = Plan("main", database, Folder(folder / "backups"), folder / "work")
    print(f"{database.engine}: {database.size() / MEGABYTE:,.0f} MB")
    with timed("backup"):
        made = make_backup(plan, at=AT)
    print(f"{made.name}: {made.bytes / MEGABYTE:,.0f} MB")
    (folder / "parts").mkdir()
    with timed("every byte read"):
        manifest = take_apart(plan.store.path / made.name, folder / "parts", None)
    with database.beside(folder) as scratch, timed("loaded, and rows counted"):
        check_same(manifest.database, scratch.load(folder / "parts" / manifest.database_part))


@contextmanager
def timed(what: str):
    """Print what something takes."""
    before, begun = spent(), time.perf_counter()
    yield
    print(
        f"{what}: {spent() - before:.1f} s of a processor, {time.perf_counter() - begun:.0f} s by the clock", flush=True
    )


def spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main(int((sys.argv[1:2] or ["20000"])[0]), int((sys.argv[2:3] or ["500"])[0]))
