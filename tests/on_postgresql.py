"""Which tests PostgreSQL is asked too: what it could answer otherwise than SQLite.

They are the files and folders below, by what is asked there, and single tests elsewhere that are marked
`on_postgresql`, such as those of a constraint. Every other test that asks a database is marked `sqlite_alone` here, as
some in these files are by themselves; `make soak` runs those on PostgreSQL too.
"""

from functools import cache
from itertools import compress
from operator import not_
from pathlib import Path

import pytest
from django.db import connection

from tests.per_module import asks_a_database

HERE = Path(__file__).parent
ASKED = {
    "each address, as two personas": ["security/test_matrix.py"],
    "each verb, as the application’s role": ["test_trail_verbs.py", "test_trail_many.py"],
    "roles, migrations and releases": [
        "domain/audit/test_database_roles.py",
        "releases",
        "security/test_database_roles.py",
    ],
    "locks and transactions": [
        "faults/test_access.py",
        "faults/test_builds.py",
        "faults/test_changes_ahead.py",
        "faults/test_crashes.py",
        "faults/test_double_submit.py",
        "faults/test_load.py",
        "faults/test_lost_update.py",
        "faults/test_responses.py",
        "faults/test_rounds.py",
        "faults/test_sheet_import.py",
        "faults/test_sign_in_locks.py",
    ],
    "constraints": [
        "domain/inspections/test_plan_constraints.py",
        "domain/indicators",
        "domain/accountability",
        "domain/legacy_reviews",
        "domain/register/test_restriction_constraints.py",
        "domain/responses/test_constraints.py",
        "domain/succession/test_plan_constraints.py",
    ],
    "what runs beside the server": [
        "operations/test_check.py",
        "operations/test_disk_space.py",
        "operations/test_end_sessions.py",
        "operations/test_postgresql.py",
        "operations/test_replica.py",
        "operations/test_setup_command.py",
        "operations/test_status.py",
        "operations/test_tidy.py",
    ],
    "the words of a search, and what is alike": ["commands/test_search.py", "domain/search", "domain/similar"],
    "the trail and its histories, read and rewritten as rows": [
        "domain/audit/test_mail_rows.py",
        "domain/audit/test_tampers.py",
        "domain/audit/test_verification.py",
        "domain/retention",
    ],
    "filters, order and collation, colours and days": [
        "domain/inspections/test_expected_dates.py",
        "domain/ownership/test_mine.py",
        "domain/register/test_filters.py",
        "domain/register/test_queries.py",
        "domain/register/test_rag.py",
        "domain/risk/test_register.py",
        "domain/saved_views",
    ],
    "how something stands, and stood on a day": [
        "domain/papers/test_compile.py",
        "domain/register/test_as_at.py",
        "domain/register/test_enforcements.py",
        "domain/register/test_later.py",
        "domain/register/test_standing.py",
    ],
    "sums and counts": [
        "domain/home/test_rechecks.py",
        "domain/papers/test_movement.py",
        "domain/rounds/test_progress.py",
    ],
    "many rows at once, read and written": [
        "domain/imports",
        "domain/register/test_export.py",
        "domain/register/test_export_updates.py",
    ],
}
PATHS = frozenset(HERE / name for names in ASKED.values() for name in names)
JOURNEYS = frozenset({HERE / "journeys"})
SAID = ("on_postgresql", "postgresql_alone", "sqlite_alone", "sqlite_only", "soak")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not read a file of which PostgreSQL is asked nothing: to read them all takes each process ten seconds."""
    is_left = config.option.markexpr == config.getini("addopts")[-1] and connection.vendor == "postgresql"
    if not is_left or collection_path.suffix != ".py" or _is_under(collection_path, PATHS):
        return None
    return "postgresql" not in collection_path.read_text() or None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what is left to SQLite before `-m` asks for marks, and take of the rest what this database is asked."""
    for item in items:
        if asks_a_database(item) and not _is_under(item.path, PATHS) and not _says_itself(item):
            item.add_marker(pytest.mark.sqlite_alone)
    yield
    if connection.vendor == "postgresql":
        others = ["sqlite_only"] if "sqlite_alone" in config.option.markexpr else ["sqlite_only", "sqlite_alone"]
        asked = [asks_a_database(item) and not any(map(item.get_closest_marker, others)) for item in items]
    else:
        asked = [not item.get_closest_marker("postgresql_alone") for item in items]
    config.hook.pytest_deselected(items=list(compress(items, map(not_, asked))))
    items[:] = compress(items, asked)


def _says_itself(item) -> bool:
    """Whether its own marks say where it runs; journeys and the soak are asked for by name."""
    return _is_under(item.path, JOURNEYS) or any(map(item.get_closest_marker, SAID))


@cache
def _is_under(path: Path, places: frozenset[Path]) -> bool:
    """Whether a path is one of these places or in one: asked of each test, and the same for all of a file."""
    return not places.isdisjoint({path, *path.parents})
