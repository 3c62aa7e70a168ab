"""The voices: rows are added, the latest speaks, and the cache says what the rows say."""

import datetime
from functools import partial

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.register import closures, voices
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.models import ForceUpdate, TrackedRecommendation, TrailEntry
from recommendations.trail import WriteOutsideVerb
from tests.conftest import make_tracked
from tests.refusals import refusal, refusal_of
from tests.standings import latest, stored


def test_an_update_needs_only_what_was_done(tracked, force_lead, at, today):
    row = voices.log_force_update(tracked=tracked, done="Bells are tested daily.", by=force_lead, at=at)
    assert (row.effective_on, row.stage, row.position, row.forecast_on) == (today, "in_progress", "", None)
    assert stored(tracked) == latest(tracked)
    assert stored(tracked)["last_update_on"] == today


def test_a_late_recorded_update_does_not_speak_over_a_newer_one(tracked, force_lead, at):
    voices.log_force_update(tracked=tracked, done="New.", stage="pending_sign_off", by=force_lead, at=at)
    earlier = datetime.date(2026, 3, 1)
    voices.log_force_update(
        tracked=tracked, done="Old.", stage="in_progress", effective_on=earlier, by=force_lead, at=at
    )
    assert stored(tracked)["stage"] == "pending_sign_off"
    assert latest(tracked, as_at=datetime.date(2026, 4, 1))["stage"] == "in_progress"


@pytest.mark.parametrize("day", [datetime.date(2026, 11, 8), datetime.date(2026, 1, 14)])
def test_an_impossible_day_is_refused(tracked, force_lead, at, day):
    with pytest.raises(Refusal) as refused:
        voices.log_force_update(tracked=tracked, done="x", effective_on=day, by=force_lead, at=at)
    assert refused.value.field == "effective_on"
    assert tracked.updates.count() == 0


def test_a_new_forecast_is_not_before_the_day_of_its_update(tracked, force_lead, at, today):
    """One that stood before may have passed, and what is entered for an earlier day had its forecast then."""
    march, april = datetime.date(2026, 3, 1), datetime.date(2026, 4, 1)
    log = partial(voices.log_force_update, tracked=tracked, done="x", by=force_lead, at=at)
    past = ("in-the-past", "forecast_on")
    assert refusal_of(log, forecast_on=today - datetime.timedelta(days=1)) == past
    assert refusal_of(log, effective_on=april, forecast_on=march) == past
    assert log(effective_on=march, forecast_on=april).forecast_on == april
    assert (log().forecast_on, log(forecast_on=april).forecast_on, log(forecast_on=None).forecast_on) == (
        april,
        april,
        None,
    )
    assert refusal_of(log, forecast_on=april) == past
    assert log(forecast_on=today).forecast_on == today


def test_moving_a_target_needs_a_reason_and_counts(tracked, force_lead, at):
    june, july = datetime.date(2026, 6, 30), datetime.date(2026, 7, 31)
    voices.set_target(tracked=tracked, target_on=june, by=force_lead, at=at)
    with refusal("no-reason"):
        voices.set_target(tracked=tracked, target_on=july, by=force_lead, at=at)
    voices.set_target(tracked=tracked, target_on=july, reason="Short of two posts.", by=force_lead, at=at)
    now = stored(tracked)
    assert (now["first_target_on"], now["target_on"], now["target_moves"]) == (june, july, 1)


def test_a_target_moved_by_somebody_else_is_stale(tracked, force_lead, officer, at):
    seen = TrackedRecommendation.objects.get(pk=tracked.pk).version
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 6, 30), by=force_lead, at=at, version=seen)
    with pytest.raises(Stale) as stale:
        voices.set_target(tracked=tracked, target_on=datetime.date(2026, 7, 1), by=officer, at=at, version=seen)
    assert stale.value.theirs.standing.target_on == datetime.date(2026, 6, 30)


def test_nobody_decides_their_own_closure(tracked, approver, at):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=approver, at=at)
    with pytest.raises(NotAllowed):
        closures.approve_closure(tracked=tracked, by=approver, at=at)
    assert closures.state_of(TrackedRecommendation.objects.get(pk=tracked.pk)) == "pending closure"


def test_close_and_reopen(tracked, officer, approver, at, today):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=at)
    closures.approve_closure(tracked=tracked, by=approver, at=at)
    assert stored(tracked)["closed_on"] == today
    with refusal("closed"):
        closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=at)
    closures.reopen(tracked=tracked, reason="Bells failed again.", by=officer, at=at)
    assert stored(tracked)["closed_on"] is None
    assert closures.state_of(TrackedRecommendation.objects.get(pk=tracked.pk)) == "open"
    assert verification.verify() == []


def test_nothing_is_saved_outside_a_verb(tracked):
    with pytest.raises(WriteOutsideVerb):
        tracked.save()
    with pytest.raises(WriteOutsideVerb):
        TrackedRecommendation.objects.update(opcc_lead="x")


@pytest.mark.on_postgresql
def test_a_tampered_row_is_named(tracked, officer, at):
    voices.log_force_update(tracked=tracked, done="Bells are tested daily.", by=officer, at=at)
    assert verification.verify() == []
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE recommendations_forceupdate SET done = 'Nothing.'")
    (problem,) = verification.verify()
    assert "force update" in problem
    assert "done" in problem
    assert TrailEntry.objects.filter(verb="log_force_update").count() == 1


def test_the_latest_row_of_each_is_that_of_the_day_and_as_known_at_the_moment(inspection, force_lead, at):
    first, second, silent = (make_tracked(inspection, number=number) for number in ("1", "2", "3"))
    later = at + datetime.timedelta(hours=1)
    days = [datetime.date(2026, 2, day) for day in (1, 2, 3)]
    log = partial(voices.log_force_update, by=force_lead)
    log(tracked=first, done="A.", effective_on=days[1], at=at)
    log(tracked=first, done="B.", effective_on=days[0], at=later)
    log(tracked=second, done="C.", effective_on=days[1], at=at)
    log(tracked=second, done="D.", effective_on=days[1], at=later)
    withdrawn = log(tracked=second, done="E.", effective_on=days[2], at=later)
    voices.withdraw(row=withdrawn, reason="A mistake.", by=force_lead, at=later)

    def said(*when) -> dict:
        rows = ForceUpdate.objects.filter(tracked__in=[first, second, silent]).standing(*when)
        return dict(rows.latest_of_each().values_list("tracked", "done"))

    assert said() == {first.pk: "A.", second.pk: "D."}
    assert said(days[0]) == {first.pk: "B."}
    assert said(days[2], at) == {first.pk: "A.", second.pk: "C."}
