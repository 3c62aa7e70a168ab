"""The configured database, as something that can be backed up."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.db import connection

from oversight.operations.backups.databases import Database
from oversight.operations.backups.postgresql import PostgreSQL
from oversight.operations.backups.sqlite import SQLite


def of_settings() -> Database:
    """The office's database; on PostgreSQL as its owner, if OWNER_DATABASE_URL is set."""
    found: dict[str, Any] = dict(connection.settings_dict)
    if settings.OWNER_DATABASE_URL:
        found = {**dj_database_url.parse(settings.OWNER_DATABASE_URL)}
    return of_engine(found)


def of_engine(found: dict[str, Any]) -> Database:
    """The database described by Django's settings."""
    if found["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(found["NAME"]))
    options = {name: value for name, value in found.get("OPTIONS", {}).items() if isinstance(value, str)}
    named = {"host": found["HOST"], "port": str(found["PORT"] or ""), "user": found["USER"], "dbname": found["NAME"]}
    return PostgreSQL({**options, **{name: value for name, value in named.items() if value}}, found["PASSWORD"] or "")
