"""What came after a day, in a few words: the entries that stand, and the last step of each closure."""

import datetime

import pytest

from recommendations.domain.register import closures, voices
from recommendations.domain.register.later import later
from tests.conftest import AT, TODAY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def by(officer):
    return {"by": officer, "at": AT}


def test_nothing_came_after_today(tracked, by):
    voices.log_force_update(tracked=tracked, done="Begun.", **by)
    assert later([tracked.pk], TODAY) == {tracked.pk: ""}


def test_entries_are_counted_from_the_day_after(tracked, by):
    for days in (0, 1, 2):
        voices.log_force_update(tracked=tracked, done="Begun.", effective_on=TODAY - days * DAY, **by)
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", **by)
    voices.set_target(tracked=tracked, target_on=TODAY + DAY, reason="Soon.", version=tracked.version, **by)
    assert later([tracked.pk], TODAY - 2 * DAY) == {tracked.pk: "2 updates, 1 assurance, 1 new target"}
    assert later([tracked.pk], TODAY - DAY) == {tracked.pk: "1 update, 1 assurance, 1 new target"}


def test_what_was_withdrawn_is_not_counted(tracked, by):
    update = voices.log_force_update(tracked=tracked, done="Begun.", **by)
    voices.withdraw(row=update, reason="Twice.", **by)
    assert later([tracked.pk], TODAY - DAY) == {tracked.pk: ""}


def test_each_closure_says_its_last_step(tracked, by, approver):
    decides = {"by": approver, "at": AT}
    for step, act in (
        (
            "Closure requested",
            lambda: closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", **by),
        ),
        ("Closure declined", lambda: closures.decline_closure(tracked=tracked, reason="Not yet.", **decides)),
    ):
        act()
        assert later([tracked.pk], TODAY - DAY) == {tracked.pk: step}
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", **by)
    closures.approve_closure(tracked=tracked, **decides)
    assert later([tracked.pk], TODAY - DAY) == {tracked.pk: "Closure declined, closed"}
    closures.reopen(tracked=tracked, reason="It failed.", **decides)
    assert later([tracked.pk], TODAY - DAY) == {tracked.pk: "Closure declined, reopened"}
