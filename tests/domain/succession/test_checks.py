"""What would refuse a change ahead, with its days."""

import datetime
import re

import pytest

from recommendations.domain.people import records
from recommendations.domain.succession.checks import problems_of
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Force, Oversight, PolicingBody, Succession
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, ORDER, enter
from tests.verb_cases.handing_over import mark as mark_handed_over

pytestmark = pytest.mark.django_db
DAYS = re.compile(r"\d+ May 2028")
A_DAY = datetime.timedelta(days=1)


def problems(kind, forces, *, day=MAY, **facts) -> list[tuple]:
    plan = Succession(kind=kind, day=day, reason=ORDER, **facts)
    return [(each.code, each.field) for each in problems_of(plan, list(forces))]


def keep(record):
    return records.keep(record=record, by=None, at=AT)


def make_body(name="Mayor of the Vale", **facts) -> PolicingBody:
    return keep(
        PolicingBody(name=name, slug=name.lower().replace(" ", "-"), kind="mayor", office_name=f"O {name}", **facts)
    )


def test_a_new_body_for_forces_without_end_is_fine(body, westmarch, eastvale):
    assert problems(SuccessionKind.NEW_BODY, [westmarch, eastvale], **MAYOR) == []


def test_a_gap_before_the_new_body_is_refused_with_its_days(body, westmarch):
    term = Oversight.objects.get(force=westmarch)
    term.until = datetime.date(2028, 5, 1)
    keep(term)
    plan = Succession(kind=SuccessionKind.NEW_BODY, day=MAY, reason=ORDER, **MAYOR)
    (gap,) = problems_of(plan, [westmarch])
    assert (gap.code, gap.field) == ("gap", "day")
    assert DAYS.findall(gap.message) == ["1 May 2028", "4 May 2028", "2 May 2028"]
    assert problems(SuccessionKind.NEW_BODY, [westmarch], day=datetime.date(2028, 5, 2), **MAYOR) == []


def test_two_bodies_at_once_are_refused_with_the_day(body, westmarch):
    term = Oversight.objects.get(force=westmarch)
    term.until = MAY
    keep(term)
    keep(Oversight(body=make_body(), force=westmarch, since=MAY + A_DAY))
    assert problems(SuccessionKind.NEW_BODY, [westmarch], **MAYOR) == [("two-at-once", "day")]


def test_two_changes_of_one_day_give_a_force_one_body(body, westmarch, administrator):
    enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, **MAYOR)
    facts = MAYOR | {"body_name": "Board of the Marches"}
    assert problems(SuccessionKind.NEW_BODY, [westmarch], **facts) == [("two-at-once", "day")]
    assert problems(SuccessionKind.NEW_BODY, [westmarch], day=MAY + A_DAY, **facts) == []


def test_names_on_record_are_refused(body, westmarch, eastvale):
    named = MAYOR | {"body_name": body.name.upper()}
    assert problems(SuccessionKind.NEW_BODY, [westmarch], **named) == [("name-taken", "body_name")]
    both = [westmarch, eastvale]
    assert problems(SuccessionKind.MERGER, both, force_name="Eastvale police") == [("name-taken", "force_name")]
    prefix = MARCHES | {"reference_prefix": "WM"}
    assert problems(SuccessionKind.MERGER, both, **prefix) == [("prefix-taken", "reference_prefix")]
    assert problems(SuccessionKind.FORCE_DETAILS, [westmarch], force_name="Eastvale Police") == [
        ("name-taken", "force_name")
    ]


def test_a_body_that_takes_over_is_in_office_on_the_day(body, westmarch):
    late, gone = make_body(since=MAY + A_DAY), make_body("Board of the Vale", until=MAY - A_DAY)
    assert problems(SuccessionKind.OTHER_BODY, [westmarch], body=late) == [("before-start", "day")]
    assert problems(SuccessionKind.OTHER_BODY, [westmarch], body=gone) == [("after-end", "body")]
    assert problems(SuccessionKind.OTHER_BODY, [westmarch], body=body) == [("same-body", "body")]


def test_a_merger_needs_two_forces_or_one_that_takes_over(body, westmarch, eastvale):
    assert problems(SuccessionKind.MERGER, [westmarch], **MARCHES) == [("one-force", "forces")]
    assert problems(SuccessionKind.MERGER, [westmarch], successor=eastvale) == []
    assert problems(SuccessionKind.MERGER, [westmarch], successor=westmarch) == [("same-force", "forces")]
    assert problems(SuccessionKind.MERGER, [], **MARCHES) == [("no-force", "forces")]


