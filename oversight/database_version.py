"""Whether the database matches this version, and what to do if not. Checked before `migrate` and at start-up."""

import re
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = "recommendations"
SQUASHED = re.compile(r"\d{4}_squashed_(\d{4})")  # of the last of those that it replaces
LATER = (
    "This database is of a later version of Oversight: it has the migration {}, which this version does not know. "
    "Run that version, or restore the backup that was made before it."
)
BEFORE_THE_FIRST = (
    "This database is of before 0.2.0, the first release: no release can migrate it. "
    "Bring it to 0.2.0 with the commits that led there, then migrate it with this version."
)
EARLIER = (
    "This database is of an earlier version of Oversight: migrations that wait: {}. "
    "Make a backup, run `manage.py migrate`, and start again."
)


def cannot_be_migrated(connection: BaseDatabaseWrapper) -> str:
    """Why `migrate` can't bring this database to this version, and what to do instead, or "" if it can."""
    loader = MigrationLoader(connection)
    applied = {name for app, name in loader.applied_migrations if app == OURS}
    if later := later_migrations(loader, applied):
        return LATER.format(later[-1])
    on_disk = {name: migration for (app, name), migration in loader.disk_migrations.items() if app == OURS}
    replaced = [{name for _, name in migration.replaces} for migration in on_disk.values()]
    gone = [names for names in replaced if not names <= on_disk.keys()]
    return BEFORE_THE_FIRST if any(names & applied and not names <= applied for names in gone) else ""


def later_migrations(loader: MigrationLoader, applied: Iterable[str]) -> list[str]:
    """Those of our applied migrations that `loader` does not find on the disk, in order: a later version has them."""
    ours = {name: each for (app, name), each in loader.disk_migrations.items() if app == OURS}
    known = ours.keys() | {name for each in ours.values() for _, name in each.replaces}
    return sorted(name for name in {*applied} - known if not is_squashed_before(max(ours), name))


def is_squashed_before(newest: str, name: str) -> bool:
    """Whether this is a squashed migration that has since been replaced: those that it replaces are up to `newest`.

    It says nothing by itself: the database also has each of them by its own name.
    """
    squashed = SQUASHED.fullmatch(name)
    return bool(squashed and squashed[1] <= newest[:4])


def problem(connection: BaseDatabaseWrapper) -> str:
    """Why this version can't run on this database, or "" if it can.

    Raises OperationalError if the database can't be queried.
    """
    if cannot := cannot_be_migrated(connection):
        return cannot
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return EARLIER.format(waiting) if waiting else ""
