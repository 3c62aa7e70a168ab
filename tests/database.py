"""The test database: migrated once into a template, then copied for each process of a run.

The template is named after everything that a migration is made of, so it outlives a run and is made again only when
one of those changes: on SQLite a file in var/tests, on PostgreSQL a database beside the others.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var/tests"
OFFICE_KEY = "the key of an office that tests back up and restore, again and again"
# Passwords hashed by one round open with the office's settings as others do, and take nothing to make.
OFFICE = """
import django
django.setup()
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from recommendations.sections import use_choice
from tests.security.world import build_world
PBKDF2PasswordHasher.iterations = 1
use_choice(frozenset)  # an office that uses everything
build_world()
"""
DEMONSTRATION = """
import django
django.setup()
from tests.makers.demonstration import load_demonstration
load_demonstration()
"""
OWNER, APPLICATION, READER = "oversight_owner", "oversight_application", "oversight_reader"  # on PostgreSQL
MADE_OF = (
    "requirements.txt",
    "oversight/settings.py",
    "recommendations/migrations/*.py",
    "recommendations/models/**/*.py",
    "recommendations/domain/audit/database_roles.py",
)
DEMONSTRATION_OF = (
    *MADE_OF,
    "recommendations/**/*.py",
    "recommendations/**/*.toml",
    "templates/**/*.html",
    "tests/makers/demonstration.py",
)


def create() -> None:
    """Make this process's test database from the template and connect to it."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        template = sqlite_template()
        _connect_to(name)
        fill_from(template)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = _postgresql_template()
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        _connect_to(name)


def _connect_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def _key(patterns: tuple[str, ...] = MADE_OF) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(engine: str):
    """Only one process makes an engine's template; others that want it wait, those of another engine do not."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{engine}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# The garbage collector, which walks through all models again and again, would take a quarter of it.
MIGRATE = """
import gc
from django.core.management import execute_from_command_line
gc.disable()
execute_from_command_line(["manage.py", "migrate", "--verbosity", "0", "--skip-checks"])
"""


def _migrate(url: str, **roles: str) -> None:
    """Make all tables in an empty database, as its owner; `roles` are the other addresses in the owner's settings."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "oversight.settings", "DATABASE_URL": url} | roles
    command = (sys.executable, "-W", "error", "-c", MIGRATE)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def sqlite_template() -> Path:
    """A database of SQLite with all tables and nothing in them, made where there is none of this code."""
    template = TEMPLATES / f"{_key()}.sqlite3"
    with _alone("sqlite"):
        if not template.exists():
            for old in TEMPLATES.glob("*.sqlite3*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            unfinished = template.with_suffix(".sqlite3.unfinished")
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(template)
    return template


def sqlite_office() -> Path:
    """A file of SQLite with records of every kind, filled with `OFFICE_KEY` as its secret key. Not to be changed."""
    template = sqlite_template()
    office = template.with_name(f"office-{template.name}")
    with _alone("sqlite"):
        if not office.exists():
            unfinished = office.with_suffix(".unfinished")
            shutil.copy(template, unfinished)
            settings = {"DATABASE_URL": f"sqlite:///{unfinished}", "DJANGO_SETTINGS_MODULE": "oversight.settings"}
            settings |= {"FILES_TO": str(files_of(office))}
            environment = os.environ | settings | {"SECRET_KEY": OFFICE_KEY, "LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, "-c", OFFICE], cwd=ROOT, env=environment, check=True)
            unfinished.rename(office)
    return office


def sqlite_demonstration() -> Path:
    """A file of SQLite with the demonstration (makers/demonstration.py), made where there is none of this code. Not to
    be changed.
    """
    template = sqlite_template()
    demonstration = TEMPLATES / f"demonstration-{_key(DEMONSTRATION_OF)}.sqlite3"
    with _alone("demonstration"):  # others that want the template need not wait
        if not demonstration.exists():
            for old in TEMPLATES.glob("demonstration-*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            unfinished = demonstration.with_suffix(".unfinished")
            shutil.copy(template, unfinished)
            settings = {"DATABASE_URL": f"sqlite:///{unfinished}", "DJANGO_SETTINGS_MODULE": "oversight.settings"}
            settings |= {"OVERSIGHT_DEMO": "1", "FILES_TO": str(files_of(demonstration)), "LOG_LEVEL": "ERROR"}
            command = [sys.executable, "-c", DEMONSTRATION]
            subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True, stdout=subprocess.DEVNULL)
            unfinished.rename(demonstration)
    return demonstration


def fill_from(file: Path) -> None:
    """Replace all that this process's database of SQLite holds by what a file of SQLite holds, outside transactions."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as source:
        source.backup(connection.connection)


def files_of(office: Path) -> Path:
    """The folder of the files on the office's records. Not to be changed."""
    return office.with_name(f"{office.name}.files")


def _postgresql_template() -> str:
    template = f"template_{_key()}"
    with _alone("postgresql"), connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            make_roles(cursor)
            cursor.execute(f"DROP DATABASE IF EXISTS {template}_unfinished")
            cursor.execute(f"CREATE DATABASE {template}_unfinished OWNER {OWNER}")
            owner, application, reader = (
                address(connection, f"{template}_unfinished", role=role) for role in (OWNER, APPLICATION, READER)
            )
            _migrate(owner, APPLICATION_DATABASE_URL=application, READER_DATABASE_URL=reader)
            cursor.execute(f"ALTER DATABASE {template}_unfinished RENAME TO {template}")
    return template


def new_database(file: Path) -> str:
    """The address of a new database with all tables and nothing in them: on SQLite this file, else on the server of
    this run.
    """
    if connection.vendor == "sqlite":
        shutil.copy(sqlite_template(), file)
        return f"sqlite:///{file}"
    name, template = f"office_{uuid4().hex}", _postgresql_template()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address(connection, name)


def make_roles(cursor) -> None:
    """The roles of an office (docs/operations/database-roles.md). The owner has no other rights."""
    for role in (OWNER, APPLICATION, READER):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {role} LOGIN")


@contextmanager
def as_role(role: str):
    """What is asked inside is asked as another role, on PostgreSQL; on SQLite as ever."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def address(connection, name: str = "", role: str = "") -> str:
    """What DATABASE_URL must be, for another database of the same server, or another role, where it is named."""
    settings = connection.settings_dict
    name = name or settings["NAME"]
    if connection.vendor == "postgresql":
        return f"postgres://{role or settings['USER']}@{quote(settings['HOST'], safe='')}/{name}"
    return f"sqlite:///{name}"