def test_nothing_moves_out_of_a_register_that_was_handed_over_or_into_it(body, westmarch, eastvale):
    mark_handed_over(eastvale)
    eastvale.refresh_from_db()
    assert problems(SuccessionKind.MERGER, [westmarch, eastvale], **MARCHES) == [("handed-over", "forces")]
    assert problems(SuccessionKind.MERGER, [westmarch], successor=eastvale) == [("handed-over", "successor")]
    assert problems(SuccessionKind.SPLIT, [westmarch], successor=eastvale) == [("handed-over", "successor")]
    assert problems(SuccessionKind.NEW_BODY, [eastvale], **MAYOR) == []


def test_a_merger_has_one_force_that_takes_over(body, westmarch, eastvale):
    assert problems(SuccessionKind.MERGER, [westmarch, eastvale]) == [("no-successor", "force_name")]
    assert problems(SuccessionKind.MERGER, [westmarch], successor=eastvale, **MARCHES) == [
        ("two-successors", "successor")
    ]


def test_a_force_ends_once(body, westmarch, eastvale, administrator):
    enter(SuccessionKind.MERGER, [westmarch, eastvale], by=administrator, **MARCHES)
    assert problems(SuccessionKind.MERGER, [eastvale], successor=westmarch) == [("ends-already", "forces")]


def test_a_force_that_ends_earlier_leaves_a_gap(body, westmarch, eastvale):
    westmarch.until = MAY - 3 * A_DAY
    keep(westmarch)
    assert problems(SuccessionKind.MERGER, [westmarch], successor=eastvale) == [("gap", "day")]
    assert problems(SuccessionKind.NEW_BODY, [westmarch], **MAYOR) == [("after-end", "forces")]


def test_forces_of_different_bodies_say_which_oversees_the_new_one(body, westmarch, eastvale, administrator):
    enter(SuccessionKind.NEW_BODY, [eastvale], by=administrator, day=MAY - A_DAY, **MAYOR)
    both = [westmarch, eastvale]
    assert problems(SuccessionKind.MERGER, both, **MARCHES) == [("which-body", "body")]
    assert problems(SuccessionKind.MERGER, both, body=body, **MARCHES) == []
    assert problems(SuccessionKind.MERGER, both, day=MAY - 2 * A_DAY, **MARCHES) == []


def test_a_split_names_recommendations_of_the_register(body, westmarch, eastvale):
    make_tracked(make_inspection(westmarch))
    make_tracked(make_inspection(eastvale, title="Custody in Eastvale"))
    facts = MARCHES | {"references": "WM-0001 EV-0001; WM-0099"}
    plan = Succession(kind=SuccessionKind.SPLIT, day=MAY, reason=ORDER, **facts)
    (problem,) = problems_of(plan, [westmarch])
    assert (problem.code, problem.field) == ("not-in-register", "references")
    assert re.findall(r"[A-Z]{2}-\d+", problem.message) == ["EV-0001", "WM-0099"]
    facts["references"] = "WM-0001"
    assert problems(SuccessionKind.SPLIT, [westmarch], **facts) == []
    assert problems(SuccessionKind.SPLIT, [westmarch, eastvale], **facts) == [("several-forces", "forces")]


def test_new_details_change_something(body, westmarch, eastvale):
    assert problems(SuccessionKind.FORCE_DETAILS, [westmarch]) == [("nothing-changes", "forces")]
    same = {"force_name": westmarch.name}
    assert problems(SuccessionKind.FORCE_DETAILS, [westmarch], **same) == [("nothing-changes", "day")]
    assert problems(SuccessionKind.BODY_DETAILS, [], body=body) == [("nothing-changes", "body")]
    both = [westmarch, eastvale]
    assert problems(SuccessionKind.FORCE_DETAILS, both, chief_officer="A") == [("several-forces", "forces")]


def test_a_force_is_there_on_the_day(body, westmarch):
    late = keep(Force(name="Late Police", short_name="Late", slug="late", reference_prefix="LA", since=MAY + A_DAY))
    assert problems(SuccessionKind.NEW_BODY, [late], **MAYOR) == [("before-start", "forces")]
    assert problems(SuccessionKind.MERGER, [late], successor=westmarch) == [("before-start", "day")]
