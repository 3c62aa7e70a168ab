"""Creating an office's database and roles on this machine's PostgreSQL server, as its administrator."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from secrets import token_urlsafe
from urllib.parse import quote, unquote, urlsplit

import psycopg

from oversight.operations.offices import Trouble

ADMINISTRATOR = "postgres"
NOT_THERE = "There is no PostgreSQL server on this machine. Install it (apt install postgresql), or enter sqlite."
OLDEST = 130000


@dataclass(frozen=True)
class Account:
    """A role that signs in with a password."""

    role: str
    password: str = field(repr=False)

    def url(self, database: str, port: str) -> str:
        """Its DATABASE_URL."""
        return f"postgres://{self.role}:{quote(self.password, safe='')}@localhost:{port}/{database}"


def names_of(office: str) -> tuple[str, str, str, str]:
    """The names of an office's database and roles: the owner, the application and the public reader."""
    database = f"oversight_{office.replace('-', '_')}"
    return database, f"{database}_owner", f"{database}_application", f"{database}_reader"


def new_accounts(office: str) -> list[Account]:
    """The three roles of an office, with new random passwords."""
    return [Account(role, token_urlsafe(32)) for role in names_of(office)[1:]]


def account_of(url: str) -> Account:
    """The role and password in a DATABASE_URL."""
    parts = urlsplit(url)
    return Account(parts.username or "", unquote(parts.password or ""))


def check_server() -> None:
    """Raise Trouble unless this machine has a PostgreSQL, new enough, that its administrator can use."""
    if shutil.which("psql") is None or as_administrator("SELECT 1") != "1":
        raise Trouble(NOT_THERE)
    if int(as_administrator("SHOW server_version_num")) < OLDEST:
        raise Trouble("This machine’s PostgreSQL is too old. Oversight needs 13 or newer.")


def port() -> str:
    """The server's port."""
    return as_administrator("SHOW port")


def as_administrator(sql: str) -> str:
    """Run SQL as the server's administrator and return the output. It goes by standard input, to hide passwords.

    Raises Trouble with psql's error.
    """
    if os.geteuid() != 0:
        raise Trouble("Only root can make a database on this machine. Run this with sudo, or enter sqlite.")
    psql = [
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "--set=ON_ERROR_STOP=1",
        "--dbname=postgres",
    ]
    environment = {name: os.environ[name] for name in ("PATH", "PGPORT") if name in os.environ} | {"LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            ["runuser", "-u", ADMINISTRATOR, "--", *psql],
            input=sql,
            capture_output=True,
            text=True,
            cwd="/",
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise Trouble(NOT_THERE) from None
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise Trouble(f"PostgreSQL’s administrator can't do that: {said[-1] if said else 'no reason given'}")
    return done.stdout.strip()


def refuse_what_is_there(office: str) -> None:
    """Raise Trouble if the server already has a database or role with one of the office's names."""
    database, *roles = names_of(office)
    listed = ", ".join(f"'{role}'" for role in roles)
    found = as_administrator(
        f"SELECT datname FROM pg_database WHERE datname = '{database}' "
        f"UNION ALL SELECT rolname FROM pg_roles WHERE rolname IN ({listed})"
    ).split()
    if found:
        raise Trouble(
            f"PostgreSQL has {', '.join(found)} already, of an earlier installation. Nothing was changed. Choose "
            "another --office, or remove them with all that is in them: "
            f"sudo -u postgres dropdb {database}, then sudo -u postgres dropuser for each role."
        )


def refuse_filled(url: str) -> None:
    """Raise Trouble if a database holds an installation already: a new key could not decrypt its data."""
    with psycopg.connect(url, connect_timeout=5) as database:
        (table,) = database.execute("SELECT to_regclass('public.django_migrations')").fetchone() or (None,)
    if table:
        raise Trouble(
            "That database holds an installation of Oversight already. Nothing was changed. Name an empty database; an "
            "earlier installation goes on with its own settings, which have its key."
        )


def make(office: str, accounts: list[Account]) -> None:
    """Create the roles, and the database owned by the first. Continues what an interrupted run created."""
    database = names_of(office)[0]
    for account in accounts:
        may = "CREATEDB " if account is accounts[0] else ""  # verify_backup makes a database to try a backup in
        there = as_administrator(f"SELECT 1 FROM pg_roles WHERE rolname = '{account.role}'")
        verb = "ALTER" if there else "CREATE"
        as_administrator(f"{verb} ROLE {account.role} {may}LOGIN PASSWORD '{account.password}'")
    if not as_administrator(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
        owner = accounts[0].role
        as_administrator(f"CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' {_locale()} TEMPLATE template0")


def _locale() -> str:
    """The server's own locale if it uses UTF-8, else one that every server has."""
    language = as_administrator("SELECT datcollate FROM pg_database WHERE datname = 'template1'")
    return "" if language.lower().replace("-", "").endswith("utf8") else "LOCALE 'C.UTF-8'"
