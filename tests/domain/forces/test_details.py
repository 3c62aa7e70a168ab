"""A force and a body have the name, head and address of the day that is asked for."""

import datetime

import pytest

from recommendations.domain.forces.details import change_body_details, change_force_details
from recommendations.domain.people import records
from recommendations.models import Force, FormerBodyDetails, FormerForceDetails, PolicingBody, TrailEntry
from tests.refusals import refusal_of

A_DAY = datetime.timedelta(days=1)
MARCH, JUNE = datetime.date(2026, 3, 1), datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("model", "former"), [(Force, FormerForceDetails), (PolicingBody, FormerBodyDetails)], ids=["force", "body"]
)
def test_former_details_take_what_the_columns_take(model, former):
    def facts(of) -> dict:
        fields = {name: of._meta.get_field(name) for name in former.DETAILS}
        return {name: (type(field), field.max_length, field.blank) for name, field in fields.items()}

    assert facts(former) == facts(model)
    apart = {"id", "until", "force", "body"}
    assert [field.name for field in former._meta.fields if field.name not in apart] == list(former.DETAILS)


def test_a_force_has_the_name_of_the_day(westmarch, administrator, at):
    facts = {"force": westmarch, "by": administrator, "at": at, "reason": "The order"}
    change_force_details(from_day=MARCH, name="West Marches Police", **facts)
    force = change_force_details(from_day=JUNE, chief_officer="Ada Vane", name="West Police", **facts)
    days = [MARCH - A_DAY, MARCH, JUNE - A_DAY, JUNE]
    held = [force.details_on(day) for day in days]
    assert [(each.name, each.chief_officer) for each in held] == [
        ("Westmarch Police", ""),
        ("West Marches Police", ""),
        ("West Marches Police", ""),
        ("West Police", "Ada Vane"),
    ]
    assert (force.slug, force.reference_prefix) == ("westmarch", "WM")
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.by_name, entry.about) == ("change_force_details", "Joe Brandreth", "West Police")


def test_a_body_has_the_holder_of_the_day(body, at):
    body = change_body_details(body=body, from_day=MARCH, by=None, at=at, reason="Elected", holder=" Mary Ash ")
    assert [body.details_on(day).holder for day in (MARCH - A_DAY, MARCH)] == ["", "Mary Ash"]


def test_a_correction_holds_for_the_days_since_the_last_change(westmarch, at):
    facts = {"force": westmarch, "by": None, "at": at, "reason": "The order"}
    force = change_force_details(from_day=MARCH, name="West Marchs Police", **facts)
    force.name = "West Marches Police"
    records.keep(record=force, by=None, at=at)
    assert [force.details_on(day).name for day in (MARCH - A_DAY, MARCH)] == ["Westmarch Police", "West Marches Police"]


def test_details_are_read_without_a_query_each(westmarch, eastvale, at, django_assert_num_queries):
    change_force_details(force=westmarch, from_day=MARCH, name="West Police", by=None, at=at, reason="The order")
    with django_assert_num_queries(2):
        names = [each.details_on(MARCH - A_DAY).name for each in Force.objects.prefetch_related("former_details")]
    assert names == ["Eastvale Police", "Westmarch Police"]


@pytest.mark.parametrize(
    ("from_day", "values", "expected"),
    [
        (datetime.date(2026, 11, 8), {"name": "West"}, ("in-the-future", "from_day")),
        (JUNE, {"name": "West"}, ("before-last-change", "from_day")),
        (datetime.date(2020, 1, 1), {"name": "West"}, ("before-start", "from_day")),
        (datetime.date(2026, 10, 2), {"name": "West"}, ("after-end", "from_day")),
        (datetime.date(2026, 9, 1), {"name": "West Marches Police"}, ("nothing-changes", "from_day")),
        (datetime.date(2026, 9, 1), {"name": "Eastvale Police"}, ("unique", "name")),
        (datetime.date(2026, 9, 1), {"name": " "}, ("blank", "name")),
    ],
    ids=["ahead", "same day", "first day", "after its end", "the same", "taken", "empty"],
)
def test_what_cannot_be_is_refused(westmarch, eastvale, at, from_day, values, expected):
    westmarch.since, westmarch.until = datetime.date(2020, 1, 1), datetime.date(2026, 10, 1)
    records.keep(record=westmarch, by=None, at=at)
    facts = {"force": westmarch, "by": None, "at": at, "reason": "The order"}
    change_force_details(from_day=JUNE, name="West Marches Police", **facts)
    before = TrailEntry.objects.count()
    assert refusal_of(change_force_details, from_day=from_day, **facts, **values) == expected
    assert TrailEntry.objects.count() == before
    assert FormerForceDetails.objects.count() == 1
