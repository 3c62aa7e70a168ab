"""What the application may do with each table, by what it holds. tests/security/test_database_roles.py tries it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations.domain.audit.database_roles import ADD, CHANGE, READ, REMOVE, tables_of_application
from recommendations.middleware.guarded_writes import DRAFTS
from recommendations.models.base import ActedRow, Guarded


def tables_with(privileges: frozenset[str]) -> set[str]:
    return {table for table, allowed in tables_of_application().items() if allowed == privileges}


def test_histories_the_trail_events_and_what_was_issued_are_only_added():
    histories = {model._meta.db_table for model in apps.get_models() if issubclass(model, ActedRow)}
    named = (
        "trailentry",
        "securityevent",
        "issuedfile",
        "publishedtext",
        "forcefacts",
        "actionplanfacts",
        "itemfacts",
        "publicmeetingfacts",
        "officeuse",
    )
    assert tables_with(ADD) == histories | {f"recommendations_{name}" for name in named}


def test_no_record_is_deleted():
    records = {model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)}
    assert records - tables_with(ADD) - tables_with(CHANGE) == set()
    ours = {table for table in tables_with(REMOVE) if table.startswith("recommendations_")}
    others = {f"recommendations_{name}" for name in ("reminderitem", "reminderswitch", "standing", "submission")}
    others.add("recommendations_webhooksecret")  # an old one, once its time is over
    assert ours == {*DRAFTS, *others}


def test_what_migrations_fill_is_only_read():
    built_in = {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
    assert tables_with(READ) == built_in


@pytest.mark.sqlite_only
def test_sqlite_has_no_roles(db):
    assert connection.vendor == "sqlite"
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("grant_database_roles", "--application", "one")
