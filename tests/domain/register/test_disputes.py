"""What is said where the force does not accept a recommendation, and what the office decides about it."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction

from recommendations.domain.register import disputes, voices
from recommendations.domain.register.entries import entries_for, latest_of_step
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import Dispute, Standing
from tests.conftest import AT, TODAY
from tests.per_module import per_module
from tests.refusals import refusal
from tests.standings import standing

A_DAY = datetime.timedelta(days=1)
REVIEW = TODAY + 60 * A_DAY


@per_module
def disputed(tracked, force_lead):
    voices.log_force_update(tracked=tracked, done="We do not accept it.", position="not_accepted", by=force_lead, at=AT)
    tracked.refresh_from_db()
    return tracked


def give_reason(tracked, by, **facts):
    return disputes.record_dispute_reason(tracked=tracked, text="The court list is not ours.", by=by, at=AT, **facts)


def decide(tracked, by, **facts):
    facts = {"decision": "disagrees", "text": "Lists can be shared.", "review_on": REVIEW} | facts
    return disputes.decide_dispute(tracked=tracked, by=by, at=AT, **facts)


def test_reason_reply_and_decision_by_two_people(disputed, force_lead, officer, approver):
    give_reason(disputed, force_lead, said_by="DCC Nair")
    disputes.record_dispute_reply(tracked=disputed, text="It stands.", said_by="HM Inspector", by=officer, at=AT)
    row = decide(disputed, approver)
    assert (row.asked_by, row.recorded_by) == (force_lead, approver)
    said = entries_for(disputed)
    assert [latest_of_step(said, step).text for step in ("reason", "reply", "decision")] == [
        "The court list is not ours.",
        "It stands.",
        "Lists can be shared.",
    ]
    assert (standing(disputed).dispute_decision, standing(disputed).dispute_review_on) == ("disagrees", REVIEW)


def test_who_recorded_the_reason_does_not_decide(disputed, approver):
    give_reason(disputed, approver)
    with pytest.raises(NotAllowed):
        decide(disputed, approver)


@pytest.mark.on_postgresql
def test_the_database_holds_that_two_decide(disputed, officer, approver):
    give_reason(disputed, officer)
    row = decide(disputed, approver)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET asked_by_id = recorded_by_id WHERE id = {row.pk}")


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"text": " "}, "text", "required"),
        ({"decision": "perhaps"}, "decision", "required"),
        ({"review_on": TODAY}, "review_on", "not-later"),
    ],
)
def test_a_decision_refused(disputed, officer, approver, facts, field, code):
    give_reason(disputed, officer)
    with refusal(code) as refused:
        decide(disputed, approver, **facts)
    assert refused.value.field == field


def test_there_is_no_dispute_without_a_reason_or_where_the_force_accepts(disputed, officer, approver, force_lead):
    with pytest.raises(Refusal, match=re.escape(disputes.NO_REASON)):
        decide(disputed, approver)
    give_reason(disputed, officer)
    decide(disputed, approver)
    voices.log_force_update(tracked=disputed, done="We do now.", position="accepted", by=force_lead, at=AT + A_DAY)
    disputed.refresh_from_db()
    with pytest.raises(Refusal, match=re.escape(disputes.NO_DISPUTE)):
        give_reason(disputed, officer)
    days = [Standing.objects.at(day).get(tracked=disputed).dispute_review_on for day in (TODAY, TODAY + A_DAY)]
    assert days == [REVIEW, None]


def test_a_decision_is_withdrawn_by_those_who_decide(disputed, officer, approver):
    give_reason(disputed, officer)
    row = decide(disputed, approver)
    with pytest.raises(NotAllowed):
        voices.withdraw(row=row, reason="Wrong.", by=officer, at=AT)
    voices.withdraw(row=row, reason="Wrong.", by=approver, at=AT)
    assert standing(disputed).dispute_review_on is None
    assert Dispute.objects.get(pk=row.pk).withdrawn_why == "Wrong."
