"""What a filed paper was compiled from can be read as it was then, whatever became of it since."""

import re

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from recommendations import trail
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.point_in_time import NOT_UNDONE, at_trail_entry, undone_models
from recommendations.domain.people import records
from recommendations.models import Force, Recommendation, ScrutinyReport
from recommendations.models.base import Guarded
from tests.conftest import AT
from tests.domain.papers.test_verification import FILED, Counting, paper, tracked

__all__ = ["paper", "tracked"]
NAMED_SCHEMA = re.compile(r'\b(?:main|public|temp|pg_temp)"?\."?recommendations_')


def renamed(force: Force) -> int:
    """Give the force another name. Returns the trail's count before."""
    count, _ = trail.head()
    force.name = "Westmarch Constabulary"
    records.keep(record=force, by=None, at=AT)
    return count


def test_every_model_with_a_history_can_be_undone_or_says_why_not():
    """Its key is what entries name, and its history has every column that the trail does."""
    guarded = [each for each in apps.get_app_config("recommendations").get_models() if issubclass(each, Guarded)]
    assert {*undone_models(), *NOT_UNDONE} == {each for each in guarded if hasattr(each, "history")}
    assert all(NOT_UNDONE.values())
    for model in undone_models():
        history = {each.attname for each in model.history.model._meta.concrete_fields}
        assert model._meta.pk.attname == "id"
        assert {each.attname for each in trail.trailed_fields(model)} <= history, model


def test_every_table_that_a_paper_reads_is_one_that_can_be_undone(paper):
    """Else a later change of it would look like a paper that was tampered with. A schema would name the real table."""
    counted = []
    with connection.execute_wrapper(Counting(counted)):
        compile_figures(paper=ScrutinyReport.objects.get(), known_at=FILED, off=())  # as for a filed paper
    known = {model._meta.db_table for model in undone_models()}
    kept = {f"recommendations_{name}" for name in ("scrutinyreport", "trailhead")}
    tables = {word.strip('"(),;').split('"')[0] for sql in counted for word in sql.split()}
    read = {table for table in tables if table.startswith("recommendations_")}
    assert read - known - kept == set()
    assert Recommendation._meta.db_table in read
    assert [sql for sql in counted if NAMED_SCHEMA.search(sql)] == []


def assert_read_as_it_was(force: Force) -> None:
    count = renamed(force)
    with at_trail_entry() as past:
        past.go_back_to(count, AT)
        assert Force.objects.get(pk=force.pk).name == "Westmarch Police"
    assert Force.objects.get(pk=force.pk).name == "Westmarch Constabulary"


@pytest.mark.on_postgresql
def test_a_name_is_read_as_it_was_and_nothing_is_left_behind(westmarch):
    assert_read_as_it_was(westmarch)


@pytest.mark.on_postgresql
def test_it_is_so_outside_a_transaction_too(transactional_db, westmarch):
    """As the command runs: in a transaction of its own."""
    assert_read_as_it_was(westmarch)


@pytest.mark.postgresql_alone
def test_nothing_that_is_read_inside_is_prepared(westmarch, officer):
    """A prepared statement goes on reading the real table, when its copy is made after another table's."""
    count = renamed(westmarch)
    officer.name = "Hannah Whitlock-Lund"
    between, _ = trail.head()
    records.keep(record=officer, by=None, at=AT)

    def name() -> str:
        with psycopg.Cursor(connection.connection) as cursor:  # it binds on the server, so that psycopg may prepare
            cursor.execute("SELECT name FROM recommendations_force WHERE id = %s", [westmarch.pk])
            return cursor.fetchone()[0]

    usual, connection.connection.prepare_threshold = connection.connection.prepare_threshold, 0
    try:
        with at_trail_entry() as past:
            past.go_back_to(between, AT)
            assert name() == "Westmarch Constabulary"
            past.go_back_to(count, AT)
            assert name() == "Westmarch Police"
        assert name() == "Westmarch Constabulary"
        assert connection.connection.prepare_threshold == 0
    finally:
        connection.connection.prepare_threshold = usual
