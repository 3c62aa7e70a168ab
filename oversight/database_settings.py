"""The setting DATABASE_URL, parsed and checked."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

SQLITE = "django.db.backends.sqlite3"
SCHEMES = ("sqlite", "postgres", "postgresql")
NO_ADDRESS = (
    "Let DATABASE_URL be postgres://user:password@host/name or sqlite:////path/of/a/file, and write / # ? @ : % in a "
    "password as %2F %23 %3F %40 %3A %25."
)


def read_database(env: Env, var_dir: Path) -> dict[str, Any]:
    """The database for Django's DATABASES. Makes VAR_DIR if the database is SQLite's."""
    usual = f"sqlite:///{var_dir / 'oversight.sqlite3'}"
    if env.str("DATABASE_URL", default=usual).partition("://")[0] not in SCHEMES:
        raise ImproperlyConfigured(NO_ADDRESS)
    try:
        database: dict[str, Any] = {**env.dj_db_url("DATABASE_URL", default=usual)}
    except EnvError:
        raise ImproperlyConfigured(NO_ADDRESS) from None
    return database | (_sqlite(database, var_dir) if database["ENGINE"] == SQLITE else _postgresql(database, env))


def _sqlite(database: dict[str, Any], var_dir: Path) -> dict[str, Any]:
    """SQLite is the embedded default. WAL, synchronous=FULL and IMMEDIATE transactions: an acknowledged save survives
    a killed process, and two writers queue instead of failing half-way.
    """
    try:
        var_dir.mkdir(exist_ok=True)
    except OSError as wrong:
        raise ImproperlyConfigured(f"VAR_DIR: {var_dir} cannot be made: {wrong.strerror}.") from None
    folder = Path(database["NAME"]).parent
    if not folder.is_dir():
        raise ImproperlyConfigured(f"DATABASE_URL: there is no folder {folder}.")
    return {
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    }


def _postgresql(database: dict[str, Any], env: Env) -> dict[str, Any]:
    # A new connection costs the server as much as a page: a process, and reading its catalogue again to plan anything.
    kept = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if env.bool("PGBOUNCER", default=False):  # in transaction mode: docs/operations/grow.md
        return kept | {"DISABLE_SERVER_SIDE_CURSORS": True}
    # Compiling takes longer than it saves: our longest queries look up many rows, each of them quickly. With less
    # memory, a search of the register that finds 150,000 entries reads all of the million that there are.
    return kept | {"OPTIONS": {"options": "-c jit=off -c work_mem=16MB"} | database.get("OPTIONS", {})}
