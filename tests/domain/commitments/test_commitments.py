"""Commitments: followed word for word, checked on days, and what is left to check follows from that."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.audit import verification
from recommendations.domain.commitments import commitments
from recommendations.domain.commitments.status import next_check
from recommendations.domain.responses import following
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import CheckOutcome, Every
from recommendations.models import Comment, Commitment, CommitmentCheck, CommitmentMove, TrailEntry
from recommendations.periods import day_end
from tests.conftest import AT, TODAY
from tests.examples import examples
from tests.makers.commitments import ASKED, FIRST, RESPONDED, WATCH, check, make_commitment, make_version
from tests.per_module import per_module
from tests.refusals import refusal_of
from tests.snapshots import undone

DAY = datetime.timedelta(days=1)


@per_module
def version(body, westmarch):
    return make_version(body, westmarch)


@per_module
def watched(version, officer):
    return make_commitment(version, by=officer)


def now(commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


# Following a sentence


def test_a_sentence_of_a_response_that_was_brought_in_is_followed(version, officer):
    made = make_commitment(version, by=officer)
    assert (made.comment.text, made.quote) == (f"I agree. {WATCH} Thank you.", WATCH)
    assert (made.check_on, made.next_on, made.every, made.keeper) == (FIRST, FIRST, "quarter", "Hannah Whitlock")
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.subject_model) == ("mark_commitment", "recommendations.commitment")
    assert verification.verify() == []


@pytest.mark.parametrize("quote", ["I will publish the answer.", "I will ask about the twelve posts in March."])
def test_a_sentence_of_the_narrative_or_the_reply_is_followed(version, quote):
    made = make_commitment(version, quote=quote)
    assert (made.comment, made.quote) == (None, quote)


def test_the_quote_is_kept_as_it_stands(version):
    comment = version.comments.first()
    facts = {"keeper": "Bo", "check_on": FIRST, "by": None, "at": AT}
    made = following.mark_commitment(version=version, comment=comment, quote="We will  watch the\nbells", **facts)
    assert made.quote == "We will watch the bells"


def test_words_that_do_not_stand_there_are_refused(version):
    first, second = version.comments.all()
    facts = {"version": version, "keeper": "Bo", "check_on": FIRST, "by": None, "at": AT}
    says = ("not-in-text", "quote")
    for comment, quote in ((first, "We will watch the doors."), (second, WATCH), (None, WATCH), (first, " ")):
        assert refusal_of(following.mark_commitment, comment=comment, quote=quote, **facts) == says


def test_what_is_missing_or_impossible_is_refused(version):
    assert refusal_of(make_commitment, version=version, keeper=" ") == ("required", "keeper")
    assert refusal_of(make_commitment, version=version, every="daily") == ("required", "every")
    before = RESPONDED - DAY
    assert refusal_of(make_commitment, version=version, check_on=before) == ("before-publication", "check_on")
    make_commitment(version)
    assert refusal_of(make_commitment, version=version) == ("marked-already", "quote")
    assert Commitment.objects.count() == 1


# Checking


def test_a_check_moves_the_next_one_by_how_often_it_is_checked(watched, officer):
    made = check(watched, by=officer, evidence="Log of March.", effective_on=datetime.date(2026, 4, 2))
    assert (made.next_on, made.evidence) == (datetime.date(2026, 6, 30), "Log of March.")
    assert now(watched).next_on == datetime.date(2026, 6, 30)
    assert check(watched, effective_on=datetime.date(2026, 6, 20)).next_on == datetime.date(2026, 9, 30)
    assert check(watched, effective_on=TODAY).next_on == datetime.date(2026, 12, 31)


@pytest.mark.parametrize("outcome", CheckOutcome)
def test_what_each_outcome_leaves_to_check(version, outcome):
    once = make_commitment(version, every="once")
    often = make_commitment(version, quote=ASKED)
    given = {} if outcome in (CheckOutcome.KEPT, CheckOutcome.DROPPED) else {"next_on": TODAY + DAY}
    check(once, outcome=outcome, **given)
    check(often, outcome=outcome)
    ended = outcome == CheckOutcome.DROPPED
    assert now(often).next_on == (None if ended else datetime.date(2026, 12, 31))
    assert now(once).next_on == given.get("next_on")


def test_what_is_checked_once_and_was_not_kept_needs_another_day(version):
    once = make_commitment(version, every="once")
    for outcome in ("partly", "not_yet"):
        assert refusal_of(check, commitment=once, outcome=outcome) == ("required", "next_on")
    check(once, next_on=TODAY + DAY)
    assert now(once).next_on == TODAY + DAY


def test_what_a_check_lacks_is_said(watched):
    assert refusal_of(check, commitment=watched, outcome="") == ("required", "outcome")
    assert refusal_of(check, commitment=watched, said=" ") == ("required", "said")
    assert refusal_of(check, commitment=watched, said=" ", outcome="dropped") == ("no-reason", "said")
    again = {"outcome": "dropped", "next_on": TODAY + DAY}
    assert refusal_of(check, commitment=watched, **again) == ("dropped", "next_on")
    assert refusal_of(check, commitment=watched, next_on=TODAY) == ("not-later", "next_on")
    assert refusal_of(check, commitment=watched, effective_on=TODAY + DAY)[1] == "effective_on"
    assert refusal_of(check, commitment=watched, effective_on=RESPONDED - DAY) == (
        "before-publication",
        "effective_on",
    )
    assert CommitmentCheck.objects.count() == 0


def test_what_ended_takes_no_check_until_the_check_that_ended_it_is_withdrawn(watched, officer):
    check(watched, effective_on=datetime.date(2026, 4, 2))
    ended = check(watched, outcome="dropped", said="The board was closed.")
    assert refusal_of(check, commitment=watched) == ("ended", None)
    edited = {"keeper": "Bo", "next_on": TODAY + DAY, "every": "once", "by": officer, "at": AT}
    assert refusal_of(
        commitments.edit_commitment, commitment=watched, version=now(watched).version, reason="x", **edited
    ) == ("ended", None)
    commitments.withdraw_check(check=ended, reason="It was not.", by=officer, at=AT)
    assert now(watched).next_on == datetime.date(2026, 6, 30)
    check(watched)
    assert verification.verify() == []


def test_a_withdrawal_needs_a_reason_and_happens_once(watched, officer):
    row = check(watched)
    facts = {"by": officer, "at": AT}
    says = ("no-reason", "reason")
    assert refusal_of(commitments.withdraw_check, check=row, reason=" ", **facts) == says
    commitments.withdraw_check(check=row, reason="Wrong line.", **facts)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) == (AT, officer, "Wrong line.")
    assert now(watched).next_on == FIRST
    assert refusal_of(commitments.withdraw_check, check=row, reason="Again.", **facts) == ("withdrawn", None)


def test_a_check_that_is_recorded_late_does_not_speak_over_a_later_one(watched):
    check(watched, outcome="not_yet", effective_on=datetime.date(2026, 7, 1))
    check(watched, effective_on=datetime.date(2026, 4, 1))
    assert now(watched).next_on == datetime.date(2026, 9, 30)
    late = {"effective_on": datetime.date(2026, 4, 2), "next_on": TODAY}
    assert refusal_of(check, commitment=watched, naming="1 July 2026", **late) == ("later-on-record", "next_on")


# Changing


def edit(commitment, version=None, **facts):
    values = {
        "keeper": "Hannah Whitlock",
        "next_on": commitment.next_on,
        "every": commitment.every,
        "at": AT,
        "by": None,
    }
    version = version or now(commitment).version
    return commitments.edit_commitment(commitment=commitment, version=version, **values | facts)


def test_keeper_and_rhythm_change_and_another_day_needs_a_reason(watched):
    edit(watched, keeper="Joe Brandreth", every="year")
    assert (now(watched).keeper, now(watched).every, now(watched).next_on) == ("Joe Brandreth", "year", FIRST)
    assert CommitmentMove.objects.count() == 0
    later = datetime.date(2027, 1, 31)
    says = ("no-reason", "reason")
    assert refusal_of(edit, commitment=watched, next_on=later) == says
    assert refusal_of(edit, commitment=watched, next_on=TODAY - DAY, reason="x")[1] == "next_on"
    assert refusal_of(edit, commitment=watched, keeper="", reason="x") == ("required", "keeper")
    edit(watched, next_on=later, every="month", reason="The panel meets then.")
    move = CommitmentMove.objects.get()
    assert (move.next_on, move.reason, move.effective_on) == (later, "The panel meets then.", TODAY)
    assert (now(watched).next_on, now(watched).check_on) == (later, FIRST)
    check(watched, at=AT + 100 * DAY)
    assert now(watched).next_on == datetime.date(2027, 2, 28)


def test_who_changes_what_somebody_else_changed_or_checked_meanwhile_is_stale(watched):
    seen = now(watched).version
    edit(watched, version=seen, keeper="Joe Brandreth")
    with pytest.raises(Stale) as stale:
        edit(watched, version=seen, keeper="Bo")
    assert stale.value.theirs.keeper == "Joe Brandreth"
    seen = now(watched).version
    check(watched)
    with pytest.raises(Stale):
        edit(watched, version=seen)


# As at a day

days = st.integers(0, 500)
outcomes = st.sampled_from(CheckOutcome.values)
steps = st.one_of(
    st.tuples(st.just("check"), outcomes, st.none() | days, st.none() | days),
    st.tuples(st.just("edit"), st.sampled_from(Every.values), st.none() | days),
    st.tuples(st.just("withdraw"), st.integers(0, 9)),
)
histories = st.lists(st.tuples(st.sampled_from([1, 24, 24 * 40, 24 * 200]), steps), max_size=9)


class Kept:
    """A commitment and what happens to it; `clock` is the moment of the next step."""

    def __init__(self, version, every: str):
        self.clock, self.moments = AT, []
        self.pk = make_commitment(version, every=every).pk

    @property
    def record(self) -> Commitment:
        return Commitment.objects.get(pk=self.pk)

    def take(self, hours: int, name: str, *values) -> None:
        self.clock += datetime.timedelta(hours=hours)
        with suppress(Refusal):
            getattr(self, name)(*values)
        self.moments.append((self.clock, self.record.next_on))

    def check(self, outcome, day, again):
        facts = {"effective_on": on(day), "next_on": on(again)}
        check(self.record, outcome=outcome, at=self.clock, **facts)

    def edit(self, every, day):
        edit(self.record, every=every, next_on=on(day) or self.record.next_on, reason="Moved.", at=self.clock)

    def withdraw(self, number):
        rows = list(CommitmentCheck.objects.filter(commitment=self.pk).order_by("pk"))
        if rows:
            row = rows[number % len(rows)]
            commitments.withdraw_check(check=row, reason="Wrong.", by=None, at=self.clock)


def on(number):
    return None if number is None else RESPONDED + number * DAY


@pytest.mark.on_postgresql
@given(every=st.sampled_from(Every.values), history=histories)
@settings(max_examples=examples(40))
def test_the_cache_is_what_the_rows_say_and_what_was_known_then_is_found_again(version, every, history):
    with undone():
        kept = Kept(version, every)
        for hours, step in history:
            kept.take(hours, *step)
        record = kept.record
        assert record.next_on == next_check(record)
        assert record.next_on == next_check(record, as_at=kept.clock.date())
        for moment, was in kept.moments:
            assert next_check(record, known_at=moment) == was
        assert next_check(record, as_at=RESPONDED, known_at=AT) == record.check_on


@pytest.mark.on_postgresql
def test_the_standing_of_an_earlier_day_leaves_out_what_came_later(watched, officer):
    june = datetime.date(2026, 6, 30)
    first = check(watched, effective_on=datetime.date(2026, 4, 2), at=AT)
    edit(watched, next_on=TODAY + 9 * DAY, reason="Later.", at=AT + DAY)
    commitments.withdraw_check(check=first, reason="Wrong.", by=officer, at=AT + 2 * DAY)
    record = now(watched)
    assert next_check(record, as_at=datetime.date(2026, 4, 1)) == FIRST
    assert next_check(record, as_at=datetime.date(2026, 5, 1)) == FIRST
    assert next_check(record, as_at=datetime.date(2026, 5, 1), known_at=day_end(TODAY)) == june
    assert next_check(record, as_at=TODAY + DAY) == TODAY + 9 * DAY
    assert Comment.objects.count() == 2
