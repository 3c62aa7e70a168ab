"""Each side withdraws what its own people recorded; what is withdrawn stays on record and no longer speaks."""

import datetime

import pytest

from recommendations.domain.register import voices
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.models import (
    Assurance,
    Delay,
    ForceUpdate,
    InspectorateStatus,
    TargetDate,
    TrailEntry,
    Weight,
)
from tests.refusals import refusal
from tests.standings import standing

TARGET = datetime.date(2026, 12, 31)
ADD = {
    ForceUpdate: lambda tracked, by, at: voices.log_force_update(tracked=tracked, done="x", by=by, at=at),
    Assurance: lambda tracked, by, at: voices.record_assurance(
        tracked=tracked, view="assured", rationale="x", by=by, at=at
    ),
    InspectorateStatus: lambda tracked, by, at: voices.record_inspectorate_status(
        tracked=tracked, status="complete", by=by, at=at
    ),
    TargetDate: lambda tracked, by, at: voices.set_target(tracked=tracked, target_on=TARGET, by=by, at=at),
    Weight: lambda tracked, by, at: weigh(tracked=tracked, risk="high", why="x", by=by, at=at),
    Delay: lambda tracked, by, at: record_delay(tracked=tracked, cause="resources", by=by, at=at),
}
FORCES_OWN = (ForceUpdate, TargetDate, Delay)


@pytest.mark.parametrize("voice", ADD)
def test_the_office_withdraws_what_it_recorded(tracked, officer, approver, force_lead, at, voice):
    row = ADD[voice](tracked, officer, at)
    with refusal("other-side", NotAllowed):
        voices.withdraw(row=row, reason="wrong", by=force_lead, at=at)
    voices.withdraw(row=row, reason="Recorded on the wrong line.", by=approver, at=at)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) == (at, approver, "Recorded on the wrong line.")


@pytest.mark.parametrize("voice", FORCES_OWN)
def test_a_force_withdraws_what_its_own_people_recorded(tracked, officer, force_lead, other_force_lead, at, voice):
    row = ADD[voice](tracked, force_lead, at)
    for other in (officer, other_force_lead):
        with refusal("other-side", NotAllowed):
            voices.withdraw(row=row, reason="wrong", by=other, at=at)
    voices.withdraw(row=row, reason="wrong", by=force_lead, at=at)
    assert list(voice.objects.standing()) == []


@pytest.mark.parametrize("voice", ADD)
def test_who_may_not_record_may_not_withdraw(tracked, administrator, member, force_lead, at, voice):
    assert not voices.may_withdraw(administrator, voice, None)
    assert not voices.may_withdraw(member, voice, None)
    assert voices.may_withdraw(force_lead, voice, force_lead.force_id) == (voice in FORCES_OWN)


def test_a_withdrawal_is_one_entry_and_the_row_before_speaks_again(tracked, officer, at):
    voices.record_assurance(tracked=tracked, view="assured", rationale="First.", by=officer, at=at)
    row = voices.record_assurance(tracked=tracked, view="not_assured", rationale="Second.", by=officer, at=at)
    before = TrailEntry.objects.count()
    voices.withdraw(row=row, reason="A slip.", by=officer, at=at)
    assert list(TrailEntry.objects.order_by("sequence").values_list("verb", "reason")[before:]) == [
        ("withdraw_assurance", "A slip.")
    ]
    assert standing(tracked).assurance == "assured"


def test_a_withdrawal_needs_a_reason_and_happens_once(tracked, officer, at):
    row = voices.record_assurance(tracked=tracked, view="assured", rationale="x", by=officer, at=at)
    with refusal("no-reason"):
        voices.withdraw(row=row, reason=" ", by=officer, at=at)
    voices.withdraw(row=row, reason="A slip.", by=officer, at=at)
    with refusal("withdrawn"):
        voices.withdraw(row=row, reason="Again.", by=officer, at=at)
