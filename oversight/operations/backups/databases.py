"""The database of a backup, for either engine: copying from it, and loading a copy into it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import quote, urlencode

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.manifest import Facts

type Ask = Callable[[str], list[tuple]]
ATTACHED = "SELECT id, sha256 FROM recommendations_attachment WHERE removed_at IS NULL ORDER BY id"


class Database(Protocol):
    """A database of one engine. `url` is its DATABASE_URL, including the password."""

    engine: str
    part: str

    @property
    def url(self) -> str: ...

    def size(self) -> int:
        """Its size on disk in bytes."""

    def dump(self, folder: Path) -> tuple[Facts, dict[int, str]]:
        """Write a consistent copy into the folder, named `part`; return its facts, and what `attached_in` returns."""

    def in_the_way(self) -> str:
        """What to do before anything can be loaded into it, or "" if it is empty."""

    def load(self, copy: Path) -> Facts:
        """Load a copy into it, which must be empty; return its facts."""

    def beside(self, folder: Path) -> AbstractContextManager[Self]:
        """An empty scratch database of the same kind, dropped afterwards."""


def url_of(params: dict[str, str], password: str) -> str:
    """The DATABASE_URL of a PostgreSQL database."""
    user = quote(params.get("user", ""), safe="")
    login = f"{user}:{quote(password, safe='')}@" if password else f"{user}@" if user else ""
    host = quote(params.get("host", ""), safe="") + (f":{params['port']}" if "port" in params else "")
    rest = {name: value for name, value in params.items() if name not in ("user", "host", "port", "dbname")}
    return f"postgres://{login}{host}/{params['dbname']}" + (f"?{urlencode(rest, quote_via=quote)}" if rest else "")


def facts_of(ask: Ask, engine: str, engine_version: str, tables: list[str]) -> Facts:
    """The facts of a database. Raises BackupFailed if it is not Oversight's."""
    if not {"django_migrations", "recommendations_trailhead"} <= set(tables):
        raise BackupFailed("The database holds no tables of Oversight: look at DATABASE_URL.")
    heads = ask("SELECT count, hash FROM recommendations_trailhead")
    entries, head = heads[0] if heads else (0, "")
    applied = ask("SELECT name FROM django_migrations WHERE app = 'recommendations' ORDER BY name")
    rows = {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in sorted(tables)}
    return Facts(engine, engine_version, [name for (name,) in applied], entries, head, rows)


def attached_in(ask: Ask, tables: list[str]) -> dict[int, str]:
    """The SHA-256 of each attached file that a database names, by the number of its record. 0.2.0 had none."""
    return dict(ask(ATTACHED)) if "recommendations_attachment" in tables else {}
