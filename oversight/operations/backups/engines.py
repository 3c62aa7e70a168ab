"""The configured database, as something that can be backed up."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.db import connection

from oversight.operations.backups.databases import Database
from oversight.operations.backups.postgresql import PostgreSQL
from oversight.operations.backups.sqlite import SQLite


def office_database() -> Database:
    """The office's database; on PostgreSQL as its owner, if OWNER_DATABASE_URL is set."""
    found: dict[str, Any] = dict(connection.settings_dict)
    if settings.OWNER_DATABASE_URL:
        found = {**dj_database_url.parse(settings.OWNER_DATABASE_URL)}
    return database_of(found)


def database_of(config: dict[str, Any]) -> Database:
    """The database described by Django's settings."""
    if config["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(config["NAME"]))
    options = {name: value for name, value in config.get("OPTIONS", {}).items() if isinstance(value, str)}
    named = {
        "host": config["HOST"],
        "port": str(config["PORT"] or ""),
        "user": config["USER"],
        "dbname": config["NAME"],
    }
    return PostgreSQL({**options, **{name: value for name, value in named.items() if value}}, config["PASSWORD"] or "")
