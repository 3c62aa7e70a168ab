"""What the roles of a PostgreSQL may do, where an office has more than one: docs/operating.md says how to set them up.

The owner has every table and migrates. The application serves people: it adds to the trail, histories, security events
and issued files and never changes them, and deletes nothing that is a record. The public reader serves /published/
alone, and finds no row that the public may not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    AccountSeal,
    ActionPlanFacts,
    ClosingLine,
    EntrySeal,
    ForceFacts,
    IssuedFile,
    LastLook,
    PersonalNotice,
    PublishedText,
    SecurityEvent,
    TrailEntry,
    TrailHead,
    WebhookDelivery,
)
from recommendations.models.base import ActedRow, Guarded
from recommendations.models.reminders import LedgerMail

# SQL by hand: no query of a model says who may do what with its table

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ = frozenset({"SELECT"})
ADD = READ | {"INSERT"}
CHANGE = ADD | {"UPDATE"}
REMOVE = CHANGE | {"DELETE"}

ADDED_ONLY = (TrailEntry, SecurityEvent, IssuedFile, PublishedText, ForceFacts, ActionPlanFacts, ClosingLine, ActedRow)
NEVER_DELETED = (Guarded, LedgerMail, TrailHead, AccountSeal, EntrySeal, LastLook, PersonalNotice, WebhookDelivery)
MIGRATIONS = "django_migrations"  # a server reads at its start whether the database is of its version
READ_ONLY = ("auth", "contenttypes")  # apps whose tables the migrations fill


@dataclass(frozen=True)
class Readable:
    """What the public reader is shown of a table: some columns, or all, of the rows that a condition lets through."""

    columns: tuple[str, ...] = ()
    rows: str = ""


_OURS = "recommendations_"
_STANDS = "state = 'released' AND withdrawn_at IS NULL"
_EVER_PUBLIC = f"SELECT paper_id FROM {_OURS}publicpaper"
_PUBLISHED = f"SELECT id FROM {_OURS}response WHERE slug <> ''"

# Every table that a public page reads. tests/security/test_database_roles.py opens them all as this role.
READABLE: Mapping[str, Readable] = {
    "policingbody": Readable(),
    "force": Readable(),
    "response": Readable(rows="slug <> ''"),
    "responseversion": Readable(rows=f"response_id IN ({_PUBLISHED})"),
    "publishedtext": Readable(
        rows=f"of_id IN (SELECT id FROM {_OURS}responseversion WHERE response_id IN ({_PUBLISHED}))"
    ),
    "searchentry": Readable(rows="readers = 'public' AND withdrawn_on IS NULL"),
    "issuedfile": Readable(
        rows=f"id IN (SELECT unnest(ARRAY[pdf_id, text_id]) FROM {_OURS}responseversion)"
        f" OR id IN (SELECT pdf_id FROM {_OURS}actionplan WHERE {_STANDS})"
        f" OR id IN (SELECT coalesce(public_file_id, file_id) FROM {_OURS}scrutinyreport WHERE id IN ({_EVER_PUBLIC}))"
    ),
    "redactedfiling": Readable(("id", "version_id")),
    "copy": Readable(("id", "of_id", "recipient_id", "sent_on")),
    "recipient": Readable(("id", "kind")),
    "responseinspection": Readable(("id", "response_id", "inspection_id")),
    "inspection": Readable(("id",)),
    "inspectionforce": Readable(("id", "inspection_id", "force_id")),
    "publicpaper": Readable(),
    "scrutinyreport": Readable(rows=f"id IN ({_EVER_PUBLIC}) OR part_of_id IN ({_EVER_PUBLIC})"),
    "forcerelease": Readable(
        ("id", "force_id", "state", "number", "decided_at", "withdrawn_at", "withdrawn_why"), rows="state = 'released'"
    ),
    "forcefacts": Readable(rows=f"of_id IN (SELECT id FROM {_OURS}forcerelease WHERE {_STANDS})"),
    "actionplan": Readable(
        ("id", "force_id", "state", "number", "decided_at", "withdrawn_at", "withdrawn_why", "pdf_id", "pdf_sha256"),
        rows="state = 'released'",
    ),
    "actionplanfacts": Readable(rows=f"of_id IN (SELECT id FROM {_OURS}actionplan WHERE {_STANDS})"),
    "user": Readable(("id", "name")),
    "panel": Readable(rows="public"),
    "meeting": Readable(rows=f"panel_id IN (SELECT id FROM {_OURS}panel WHERE public)"),
    "attendance": Readable(("id", "meeting_id", "of_force", "how")),
}


@dataclass(frozen=True)
class Roles:
    """The two roles beside the owner, by name. `reader` is empty where an office has none."""

    application: str
    reader: str = ""


def allowed(model: type[models.Model]) -> frozenset[str]:
    """What the application may do with the rows of a model. What is no record may go: drafts, sessions, codes, keys."""
    if model._meta.app_label in READ_ONLY:
        return READ
    if issubclass(model, ADDED_ONLY):
        return ADD
    return CHANGE if issubclass(model, NEVER_DELETED) else REMOVE


def tables_of_application() -> dict[str, frozenset[str]]:
    """Each table by name, and what the application may do with its rows."""
    found = {model._meta.db_table: allowed(model) for model in apps.get_models(include_auto_created=True)}
    return found | {MIGRATIONS: READ}


def tables_of_reader() -> dict[str, Readable]:
    """Each table that the public reader may read, by its whole name."""
    return {f"{_OURS}{name}": readable for name, readable in READABLE.items()} | {MIGRATIONS: Readable()}


def grant(roles: Roles) -> None:
    """Give both roles exactly what they may do, and take everything else away. Call it as the owner of the tables.

    It can be called again at any time, and is after each migration. Raises Refusal for roles that cannot be limited.
    """
    _check_roles(roles)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*_of_database(roles), *_of_application(roles.application), *_of_reader(roles)]:
            cursor.execute(statement)


def _check_roles(roles: Roles) -> None:
    if connection.vendor != "postgresql":
        raise Refusal("Only PostgreSQL has roles. An SQLite database is a file of one user.")
    for name in filter(None, (roles.application, roles.reader)):
        if why_not := _why_not_limited(name):
            raise Refusal(why_not)
    if strangers := _tables_of_others():
        raise Refusal(f"Run this as the owner of the tables. {strangers[0]} belongs to another role.")


def _why_not_limited(name: str) -> str:
    """Why a role would do more than it is given; empty where it would not."""
    found = _rows(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole, pg_has_role(rolname, current_user, 'MEMBER') "
        "FROM pg_roles WHERE rolname = %s",
        name,
    )
    if not found:
        return f"There is no role {name}. Make it first: createuser {name}"
    [(is_mighty, owns)] = found
    if is_mighty:
        return f"The role {name} is a superuser, makes roles or bypasses row security, so nothing limits it."
    return f"The role {name} owns the tables or is a member of their owner, so nothing limits it." if owns else ""


def _tables_of_others() -> list[str]:
    owners = _rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> current_user")
    return sorted({table for (table,) in owners} & {*tables_of_application()})


def _of_database(roles: Roles) -> Iterator[str]:
    """Only the owner makes tables; only the application, besides, makes temporary ones (verify_reports does)."""
    database = _quoted(connection.settings_dict["NAME"])
    application, both = (
        _quoted(roles.application),
        ", ".join(map(_quoted, filter(None, (roles.application, roles.reader)))),
    )
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {both}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {both}"
    yield f"GRANT TEMPORARY ON DATABASE {database} TO {application}"
    yield f"REVOKE ALL ON SCHEMA public FROM {both}"
    yield f"GRANT USAGE ON SCHEMA public TO {both}"
    for kind in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {both}"


def _of_application(name: str) -> Iterator[str]:
    there = set(connection.introspection.table_names())
    for table, privileges in sorted(tables_of_application().items()):
        if table in there:
            yield f"GRANT {', '.join(sorted(privileges))} ON {_quoted(table)} TO {_quoted(name)}"


def _of_reader(roles: Roles) -> Iterator[str]:
    """Which columns, by grants, and which rows, by row security. The application goes on seeing every row."""
    for table, readable in tables_of_reader().items():
        name, columns = _quoted(table), ", ".join(map(_quoted, readable.columns))
        for policy in ("application_all", "reader_public"):
            yield f"DROP POLICY IF EXISTS {policy} ON {name}"
        limits = bool(roles.reader and readable.rows)
        yield f"ALTER TABLE {name} {'ENABLE' if limits else 'DISABLE'} ROW LEVEL SECURITY"
        if roles.reader:
            yield f"GRANT SELECT {f'({columns})' if columns else ''} ON {name} TO {_quoted(roles.reader)}"
        if limits:
            yield f"CREATE POLICY application_all ON {name} TO {_quoted(roles.application)} USING (true)"
            yield f"CREATE POLICY reader_public ON {name} FOR SELECT TO {_quoted(roles.reader)} USING ({readable.rows})"


def differences(roles: Roles) -> list[str]:
    """What a role may do that it should not, and the other way round, in words; of every table of the database.

    Of the public reader's columns and rows it says nothing: a table that it may read a part of counts as read.
    """
    _check_roles(roles)
    wanted: dict[str, dict[str, frozenset[str]]] = {roles.application: tables_of_application()}
    if roles.reader:
        wanted[roles.reader] = dict.fromkeys(tables_of_reader(), READ)
    return [line for role, tables in wanted.items() for line in _differences_of(role, tables)]


def differences_of_own_role(*, reader: bool) -> list[str]:
    """The same of the role that asks, which does not own the tables: the public reader's, or the application's."""
    [(role,)] = _rows("SELECT current_user::text")
    tables = dict.fromkeys(tables_of_reader(), READ) if reader else tables_of_application()
    return [*_differences_of(role, tables)]


def _differences_of(role: str, tables: Mapping[str, frozenset[str]]) -> Iterator[str]:
    has: dict[str, set[str]] = {}
    for table, privilege, holds in _rows(HELD, role, role, list(PRIVILEGES)):
        has.setdefault(table, set()).update({privilege} if holds else ())
    for table, held in sorted(has.items()):
        should = tables.get(table, frozenset())
        if missing := ", ".join(sorted(should - held)):
            yield f"{role} lacks {missing} on {table}."
        if more := ", ".join(sorted(held - should)):
            yield f"{role} has {more} on {table}, which it should not have."


HELD = """
    SELECT relname, privilege, CASE
        WHEN privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
        THEN has_any_column_privilege(%s::name, pg_class.oid, privilege)
        ELSE has_table_privilege(%s::name, pg_class.oid, privilege)
    END
    FROM pg_class CROSS JOIN unnest(%s::text[]) AS privilege
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""


def _rows(sql: str, *params: str | list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
