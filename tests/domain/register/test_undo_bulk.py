"""Undoing a change of many: each is as it was, as one act, until something was built on it; all of it stays on file."""

import datetime

import pytest

from recommendations import trail
from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, voices
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.bulk.undo import bulk_acts, read_bulk_acts, undo_bulk_change, why_not_undone
from recommendations.domain.register.transfers import transfer
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import Closure, InspectorateStatus, Standing, TargetDate, TrailEntry
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.register.test_bulk import DO, SOME, assert_whole, rows, versions
from tests.per_module import per_module
from tests.refusals import refusal
from tests.standings import latest, stored

HOUR = datetime.timedelta(hours=1)
LATER, LAST = AT + HOUR, AT + 2 * HOUR
MAY = datetime.date(2027, 5, 1)
FACTS = [
    "stage", "position", "last_update_on", "forecast_on", "assurance", "assurance_on", "inspectorate_status",
    "inspectorate_status_on", "target_on", "first_target_on", "target_moves", "closed_on", "closure_requested_on",
    "chief_officer_lead", "opcc_lead", "tracked__business_lead",
]  # fmt: skip


@per_module
def three(westmarch, officer):
    inspection = make_inspection(westmarch)
    made = [make_tracked(inspection, number=str(each), text=f"Text {each}.") for each in (1, 2, 3)]
    first, second, _ = made
    leads = {"chief_officer_lead": "ACC Rowe", "business_lead": "", "opcc_lead": "Hannah"}
    inspections.edit_tracked(tracked=first, version=1, by=officer, at=AT, **leads)
    voices.set_target(tracked=first, target_on=MAY, by=officer, at=AT)
    voices.log_force_update(tracked=first, done="Begun.", forecast_on=MAY, by=officer, at=AT)
    voices.record_inspectorate_status(tracked=second, status="being_progressed", by=officer, at=AT)
    return made


def facts() -> list[tuple]:
    return list(Standing.objects.now().order_by("tracked").values_list(*FACTS))


def entry() -> TrailEntry:
    return TrailEntry.objects.order_by("sequence").last()


@pytest.mark.on_postgresql
@pytest.mark.parametrize("what", SOME)
def test_each_is_as_it_was_and_it_is_one_entry(three, officer, what):
    before = facts()
    DO[what](versions=versions(), by=officer, at=LATER)
    assert facts() != before
    done = entry()
    undo_bulk_change(entry=done, reason=" The wrong list. ", by=officer, at=LAST)
    assert facts() == before
    told = entry()
    assert (told.sequence, told.verb, told.reason) == (done.sequence + 1, "undo_bulk_change", "The wrong list.")
    assert (told.subject_model, told.subject_id) == ("recommendations.trailentry", done.pk)
    assert_whole(rows())


def test_what_was_recorded_stays_on_file_withdrawn(three, officer):
    DO["status"](versions=versions(), by=officer, at=LATER)
    undo_bulk_change(entry=entry(), reason="Wrong list.", by=officer, at=LAST)
    found = InspectorateStatus.objects.filter(recorded_at=LATER)
    assert {(row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) for row in found} == {
        (LAST, officer, "Wrong list.")
    }
    assert found.count() == 3


def test_closures_that_were_asked_for_are_declined(three, officer, approver):
    DO["closure"](versions=versions(), by=officer, at=LATER)
    undo_bulk_change(entry=entry(), reason="Too early.", by=approver, at=LAST)
    said = Closure.objects.values_list("state", "decision_reason", "decided_by")
    assert list(said) == [("declined", "Too early.", approver.pk)] * 3


def test_after_something_was_built_on_it_is_refused_by_name(three, officer):
    DO["leads"](versions=versions(), by=officer, at=LATER)
    done = entry()
    voices.log_force_update(tracked=three[1], done="Seen to.", by=officer, at=LATER)
    before = facts()
    with pytest.raises(Refusal) as refused:
        undo_bulk_change(entry=done, reason="Wrong.", by=officer, at=LAST)
    says = why_not_undone(*read_bulk_acts([done]), officer)
    assert (refused.value.message, "WM-0002: force update added on 7 November 2026." in says) == (says, True)
    assert facts() == before


def test_what_wrote_nothing_is_not_built_on_it(three, officer):
    before = facts()
    DO["leads"](versions=versions(), by=officer, at=LATER)
    done = entry()
    trail.record(by=officer, at=LATER, verb="export_tracked", subject=three[0])
    undo_bulk_change(entry=done, reason="Wrong.", by=officer, at=LAST)
    assert facts() == before


def test_a_decided_closure_is_built_on_it(three, officer, approver):
    DO["closure"](versions=versions(), by=officer, at=LATER)
    done = entry()
    closures.approve_closure(tracked=three[0], by=approver, at=LATER)
    with pytest.raises(Refusal, match="WM-0001: closure approved on 7 November 2026"):
        undo_bulk_change(entry=done, reason="Wrong.", by=approver, at=LAST)


