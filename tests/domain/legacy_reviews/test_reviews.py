"""Legacy reviews: all that is open is judged, nothing changes in the register, and what is finished is frozen."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.audit import verification
from recommendations.domain.legacy_reviews.queries import read_lines, reframed
from recommendations.domain.legacy_reviews.reviews import finish_legacy_review, withdraw_legacy_review
from recommendations.domain.register import closures
from recommendations.domain.writing.refusals import Stale
from recommendations.models import Closure, LegacyJudgement, LegacyReview, Standing
from recommendations.trail import verb
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.legacy_reviews import judge, start_review
from tests.per_module import per_module
from tests.refusals import refusal, refusal_of

DAY = datetime.timedelta(days=1)


@per_module
def rows(westmarch):
    """Four open recommendations of Westmarch."""
    report = make_inspection(westmarch)
    return [make_tracked(report, number=str(number)) for number in range(1, 5)]


@per_module
def review(rows, westmarch, officer):
    return start_review(westmarch, by=officer)


def close(tracked, officer, approver, at=AT):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=at)
    closures.approve_closure(tracked=tracked, by=approver, at=at)


def test_a_review_lists_what_is_open_of_its_forces_and_keeps_it_when_they_move(
    rows, westmarch, eastvale, officer, approver
):
    close(rows[0], officer, approver)
    other = make_tracked(make_inspection(eastvale, title="Another"))
    found = start_review(westmarch, eastvale, by=officer)
    later = make_tracked(make_inspection(westmarch, title="Later"), at=AT + DAY)
    assert set(read_lines(found).to_judge) == {*(each.pk for each in rows[1:]), other.pk}
    assert later.pk not in read_lines(found).to_judge
    assert set(found.lines.values_list("force", flat=True)) == {westmarch.pk, eastvale.pk}


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"title": " "}, "title", "required"),
        ({"title": "x" * 81}, "title", "too-long"),
        ({"forces": ()}, "forces", "required"),
    ],
)
def test_what_is_missing_is_refused_at_its_field(rows, westmarch, officer, facts, field, code):
    facts = {"title": "Merger", "forces": (westmarch,)} | facts
    assert refusal_of(start_review, *facts["forces"], by=officer, title=facts["title"]) == (code, field)


def test_nothing_is_in_two_running_reviews(review, westmarch, eastvale, officer):
    make_tracked(make_inspection(eastvale, title="Another"))
    with refusal("in-another"):
        start_review(eastvale, westmarch, by=officer)
    assert start_review(eastvale, by=officer).lines.count() == 1


def test_a_force_without_anything_open_has_no_review(eastvale, officer):
    with refusal("nothing-open"):
        start_review(eastvale, by=officer)


def test_judging_changes_nothing_in_the_register(review, rows, officer):
    before = list(Standing.objects.order_by("pk").values())
    judge(review, rows[0], rows[1], by=officer)
    judge(review, rows[2], by=officer, verdict="reframed", words="One plan for both forces.")
    assert list(Standing.objects.order_by("pk").values()) == before
    lines = read_lines(review)
    assert (lines.numbers, lines.to_judge) == (
        {"goes_on": 2, "reframed": 1, "superseded": 0, "closed": 0},
        (rows[3].pk,),
    )
    assert verification.verify() == []


def test_what_is_superseded_or_closed_is_closed_by_two(review, rows, officer, approver):
    judge(review, rows[0], by=officer, verdict="superseded", superseded_by=rows[1], reason="The same again.")
    judge(review, rows[2], by=officer, verdict="closed", outcome="implemented", reason="Done.")
    asked = [(each.tracked_id, each.outcome, each.request_reason) for each in Closure.objects.order_by("pk")]
    assert asked == [
        (rows[0].pk, "superseded", f"Superseded by {rows[1]}: The same again."),
        (rows[2].pk, "implemented", "Done."),
    ]
    assert not Standing.objects.now().filter(closed_on__isnull=False).exists()
    with refusal("own-request"):
        closures.approve_closure(tracked=rows[0], by=officer, at=AT)
    closures.approve_closure(tracked=rows[0], by=approver, at=AT)
    closures.decline_closure(tracked=rows[2], reason="Not yet.", by=approver, at=AT)
    lines = read_lines(review)
    assert (set(lines.judged), list(lines.declined)) == ({rows[0].pk}, [rows[2].pk])
    assert rows[2].pk in lines.to_judge


def test_a_request_that_waits_is_the_judgements_own(review, rows, officer):
    waiting = closures.request_closure(tracked=rows[0], outcome="implemented", reason="Done.", by=officer, at=AT)
    with refusal("other-outcome"):
        judge(review, rows[0], by=officer, verdict="superseded", superseded_by=rows[1])
    (judgement,) = judge(review, rows[0], by=officer, verdict="closed", outcome="implemented")
    assert judgement.closure == waiting
    with refusal("pending"):
        judge(review, rows[0], by=officer)


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"verdict": "nonsense"}, "verdict", "required"),
        ({"reason": " "}, "reason", "no-reason"),
        ({"verdict": "reframed"}, "words", "required"),
        ({"verdict": "closed"}, "outcome", "required"),
        ({"verdict": "superseded"}, "superseded_by", "required"),
    ],
)
def test_a_judgement_has_its_parts(review, rows, officer, parts, field, code):
    assert refusal_of(judge, review, rows[0], by=officer, **parts) == (code, field)
    assert not LegacyJudgement.objects.exists()


def test_only_an_open_one_of_the_same_force_takes_the_place(review, rows, eastvale, officer, approver):
    close(rows[3], officer, approver)
    for successor, code in (
        (rows[0], "itself"),
        (make_tracked(make_inspection(eastvale, title="Another")), "another-force"),
        (rows[3], "closed"),
    ):
        with refusal(code):
            judge(review, rows[0], by=officer, verdict="superseded", superseded_by=successor)


def test_none_takes_its_own_place_through_others(review, rows, officer, approver):
    judge(review, rows[0], by=officer, verdict="superseded", superseded_by=rows[1])
    judge(review, rows[1], by=officer, verdict="superseded", superseded_by=rows[2])
    for successor in (rows[0], rows[1]):
        with refusal("circle"):
            judge(review, rows[2], by=officer, verdict="superseded", superseded_by=successor)
    closures.decline_closure(tracked=rows[1], reason="Not yet.", by=approver, at=AT)
    assert judge(review, rows[2], by=officer, verdict="superseded", superseded_by=rows[0])


def test_new_words_are_for_one_at_a_time(review, rows, officer):
    with refusal("one-at-a-time"):
        judge(review, *rows, by=officer, verdict="reframed", words="One plan.")


def test_many_are_judged_all_or_none(review, rows, westmarch, officer):
    other = make_tracked(make_inspection(westmarch, title="Later"))
    with refusal("not-listed"):
        judge(review, *rows, other, by=officer)
    assert not LegacyJudgement.objects.exists()


def test_what_was_closed_in_another_way_needs_no_judgement(review, rows, officer, approver):
    close(rows[0], officer, approver)
    assert read_lines(review).number == 3
    with refusal("closed"):
        judge(review, rows[0], by=officer)


def test_the_second_of_two_who_judge_at_once_is_told_of_the_first(review, rows, officer, approver):
    (first,) = judge(review, rows[0], by=officer, seen_judgements={rows[0].pk: 0})
    with refusal("judged-meanwhile"):
        judge(review, rows[0], by=approver, verdict="closed", outcome="implemented", seen_judgements={rows[0].pk: 0})
    judge(review, rows[0], by=approver, verdict="reframed", words="New.", seen_judgements={rows[0].pk: first.pk})
    assert read_lines(review).judged[rows[0].pk].verdict == "reframed"
    assert LegacyJudgement.objects.count() == 2  # the first stays on record


def test_a_review_is_finished_when_all_is_judged_and_decided_and_stays_as_it_is(review, rows, officer, approver):
    with refusal("not-judged"):
        finish_legacy_review(review=review, by=officer, at=AT)
    judge(review, *rows[:3], by=officer)
    judge(review, rows[3], by=officer, verdict="closed", outcome="implemented")
    with refusal("waiting"):
        finish_legacy_review(review=review, by=officer, at=AT)
    closures.approve_closure(tracked=rows[3], by=approver, at=AT)
    with pytest.raises(Stale):
        finish_legacy_review(review=review, by=officer, at=AT, version=review.version + 1)
    finish_legacy_review(review=review, by=officer, at=AT)
    closures.reopen(tracked=rows[3], reason="It slipped.", by=officer, at=AT + DAY)
    assert read_lines(LegacyReview.objects.get()).number == 4
    with refusal("finished"):
        judge(review, rows[0], by=officer, verdict="reframed", words="New.")
    with refusal("finished"):
        withdraw_legacy_review(review=review, reason="A mistake.", by=officer, at=AT)


def test_new_words_hold_once_the_review_is_finished(review, rows, officer):
    judge(review, rows[0], by=officer, verdict="reframed", words="One plan for both forces.")
    judge(review, *rows[1:], by=officer)
    assert reframed(rows[0]) is None
    finish_legacy_review(review=review, by=officer, at=AT)
    assert reframed(rows[0]).words == "One plan for both forces."
    assert reframed(rows[1]) is None


def test_a_review_that_was_started_by_mistake_is_withdrawn_with_a_reason(review, rows, westmarch, officer):
    with refusal("no-reason"):
        withdraw_legacy_review(review=review, reason=" ", by=officer, at=AT)
    withdraw_legacy_review(review=review, reason="Wrong forces.", by=officer, at=AT)
    assert not LegacyReview.objects.exists()
    with refusal("withdrawn"):
        judge(review, rows[0], by=officer)
    assert start_review(westmarch, by=officer).lines.count() == 4


def test_a_force_reads_nothing_of_a_review(review, officer, approver, force_lead, member, administrator):
    seen = {user.role: LegacyReview.objects.visible_to(user).count() for user in (officer, approver)}
    hidden = {user.role: LegacyReview.objects.visible_to(user).count() for user in (force_lead, member, administrator)}
    assert (set(seen.values()), set(hidden.values())) == ({1}, {0})


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"verdict": "reframed"}, "legacyjudgement_reframed_has_words"),
        ({"verdict": "goes_on", "words": "New."}, "legacyjudgement_reframed_has_words"),
        ({"verdict": "goes_on", "superseded_by_id": 1}, "legacyjudgement_superseded_by_another"),
        ({"verdict": "closed"}, "legacyjudgement_closes_by_request"),
        ({"verdict": "other"}, "legacyjudgement_verdict_known"),
        ({"verdict": "goes_on", "reason": ""}, "legacyjudgement_says_why"),
    ],
)
def test_the_database_refuses_half_a_judgement(review, rows, officer, facts, name):
    row = LegacyJudgement(
        review=review, tracked=rows[0], effective_on=AT.date(), recorded_at=AT, **{"reason": "Why."} | facts
    )
    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        verb("judge_legacy", by=officer, at=AT) as act,
    ):
        act.subject = act.save(row)
