"""Spans say for each day what the dated rows say, whatever happened in whatever order."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given, settings

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import voices
from recommendations.domain.register.as_at import as_at
from recommendations.enums import RecommendationKind
from recommendations.models import ClosingLine, RagRule, ScrutinyReport, Span, TrackedRecommendation
from recommendations.models.spans import FOREVER
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.stories import BEGAN, EVENTS, Story
from tests.domain.papers.world import BEFORE, close, file_paper, moment
from tests.examples import examples

A_DAY = datetime.timedelta(days=1)
SAID = ("position", "stage", "forecast_on", "first_target_on")
KEPT = ("directed_to_force", "deadline_kind", "deadline_on")
FIXED = ("pk", "force", "recommendation__kind", "recommendation__cause", *KEPT)
SPANNED = ("tracked", "force", "kind", "cause", *KEPT, *SAID)


def from_dated_rows(day) -> set:
    rows = as_at(TrackedRecommendation.on_file.all(), day, RagRule.objects.on(day))
    return set(rows.filter(at_closed_on__isnull=True).values_list(*FIXED, *(f"at_{name}" for name in SAID)))


def assert_days_agree() -> None:
    """On each day on which a span begins or ends, on the day before, and long before and after."""
    edges = {day for span in Span.objects.all() for day in (span.since, span.until)} - {FOREVER}
    for day in {day - back for day in edges for back in (0 * A_DAY, A_DAY)} | {BEGAN - 90 * A_DAY, BEGAN + 900 * A_DAY}:
        spans = list(Span.objects.on(day).values_list(*SPANNED))
        assert len(spans) == len(set(spans))
        assert set(spans) == from_dated_rows(day), day


@settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(events=EVENTS)
def test_after_any_story_the_spans_of_each_day_are_what_the_dated_rows_say(
    westmarch, eastvale, body, officer, approver, events
):
    with transaction.atomic():
        story = Story([westmarch, eastvale], officer, approver)
        story.begin()
        for event in events:
            story.apply(*event)
        assert_days_agree()
        assert list(Span.objects.wrong()) == []
        transaction.set_rollback(True)


def test_a_span_ends_where_something_new_is_said_and_where_it_is_closed(tracked, officer, approver):
    on = tracked.tracked_on
    days = [on + datetime.timedelta(days=number) for number in (10, 20, 30)]
    said = {"tracked": tracked, "by": officer}
    voices.log_force_update(done="Begun.", stage="in_progress", effective_on=days[0], at=moment(days[0]), **said)
    voices.set_target(target_on=days[2], reason="", effective_on=days[1], at=moment(days[1]), **said)
    close(tracked, officer, approver, days[2])
    found = Span.objects.filter(tracked=tracked).order_by("since")
    assert list(found.values_list("since", "until", "stage", "first_target_on")) == [
        (on, days[0], "awaiting_allocation", None),
        (days[0], days[1], "in_progress", None),
        (days[1], days[2], "in_progress", days[2]),
    ]


def test_what_has_no_day_is_as_it_is_now(westmarch, eastvale, body, officer):
    inspection = make_inspection([westmarch, eastvale])
    asked = make_tracked(inspection).recommendation
    edited = {"by": officer, "at": AT, "reason": "Misread."}
    new = NewRecommendation(kind=RecommendationKind.AREA_FOR_IMPROVEMENT, number="1", text=asked.text)
    inspections.edit_recommendation(recommendation=asked, version=asked.version, new=new, **edited)
    assert set(Span.objects.values_list("kind", flat=True)) == {RecommendationKind.AREA_FOR_IMPROVEMENT}
    on = inspection.published_on + A_DAY
    inspections.edit_inspection(
        inspection=inspection, version=inspection.version, forces=[westmarch, eastvale], published_on=on, **edited
    )
    ours = TrackedRecommendation.objects.get(force=westmarch)
    inspections.edit_tracked(tracked=ours, version=ours.version, directed_to_force=False, **edited)
    found = Span.objects.order_by("force__slug").values_list("force__slug", "since", "until", "directed_to_force")
    assert list(found) == [("eastvale", on, FOREVER, True), ("westmarch", on, FOREVER, False)]


def test_what_has_nothing_to_do_with_spans_leaves_them_alone(tracked, officer, at):
    before = set(Span.objects.values_list())
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", by=officer, at=at)
    assert set(Span.objects.values_list()) == before


def test_what_was_on_file_before_there_were_spans_gets_them(westmarch, eastvale, body, officer, approver):
    migration = import_module("recommendations.migrations.0033_spans")
    story = Story([westmarch, eastvale], officer, approver)
    story.begin()
    for event in ((0, "close", 80, 0), (0, "reopen", 90, 0), (1, "target", 60, 3), (2, "update", 70, 0)):
        story.apply(*event)
    paper = file_paper(westmarch, officer, approver, moment(BEGAN + 200 * A_DAY), *BEFORE)
    kept = list(paper.closing_lines.order_by("tracked").values_list("tracked"))
    models.QuerySet(ScrutinyReport).update(open_now=None, overdue_now=None)
    for model in (Span, ClosingLine):
        model.objects.all().delete()
    migration.make_spans(apps, connection.schema_editor())
    migration.make_closing_lines(apps, connection.schema_editor())
    assert list(Span.objects.wrong()) == []
    found = ScrutinyReport.objects.get()
    assert (found.open_now, found.overdue_now) == (paper.open_now, paper.overdue_now)
    assert list(found.closing_lines.order_by("tracked").values_list("tracked")) == kept != []


def test_spans_that_were_tampered_with_are_found_and_made_anew(tracked):
    call_command("verify_spans")
    Span.objects.filter(tracked=tracked).update(stage="in_progress")
    with pytest.raises(CommandError, match="The spans of 1 are not what the records say"):
        call_command("verify_spans")
    call_command("verify_spans", "--repair")
    assert list(Span.objects.wrong()) == []
    Span.objects.all().delete()
    with pytest.raises(CommandError, match="of 1 are not"):
        call_command("verify_spans")
