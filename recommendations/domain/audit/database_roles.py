"""The privileges of an office's PostgreSQL roles: docs/operations/database-roles.md says how to set them up.

The owner owns every table and migrates. The application inserts into the trail, histories, security events and issued
files but never changes them, and deletes no records. The public reader serves /published/ only, and row security
hides every row that is not public.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    AccountSeal,
    ActionPlanFacts,
    EntrySeal,
    ForceFacts,
    IssuedFile,
    ItemFacts,
    LastLook,
    OfficeUse,
    PersonalNotice,
    PublicMeetingFacts,
    PublishedText,
    SecurityEvent,
    TrailEntry,
    TrailHead,
    WebhookDelivery,
)
from recommendations.models.base import ActedRow, Guarded
from recommendations.models.reminders.reminders import LedgerMail

# SQL by hand: privileges are not in the ORM

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ = frozenset({"SELECT"})
ADD = READ | {"INSERT"}
CHANGE = ADD | {"UPDATE"}
REMOVE = CHANGE | {"DELETE"}

ADDED_ONLY = (
    *(TrailEntry, SecurityEvent, IssuedFile, PublishedText, ForceFacts, ActionPlanFacts, OfficeUse, ActedRow),
    *(ItemFacts, PublicMeetingFacts),
)
NEVER_DELETED = (Guarded, LedgerMail, TrailHead, AccountSeal, EntrySeal, LastLook, PersonalNotice, WebhookDelivery)
MIGRATIONS = "django_migrations"  # read at start-up, to check the database's version
READ_ONLY = ("auth", "contenttypes")  # apps whose tables the migrations fill


@dataclass(frozen=True)
class Readable:
    """What the public reader sees of a table: these columns (or all) of the rows that meet a condition."""

    columns: tuple[str, ...] = ()
    rows: str = ""


_OURS = "recommendations_"
_STANDS = "state = 'released' AND withdrawn_at IS NULL"
_EVER_PUBLIC = f"SELECT paper_id FROM {_OURS}publicpaper"
_PUBLISHED = f"SELECT id FROM {_OURS}response WHERE slug <> ''"

# Every table that public pages read. tests/security/test_database_roles.py opens all pages as this role.
READABLE: Mapping[str, Readable] = {
    "policingbody": Readable(),
    "formerbodydetails": Readable(),
    "oversight": Readable(),
    "force": Readable(),
    "formerforcedetails": Readable(),
    "forcesuccession": Readable(("force_id", "successor_id")),
    "response": Readable(rows="slug <> ''"),
    "responseversion": Readable(rows=f"response_id IN ({_PUBLISHED})"),
    "publishedtext": Readable(
        rows=f"of_id IN (SELECT id FROM {_OURS}responseversion WHERE response_id IN ({_PUBLISHED}))"
    ),
    "searchentry": Readable(rows="readers = 'public' AND withdrawn_on IS NULL"),
    "issuedfile": Readable(
        rows=f"id IN (SELECT unnest(ARRAY[pdf_id, text_id]) FROM {_OURS}responseversion)"
        f" OR id IN (SELECT pdf_id FROM {_OURS}actionplan WHERE {_STANDS})"
        f" OR id IN (SELECT pdf_id FROM {_OURS}meetingrelease WHERE {_STANDS})"
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
    "meetingrelease": Readable(
        (
            *("id", "force_id", "meeting_id", "state", "number", "decided_at", "withdrawn_at", "withdrawn_why"),
            *("pdf_id", "pdf_sha256"),
        ),
        rows="state = 'released'",
    ),
    "publicmeetingfacts": Readable(rows=f"of_id IN (SELECT id FROM {_OURS}meetingrelease WHERE {_STANDS})"),
    "user": Readable(("id", "name")),
    "panel": Readable(rows="public"),
    "meeting": Readable(rows=f"panel_id IN (SELECT id FROM {_OURS}panel WHERE public)"),
    "attendance": Readable(("id", "meeting_id", "of_force", "how")),
    "officeuse": Readable(("number", "sections_off", "sections_on")),
    "webhook": Readable(("id", "is_on", "removed_at", "words_confirmed_at"), rows="is_on AND removed_at IS NULL"),
}


@dataclass(frozen=True)
class Roles:
    """The names of the two roles beside the owner. `reader` is "" if the office has none."""

    application: str
    reader: str = ""


def allowed_privileges(model: type[models.Model]) -> frozenset[str]:
    """The application's privileges on a model's table. Only what is no record may be deleted: drafts, sessions."""
    if model._meta.app_label in READ_ONLY:
        return READ
    if issubclass(model, ADDED_ONLY):
        return ADD
    return CHANGE if issubclass(model, NEVER_DELETED) else REMOVE


def tables_of_application() -> dict[str, frozenset[str]]:
    """Table name → the application's privileges on it."""
    found = {model._meta.db_table: allowed_privileges(model) for model in apps.get_models(include_auto_created=True)}
    return found | {MIGRATIONS: READ}


