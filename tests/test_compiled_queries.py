"""Queries that are compiled once: with other ids they return what the query itself does."""

import datetime

import pytest
from django.db import connection
from django.db.models import Value

from recommendations.compiled_queries import (
    ANY_ONE,
    GIVEN,
    OneOfGiven,
    Records,
    fetched,
    objects_about,
    rows_about,
    statement,
)
from recommendations.domain.register import voices
from recommendations.models import ForceUpdate, SearchEntry, TrackedRecommendation
from recommendations.search_words import read_words
from tests.conftest import make_tracked

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql]

NOW = datetime.datetime(2026, 11, 2, 10, tzinfo=datetime.UTC)


def updates(pk: int, *names: str):
    return ForceUpdate.objects.filter(tracked=pk).order_by("id").values_list(Value("a voice"), "recorded_at", *names)


def of_force(force: int, pk: int):
    return TrackedRecommendation.objects.filter(force=force, pk=pk).values_list("directed_to_force", "tracked_on", "pk")


def test_each_record_has_its_own_rows_as_the_query_itself_returns_them(inspection, force_lead):
    for number in "123":
        record = make_tracked(inspection, number=number, text="x")
        for done in ("First.", "Second.")[: int(number) - 1]:
            voices.log_force_update(tracked=record, done=f"{done} {number}", by=force_lead, at=NOW)
    for record in TrackedRecommendation.objects.all():
        for names in (("done", "effective_on"), ("said_by",)):
            found = rows_about(updates, record.pk, given=names)
            assert found == list(updates(record.pk, *names))
            assert len(found) == int(record.recommendation.number) - 1


def test_several_ids_stay_apart(inspection, westmarch, eastvale):
    records = [make_tracked(inspection, number=number, text="x") for number in "12"]
    for record in records:
        assert rows_about(of_force, westmarch.pk, record.pk) == [(True, record.tracked_on, record.pk)]
        assert rows_about(of_force, eastvale.pk, record.pk) == []


def test_it_is_one_statement_and_the_second_time_too(tracked, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            rows_about(updates, tracked.pk)


def known(pk: int, words: str):
    return TrackedRecommendation.objects.with_record().annotate(words=Value(words)).filter(pk=pk)


def test_each_record_is_the_object_that_the_query_itself_returns(inspection, django_assert_num_queries):
    records = [make_tracked(inspection, number=number, text=f"x {number}") for number in "12"]
    for record in records:
        own = known(record.pk, "said").get()
        with django_assert_num_queries(1):
            (found,) = objects_about(known, record.pk, given=("said",))
            assert found.words == "said"
            assert not found._state.adding
            for one, other in (
                (found, own),
                (found.force, own.force),
                (found.recommendation, own.recommendation),
                (found.recommendation.inspection, own.recommendation.inspection),
            ):
                assert columns_of(one) == columns_of(other)
    assert objects_about(known, records[-1].pk + 1, given=("said",)) == []


def columns_of(one) -> dict:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def test_records_are_those_of_the_queryset_itself_with_what_it_joins_and_annotates(
    westmarch, inspection, django_assert_num_queries
):
    """However many are asked for, and whichever. One that is not there is left out."""

    def asked(pks):
        rows = TrackedRecommendation.objects.annotate(kind=Value("a record")).order_by("-pk")
        return rows.filter(pk__in=pks, force=westmarch).select_related("recommendation__inspection")

    pks = [make_tracked(inspection, number=number, text=f"The {number}.").pk for number in "123"]
    kept = Records(asked([ANY_ONE]))
    for some in (pks, pks[:1], pks[1:], [pks[2] + 1, pks[0]]):
        with django_assert_num_queries(1):
            found = kept.among(some)
            told = [(row.pk, row.kind, row.recommendation.text, row.recommendation.inspection) for row in found]
        own = asked(some)
        assert told == [(row.pk, "a record", row.recommendation.text, inspection) for row in own]
        assert [vars(row)["reference"] for row in found] == [row.reference for row in own]


def test_given_ids_are_those_that_are_found(inspection):
    records = [make_tracked(inspection, number=number, text="x").pk for number in "123"]
    found = statement(TrackedRecommendation.objects.filter(OneOfGiven("pk")).order_by("pk").values_list("pk"))
    for given in (records[:2], records[1:], []):
        assert [pk for (pk,) in fetched(found, given)] == given


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "rows",
    [
        TrackedRecommendation.objects.filter(OneOfGiven("pk")),
        ForceUpdate.objects.order_by().filter(OneOfGiven("tracked_id")),
        SearchEntry.objects.matching(read_words("cell bells")),
    ],
    ids=["records", "what is said of them", "entries with words"],
)
def test_what_is_given_is_looked_up(rows, db):
    """A condition that is compared with true, as Django compares most, reads every row on SQLite."""
    found = statement(rows.values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {found.sql}", ["[1]" if each is GIVEN else each for each in found.params])
        plan = [row[3] for row in cursor.fetchall()]
    assert plan[0].startswith(f"SEARCH {rows.model._meta.db_table} USING")
