"""History in words: each verb is one line, with what it changed, and nothing of another force."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.audit.wording import verb_words
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.models import Inspection, Label, TrackedRecommendation
from recommendations.models.base import Guarded
from tests.conftest import make_inspection, make_tracked
from tests.domain.inspections.test_inspections import edit


def lines_of(record, user):
    record = type(record).objects.get(pk=record.pk)
    return tell(record, events_of(record, user=user), Label.objects.words())


def said(line) -> list[tuple]:
    """(row, field, before, after) of one line."""
    return [(row.title, change.field, change.before, change.after) for row in line.rows for change in row.changes]


def verbs(lines) -> list[str]:
    return [line.verb for line in lines]


def test_a_force_update_says_from_what_to_what(tracked, force_lead, officer, at):
    voices.log_force_update(tracked=tracked, done="Bells are tested.", position="accepted", by=force_lead, at=at)
    newest = lines_of(tracked, officer)[0]
    assert (newest.at, newest.actor, newest.verb, newest.reason) == (at, "Callum Tranter", "Force update added", "")
    assert said(newest) == [
        ("", "Force position", "", "Accepted"),
        ("", "Stage", "Awaiting allocation", "In progress"),
        ("Force update of 7 November 2026", "Day", "", "7 November 2026"),
        ("Force update of 7 November 2026", "What was done", "", "Bells are tested."),
    ]


def test_a_moved_target_says_why_once(tracked, officer, at):
    june, july = datetime.date(2026, 6, 30), datetime.date(2026, 7, 31)
    voices.set_target(tracked=tracked, target_on=june, by=officer, at=at)
    voices.set_target(tracked=tracked, target_on=july, reason="Two posts are empty.", by=officer, at=at)
    newest = lines_of(tracked, officer)[0]
    assert (newest.verb, newest.reason) == ("Target set or moved", "Two posts are empty.")
    assert said(newest) == [
        ("", "Target", "30 June 2026", "31 July 2026"),
        ("Target of 7 November 2026", "Day", "", "7 November 2026"),
    ]


def test_every_verb_on_a_recommendation_is_a_line(tracked, officer, approver, force_lead, at):
    update = voices.log_force_update(tracked=tracked, done="Done.", by=force_lead, at=at)
    voices.withdraw(row=update, reason="Wrong line.", by=force_lead, at=at)
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", by=officer, at=at)
    voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=at)
    closures.request_closure(tracked=tracked, outcome="implemented", reason="All done.", by=force_lead, at=at)
    closures.approve_closure(tracked=tracked, by=approver, at=at)
    closures.reopen(tracked=tracked, reason="It came back.", by=officer, at=at)
    edit(tracked.recommendation.inspection, at=at, by=officer, short_name="Cells")
    lines = lines_of(tracked, officer)
    assert verbs(lines) == [
        "Reopened",
        "Closure approved",
        "Closure requested",
        "HMICFRS status recorded",
        "OPCC assurance recorded",
        "Force update withdrawn",
        "Force update added",
        "Recommendation added",
    ]
    assert [line.sequence for line in lines] == sorted((line.sequence for line in lines), reverse=True)
    withdrawn = lines[5]
    assert withdrawn.reason == "Wrong line."
    assert ("", "Stage", "In progress", "Awaiting allocation") in said(withdrawn)


def test_the_offices_words_are_used(tracked, officer, at):
    records.keep(record=Label(vocabulary="stage", key="in_progress", words="Under way"), by=None, at=at)
    voices.log_force_update(tracked=tracked, done="Done.", by=officer, at=at)
    assert ("", "Stage", "Awaiting allocation", "Under way") in said(lines_of(tracked, officer)[0])


def test_a_correction_shows_both_texts(tracked, officer, at):
    recommendation = tracked.recommendation
    new = NewRecommendation(text="The force must test bells.", number="1", parts=("Daily.",))
    inspections.edit_recommendation(
        recommendation=recommendation, version=1, new=new, reason="Misread.", by=officer, at=at
    )
    newest = lines_of(recommendation, officer)[0]
    assert (newest.verb, newest.reason) == ("Recommendation corrected", "Misread.")
    assert said(newest) == [
        ("", "Text", "The force should test cell call bells daily.", "The force must test bells."),
        ("", "Deadline kind", "A date", "None"),
        ("", "Deadline on", "30 June 2026", ""),
        ("Part 1", "Text", "", "Daily."),
    ]
    assert said(lines_of(tracked, officer)[0]) == [
        ("", "Deadline kind", "A date", "None"),
        ("", "Deadline on", "30 June 2026", ""),
    ]


def test_a_force_lead_does_not_read_of_another_force(westmarch, eastvale, officer, force_lead, at):
    inspection = make_inspection([westmarch, eastvale])
    covers = [("Covers", "Force", "", "Westmarch Police"), ("Covers", "Force", "", "Eastvale Police")]
    assert said(lines_of(inspection, officer)[0])[-2:] == covers
    told = said(lines_of(inspection, force_lead)[0])
    assert [row for row in told if row[0]] == covers[:1]


def test_what_a_person_did_without_a_change_is_told(administrator, officer, at):
    records.set_password(person=officer, password="another long password", by=officer, at=at)
    line = lines_of(officer, administrator)[0]
    assert (line.verb, line.actor, line.rows) == ("Password set", "Hannah Whitlock", ())


def test_a_change_that_no_verb_made_is_told_all_the_same(inspection, officer):
    row = inspection.history.get()
    row.pk, row.title, row.history_actor = None, "Another title", "somebody"
    row.save()
    line = lines_of(inspection, officer)[0]
    assert (line.verb, line.actor, line.sequence) == ("Changed", "somebody", 0)
    assert said(line) == [("", "Title", "Custody in Westmarch", "Another title")]


def test_one_save_of_two_alike_is_paired_with_its_own_verb(inspection, officer, force_lead, at):
    later = at + datetime.timedelta(hours=1)
    for name, by, when in (("A", officer, at), ("B", force_lead, later), ("A", officer, later)):
        edit(Inspection.objects.get(), at=when, by=by, short_name=name)
    told = [(line.at, line.actor, said(line)[0][2:]) for line in lines_of(inspection, officer)[:3]]
    assert told == [
        (later, "Hannah Whitlock", ("B", "A")),
        (later, "Callum Tranter", ("A", "B")),
        (at, "Hannah Whitlock", ("Custody 26", "A")),
    ]


@pytest.mark.parametrize("updates", [1, 3])
def test_queries_do_not_grow_with_the_history(tracked, officer, force_lead, at, updates):
    for _ in range(updates):
        voices.log_force_update(tracked=tracked, done="Done.", by=force_lead, at=at)
    record = TrackedRecommendation.objects.with_record().get()
    with CaptureQueriesContext(connection) as asked:
        tell(record, events_of(record, user=officer), {})
    assert len(asked) == 9


def test_every_kept_model_has_words_for_its_verbs():
    models = [model for model in Guarded.__subclasses__() if not model._meta.abstract]
    assert verb_words("add_force") == "Force added"
    assert [verb_words(f"edit_{model._meta.model_name}") for model in models if model.__name__ == "User"] == [
        "Person changed"
    ]


def test_causes_and_numbers_are_named(inspection, officer, at):
    cause = inspections.add_recommendation(
        inspection=inspection, new=NewRecommendation(text="x", kind="cause_of_concern", number="1"), by=None, at=at
    )
    tracked = make_tracked(inspection, number="2")
    recommendation = tracked.recommendation
    new = NewRecommendation(text=recommendation.text, number="2")
    inspections.edit_recommendation(
        recommendation=recommendation, version=1, new=new, reason="It belongs there.", cause=cause, by=officer, at=at
    )
    assert said(lines_of(recommendation, officer)[0]) == [("", "Cause of concern", "", "Cause of concern 1")]