def tables_of_reader() -> dict[str, Readable]:
    """Table name → what the public reader may read of it."""
    return {f"{_OURS}{name}": readable for name, readable in READABLE.items()} | {MIGRATIONS: Readable()}


def grant(roles: Roles) -> None:
    """Grant both roles exactly their privileges and revoke all others. Call it as the owner of the tables.

    Idempotent; it is called after each migration. Raises Refusal for roles that can't be limited.
    """
    _check_roles(roles)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*_database_grants(roles), *_application_grants(roles.application), *_reader_grants(roles)]:
            cursor.execute(statement)


def _check_roles(roles: Roles) -> None:
    if connection.vendor != "postgresql":
        raise Refusal("Only PostgreSQL has roles. An SQLite database is a file of one user.", code="needs-postgresql")
    for name in filter(None, (roles.application, roles.reader)):
        if why_not := _why_not_limited(name):
            raise Refusal(why_not)
    if strangers := _tables_of_others():
        raise Refusal(f"Run this as the owner of the tables. {strangers[0]} belongs to another role.")


def _why_not_limited(name: str) -> str:
    """Why a role can't be limited to its grants, or ""."""
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


def _database_grants(roles: Roles) -> Iterator[str]:
    """Only the owner may create tables; only the application also temporary ones (for verify_reports)."""
    database = _quote_name(connection.settings_dict["NAME"])
    application, both = (
        _quote_name(roles.application),
        ", ".join(map(_quote_name, filter(None, (roles.application, roles.reader)))),
    )
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {both}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {both}"
    yield f"GRANT TEMPORARY ON DATABASE {database} TO {application}"
    yield f"REVOKE ALL ON SCHEMA public FROM {both}"
    yield f"GRANT USAGE ON SCHEMA public TO {both}"
    for kind in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {both}"


def _application_grants(name: str) -> Iterator[str]:
    there = set(connection.introspection.table_names())
    for table, privileges in sorted(tables_of_application().items()):
        if table in there:
            yield f"GRANT {', '.join(sorted(privileges))} ON {_quote_name(table)} TO {_quote_name(name)}"


def _reader_grants(roles: Roles) -> Iterator[str]:
    """Columns by grants, and rows by row security. The application keeps access to every row."""
    for table, readable in tables_of_reader().items():
        name, columns = _quote_name(table), ", ".join(map(_quote_name, readable.columns))
        for policy in ("application_all", "reader_public"):
            yield f"DROP POLICY IF EXISTS {policy} ON {name}"
        limits = bool(roles.reader and readable.rows)
        yield f"ALTER TABLE {name} {'ENABLE' if limits else 'DISABLE'} ROW LEVEL SECURITY"
        if roles.reader:
            yield f"GRANT SELECT {f'({columns})' if columns else ''} ON {name} TO {_quote_name(roles.reader)}"
        if limits:
            yield f"CREATE POLICY application_all ON {name} TO {_quote_name(roles.application)} USING (true)"
            reader = _quote_name(roles.reader)
            yield f"CREATE POLICY reader_public ON {name} FOR SELECT TO {reader} USING ({readable.rows})"


def differences(roles: Roles) -> list[str]:
    """The missing and excessive privileges of both roles, in words, on every table of the database.

    It does not compare the public reader's columns and rows: a partly readable table counts as readable.
    """
    _check_roles(roles)
    wanted: dict[str, dict[str, frozenset[str]]] = {roles.application: tables_of_application()}
    if roles.reader:
        wanted[roles.reader] = dict.fromkeys(tables_of_reader(), READ)
    return [line for role, tables in wanted.items() for line in _differences_of(role, tables)]


def differences_of_own_role(*, reader: bool) -> list[str]:
    """As `differences`, for the connected role (not the owner): the public reader's or the application's."""
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


def _quote_name(name: str) -> str:
    return connection.ops.quote_name(name)
