"""Backups of PostgreSQL: pg_dump as the owner of the tables; facts and dump share one snapshot."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.databases import Ask, attached_in, facts_of, url_of
from oversight.operations.backups.manifest import Facts

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# What grant_database_roles creates again, and what only the owner of an extension may set.
LEFT_OUT = (" POLICY public ", " ROW SECURITY public ", " COMMENT - EXTENSION ")


@dataclass(frozen=True)
class PostgreSQL:
    """A PostgreSQL database: libpq's parameters, and the password, which never appears on a command line."""

    params: dict[str, str]
    password: str = ""
    engine = "postgresql"
    part = "database.dump"

    @property
    def url(self) -> str:
        return url_of(self.params, self.password)

    def size(self) -> int:
        """Its size on disk in bytes."""
        with self._connect() as server:
            found = server.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(found[0]) if found else 0

    def dump(self, folder: Path) -> tuple[Facts, dict[int, str]]:
        """Write a dump in PostgreSQL's custom format into the folder.

        Returns the facts, and the attached files that are named, at its snapshot.
        """
        with self._connect() as server:
            server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            [(snapshot,)] = server.execute("SELECT pg_export_snapshot()").fetchall()
            facts, attached = _facts(server), attached_in(_asker(server), _tables(server))
            to = folder / self.part
            self._run(
                "pg_dump", "--format=custom", "--compress=1", "--no-owner", f"--snapshot={snapshot}", f"--file={to}"
            )
        return facts, attached

    def in_the_way(self) -> str:
        """What to do before anything can be loaded into it, or "" if it is empty."""
        with self._connect() as server:
            if not server.execute(TABLES).fetchone():
                return ""
        name, owner = self.params["dbname"], self.params.get("user", "its owner")
        return (
            f"The database {name} holds tables, and nothing is written over them. Stop Oversight and set the database "
            f"aside, as PostgreSQL's administrator:\n"
            f'    psql -c \'ALTER DATABASE "{name}" RENAME TO "{name}_before_restore"\'\n'
            f"    createdb --owner={owner} {name}"
        )

    def load(self, copy: Path) -> Facts:
        """Load a dump into the database, which must be empty, in one transaction."""
        contents = self._program("pg_restore", "--list", str(copy))
        listed = copy.with_suffix(".list")
        listed.write_text("\n".join(line for line in contents.splitlines() if not any(of in line for of in LEFT_OUT)))
        self._run(
            "pg_restore",
            *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
            f"--use-list={listed}",
            str(copy),
        )
        with self._connect() as server:
            return _facts(server)

    @contextmanager
    def beside(self, folder: Path) -> Iterator["PostgreSQL"]:
        """An empty database on the same server, dropped afterwards. Its owner needs CREATEDB."""
        name = f"{self.params['dbname']}_scratch_{secrets.token_hex(4)}"
        scratch = PostgreSQL(self.params | {"dbname": name}, self.password)
        self._alone("CREATE DATABASE {} TEMPLATE template0", name)
        try:
            yield scratch
        finally:
            self._alone("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _alone(self, statement: str, name: str) -> None:
        with self._connect() as server:
            server.autocommit = True
            try:
                server.execute(sql.SQL(statement).format(sql.Identifier(name)))
            except psycopg.errors.InsufficientPrivilege:
                role = self.params.get("user", "")
                raise BackupFailed(
                    f"The role {role} may make no database to try the backup in. As PostgreSQL's administrator: "
                    f"ALTER ROLE {role} CREATEDB"
                ) from None

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection]:
        try:
            connection = psycopg.connect(make_conninfo(**self.params, password=self.password or None))
        except psycopg.OperationalError as error:
            raise BackupFailed(f"The database does not answer: {error}".strip()) from None
        with connection:
            yield connection

    def _run(self, program: str, *arguments: str) -> str:
        return self._program(program, f"--dbname={make_conninfo(**self.params)}", "--no-password", *arguments)

    def _program(self, program: str, *arguments: str) -> str:
        if not shutil.which(program):
            raise BackupFailed(f"{program} was not found: sudo apt-get install postgresql-client")
        environment = os.environ | ({"PGPASSWORD": self.password} if self.password else {})
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)
        if done.returncode:
            raise BackupFailed(
                f"{program} failed: {done.stderr.strip() or f'status {done.returncode}'}{_advice(done.stderr)}"
            )
        return done.stdout


def _advice(error: str) -> str:
    if "row-level security" in error or "permission denied" in error:
        return "\nSet OWNER_DATABASE_URL to the owner of the tables: the program's role may not read all of them."
    return ""


def _facts(server: psycopg.Connection) -> Facts:
    [(version,)] = _asker(server)("SHOW server_version")
    return facts_of(_asker(server), PostgreSQL.engine, version, _tables(server))


def _asker(server: psycopg.Connection) -> Ask:
    return lambda sql: server.execute(sql.encode()).fetchall()


def _tables(server: psycopg.Connection) -> list[str]:
    return [name for (name,) in server.execute(TABLES).fetchall()]
