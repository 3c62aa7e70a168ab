"""Standing says for each day what the dated rows say, whatever happened in whatever order."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import rag, restrictions, voices
from recommendations.domain.register.as_at import FIELDS, as_at, force_on, standings_as_known
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.enums import RecommendationKind
from recommendations.models import RagRule, Standing, TrackedRecommendation
from recommendations.models.register.rechecks import Recheck
from recommendations.models.register.standing import UNDATED, rebuild_if_empty
from recommendations.models.register.standing_rows import COLUMNS, FOREVER, VOICES, derivation
from recommendations.models.register.voices import TargetDate
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.stories import BEGAN, EVENTS, Story
from tests.domain.papers.world import close, moment
from tests.environment import SOAK
from tests.examples import examples

A_DAY = datetime.timedelta(days=1)
JUDGED = ("counts_from", "close_down_on", "rag")
ALIKE = (*UNDATED, *FIELDS, *JUDGED)


def from_dated_rows(day) -> set:
    rows = as_at(TrackedRecommendation.on_file.all(), day, RagRule.objects.on(day))
    return set(rows.values_list("pk", force_on(day, None), "recommendation__kind", "recommendation__cause", *ALIKE))


def judged(rows, day) -> list:
    found = rag.annotate_colours(rows, day, RagRule.objects.on(day))
    return list(found.values_list("tracked", "force", "kind", "cause", *ALIKE))


def edges() -> list:
    """Each day on which a row begins or ends, the day before, and long before and after; in the suite every third."""
    days = {day for row in Standing.objects.all() for day in (row.since, row.until)} - {FOREVER}
    around = {day - back for day in days for back in (0 * A_DAY, A_DAY)}
    return sorted(around | {BEGAN - 90 * A_DAY, BEGAN + 900 * A_DAY})[:: 1 if SOAK else 3]


def assert_days_agree(user) -> None:
    """The rows of each day, and what the register lists of it, are what the dated rows say."""
    for day in edges():
        rows, right = judged(Standing.objects.on(day), day), from_dated_rows(day)
        assert len(rows) == len(right)
        assert set(rows) == right, day
        assert_listed(user, day, right)


def assert_listed(user, day, right: set) -> None:
    colour = 4 + ALIKE.index("rag")
    rule = RagRule.objects.on(day)
    shown = Listing(RegisterQuery(day=day, past=True, show=CountedRows.ALL), user, rule)
    assert set(shown.ids) == {row[0] for row in right}
    colours = [row[colour] for row in right]
    assert shown.colours == {each: colours.count(each) for each in colours}


@settings(max_examples=examples(10))
@given(events=EVENTS)
def test_after_any_story_each_day_stands_as_the_dated_rows_say(westmarch, eastvale, body, officer, approver, events):
    with transaction.atomic():
        story = Story([westmarch, eastvale], officer, approver)
        story.begin()
        for event in events:
            story.apply(*event)
        assert_days_agree(officer)
        assert list(Standing.objects.wrong()) == []
        transaction.set_rollback(True)


def test_each_voice_is_asked_once_for_the_row_that_speaks():
    """And once for its days; targets for the first and their number too, looks at closures for their decisions."""
    sql = derivation([1])
    asked = {model: sql.count(f"FROM {model._meta.db_table} ") for model in VOICES.values()}
    assert asked == dict.fromkeys(VOICES.values(), 2) | {TargetDate: 4, Recheck: 3}


def test_each_column_is_derived():
    assert list(COLUMNS) == [each.column for each in Standing._meta.concrete_fields if not each.primary_key]


def test_a_row_ends_where_something_new_is_said_and_where_it_is_closed(tracked, officer, approver):
    on = tracked.tracked_on
    days = [on + datetime.timedelta(days=number) for number in (10, 20, 30)]
    said = {"tracked": tracked, "by": officer}
    voices.log_force_update(done="Begun.", stage="in_progress", effective_on=days[0], at=moment(days[0]), **said)
    voices.set_target(target_on=days[2], reason="", effective_on=days[1], at=moment(days[1]), **said)
    close(tracked, officer, approver, days[2])
    found = Standing.objects.filter(tracked=tracked).order_by("since")
    assert list(found.values_list("since", "until", "stage", "first_target_on", "outcome")) == [
        (on, days[0], "awaiting_allocation", None, ""),
        (days[0], days[1], "in_progress", None, ""),
        (days[1], days[2], "in_progress", days[2], ""),
        (days[2], FOREVER, "in_progress", days[2], "implemented"),
    ]


@pytest.mark.parametrize(
    "order", [(30, 10, 20), *(pytest.param(each, marks=pytest.mark.soak) for each in [(10, 20, 30), (20, 30, 10)])]
)
def test_what_is_said_of_a_day_and_withdrawn_changes_the_rows_from_that_day(tracked, officer, order):
    at = moment(tracked.tracked_on + 40 * A_DAY)
    for number in order:
        day = tracked.tracked_on + number * A_DAY
        before = set(Standing.objects.filter(until__lt=day).values_list("pk"))
        voices.log_force_update(tracked=tracked, done="Begun.", effective_on=day, by=officer, at=at)
        assert set(Standing.objects.filter(until__lt=day).values_list("pk")) == before
        assert list(Standing.objects.wrong()) == []
    for row in tracked.updates.order_by("pk"):
        before = set(Standing.objects.filter(until__lt=row.effective_on).values_list("pk"))
        voices.withdraw(row=row, reason="Wrong.", by=officer, at=at)
        assert set(Standing.objects.filter(until__lt=row.effective_on).values_list("pk")) == before
        assert list(Standing.objects.wrong()) == []


def test_what_was_known_before_can_be_asked_like_what_is_known_now(tracked, officer):
    on = tracked.tracked_on
    late = AT + A_DAY
    voices.log_force_update(
        tracked=tracked, done="Begun.", stage="in_progress", effective_on=on + 10 * A_DAY, by=officer, at=late
    )
    day = on + 20 * A_DAY
    before, after = (standings_as_known(day, at) for at in (AT, late))
    assert list(before.values_list("tracked__reference", "stage")) == [(tracked.reference, "awaiting_allocation")]
    assert list(after.filter(stage="in_progress").values_list("tracked", flat=True)) == [tracked.pk]
    assert judged(after, day) == judged(Standing.objects.on(day), day)


def test_a_restriction_stands_from_its_day(tracked, officer, at, today):
    restrictions.restrict(tracked=tracked, reason="Sub judice.", by=officer, at=at)
    days = (today - A_DAY, today)
    assert [Standing.objects.on(day).values_list("restricted", flat=True).get() for day in days] == [False, True]


def test_what_has_no_day_is_as_it_is_now(westmarch, eastvale, body, officer):
    inspection = make_inspection([westmarch, eastvale])
    asked = make_tracked(inspection).recommendation
    edited = {"by": officer, "at": AT, "reason": "Misread."}
    new = NewRecommendation(kind=RecommendationKind.AREA_FOR_IMPROVEMENT, number="1", text=asked.text)
    inspections.edit_recommendation(recommendation=asked, version=asked.version, new=new, **edited)
    assert set(Standing.objects.values_list("kind", flat=True)) == {RecommendationKind.AREA_FOR_IMPROVEMENT}
    on = inspection.published_on + A_DAY
    inspections.edit_inspection(
        inspection=inspection, version=inspection.version, forces=[westmarch, eastvale], published_on=on, **edited
    )
    ours = TrackedRecommendation.objects.get(force=westmarch)
    inspections.edit_tracked(tracked=ours, version=ours.version, directed_to_force=False, **edited)
    found = Standing.objects.order_by("force__slug").values_list("force__slug", "since", "until", "directed_to_force")
    assert list(found) == [("eastvale", on, FOREVER, True), ("westmarch", on, FOREVER, False)]


def test_what_nothing_is_asked_of_leaves_the_rows_alone(tracked, officer, at):
    before = set(Standing.objects.values_list())
    facts = {"reference": tracked.reference, "business_lead": "Supt Lowe"}
    inspections.edit_tracked(tracked=tracked, version=tracked.version, by=officer, at=at, **facts)
    assert set(Standing.objects.values_list()) == before


def test_a_migration_that_left_no_rows_is_followed_by_all_of_them(westmarch, eastvale, body, officer, approver):
    story = Story([westmarch, eastvale], officer, approver)
    story.begin()
    for event in ((0, "close", 80, 0), (0, "reopen", 90, 0), (1, "target", 60, 3), (2, "update", 70, 0)):
        story.apply(*event)
    Standing.objects.all().delete()
    rebuild_if_empty()
    assert list(Standing.objects.wrong()) == []


def test_rows_that_were_tampered_with_are_found_and_derived_again(tracked):
    call_command("verify_standing")
    Standing.objects.filter(tracked=tracked).update(stage="in_progress")
    with pytest.raises(CommandError, match="1 recommendation does not stand as the records say"):
        call_command("verify_standing")
    call_command("verify_standing", "--repair")
    assert list(Standing.objects.wrong()) == []
    Standing.objects.all().delete()
    with pytest.raises(CommandError, match="1 recommendation does not stand"):
        call_command("verify_standing")