def test_it_is_undone_once_with_a_reason_and_by_its_own_side(three, officer, force_lead):
    DO["target"](versions=versions(), by=officer, at=LATER)
    done = entry()
    with refusal("no-reason") as refused:
        undo_bulk_change(entry=done, reason=" ", by=officer, at=LAST)
    assert refused.value.field == "reason"
    with refusal("other-side", NotAllowed):
        undo_bulk_change(entry=done, reason="Wrong.", by=force_lead, at=LAST)
    undo_bulk_change(entry=done, reason="Wrong.", by=officer, at=LAST)
    with pytest.raises(Refusal, match="undone already, by Hannah Whitlock"):
        undo_bulk_change(entry=done, reason="Wrong.", by=officer, at=LAST)
    assert TargetDate.objects.filter(withdrawn_at=LAST).count() == 3


def test_each_side_sees_its_own(three, officer, force_lead):
    DO["leads"](versions=versions(), by=officer, at=LATER)
    DO["target"](versions=versions(), by=force_lead, at=LAST)
    told = {person: [each.words for each in read_bulk_acts(bulk_acts(person))] for person in (officer, force_lead)}
    assert told == {officer: ["Leads changed"], force_lead: ["Target set or moved"]}


def test_a_change_after_an_undone_one_can_be_undone(three, officer):
    before = facts()
    for what in ("status", "assurance"):
        DO[what](versions=versions(), by=officer, at=LATER)
        undo_bulk_change(entry=entry(), reason="Again.", by=officer, at=LAST)
    assert facts() == before
    assert all(stored(row) == latest(row) for row in rows())


def test_an_update_of_many_carries_on_what_each_said(three, officer):
    bulk.log_update_for_many(versions=versions(), done="Seen to.", stage="pending_sign_off", by=officer, at=LATER)
    assert [(row.standing.stage, row.standing.forecast_on) for row in rows()] == [
        ("pending_sign_off", MAY),
        ("pending_sign_off", None),
        ("pending_sign_off", None),
    ]


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda **facts: bulk.record_status_of_many(status="gone", **facts), "status"),
        (lambda **facts: bulk.record_status_of_many(status="", **facts), "status"),
        (lambda **facts: bulk.log_update_for_many(done=" ", **facts), "done"),
        (lambda **facts: bulk.log_update_for_many(done="Done.", stage="gone", **facts), "stage"),
        (lambda **facts: bulk.record_assurance_of_many(view="gone", rationale="Why.", **facts), "view"),
        (lambda **facts: bulk.record_assurance_of_many(view="assured", rationale=" ", **facts), "rationale"),
        (
            lambda **facts: bulk.record_status_of_many(
                status="complete", effective_on=datetime.date(2026, 11, 8), **facts
            ),
            "effective_on",
        ),
        (
            lambda **facts: bulk.record_status_of_many(
                status="complete", effective_on=datetime.date(2026, 1, 14), **facts
            ),
            None,
        ),
    ],
)
def test_each_is_checked_by_the_rules_of_one(three, officer, act, field):
    before = TrailEntry.objects.count()
    with pytest.raises(Refusal) as refused:
        act(versions=versions(), by=officer, at=LATER)
    assert (refused.value.field, TrailEntry.objects.count()) == (field, before)


def test_what_a_force_no_longer_sees_is_not_named(three, force_lead, eastvale, officer):
    bulk.log_update_for_many(versions=versions(), done="Trained.", by=force_lead, at=LATER)
    done = entry()
    transfer(tracked=three[1], to_force=eastvale, reason="Merged.", by=officer, at=LAST)
    (found,) = read_bulk_acts([done])
    assert why_not_undone(found, force_lead) == (
        "It cannot be undone, because more has been recorded since. On recommendations that you can no longer see."
    )
    voices.record_inspectorate_status(tracked=three[2], status="complete", by=officer, at=LAST)
    seen = why_not_undone(found, force_lead)
    assert (str(three[1]) in seen, str(three[2]) in seen, seen.endswith("; and 1 more.")) == (False, True, True)
    assert str(three[1]) in why_not_undone(found, officer)


def test_a_recommendation_that_stands_as_it_did_counts_too(three, officer):
    """Its update is a second one of that day, so that nothing but the row is new."""
    bulk.log_update_for_many(versions=versions(), done="Trained.", by=officer, at=LATER)
    (found,) = read_bulk_acts([entry()])
    assert (found.number, found.tracked) == (3, {each.pk for each in three})
    voices.record_inspectorate_status(tracked=three[0], status="complete", by=officer, at=LAST)
    assert "WM-0001: " in why_not_undone(found, officer)
