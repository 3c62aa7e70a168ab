"""Parts of a recommendation are closed one by one, by two people, and the whole when all are."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.inspections.inspections import NewRecommendation, edit_recommendation
from recommendations.domain.register import closures
from recommendations.domain.register.parts import closures as part_closures
from recommendations.domain.register.parts.states import part_states
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import ClosureState
from recommendations.models import PartDischarged, Standing, TrailEntry
from tests.conftest import AT, TODAY, make_tracked
from tests.per_module import per_module
from tests.refusals import refusal
from tests.standings import standing

A_DAY = datetime.timedelta(days=1)
PARTS = ("(a) Record it.", "(b) Sample it.", "Audit it every month.")


@per_module
def whole(inspection):
    return make_tracked(inspection, number="3", text="The force should:", parts=PARTS)


@per_module
def parts(whole):
    return list(whole.recommendation.parts.all())


def ask(whole, part, by, at=AT, **facts):
    return part_closures.request_part_closure(tracked=whole, part=part, reason="Done.", by=by, at=at, **facts)


def decide(whole, part, by, at=AT, approve=True, **facts):
    return part_closures.decide_part_closure(tracked=whole, part=part, approve=approve, by=by, at=at, **facts)


def close(whole, part, officer, approver, at=AT):
    ask(whole, part, officer, at)
    return decide(whole, part, approver, at)


def reopen(whole, part, by, reason="It failed.", **facts):
    return part_closures.reopen_part(tracked=whole, part=part, reason=reason, by=by, at=AT, **facts)


def words(whole) -> list[tuple[str, str]]:
    whole.refresh_from_db()
    return [(each.label, each.words) for each in part_states(whole)]


def counted(whole) -> tuple[int, int]:
    found = standing(whole)
    return found.parts, found.parts_done


def test_parts_are_closed_one_by_one_and_the_whole_stays_open(whole, parts, force_lead, approver):
    ask(whole, parts[1], force_lead, requested_on=TODAY - A_DAY)
    assert (words(whole)[1], counted(whole)) == (("part (b)", "Waits for a decision"), (3, 0))
    row = decide(whole, parts[1], approver, reason="Seen.", closed_on=TODAY - A_DAY)
    assert words(whole) == [("part (a)", "Open"), ("part (b)", "Done 6 November 2026"), ("part 3", "Open")]
    assert (counted(whole), standing(whole).closed_on) == ((3, 1), None)
    assert (row.requested_by, row.decided_by, row.decision_reason) == (force_lead, approver, "Seen.")


def test_a_part_is_as_it_was_on_any_day(whole, parts, officer, approver):
    ask(whole, parts[0], officer)
    decide(whole, parts[0], approver, closed_on=TODAY - 4 * A_DAY)
    reopen(whole, parts[0], officer, reopened_on=TODAY - A_DAY)
    days = [TODAY - n * A_DAY for n in (5, 4, 2, 1, 0)]
    assert [Standing.objects.at(day).get(tracked=whole).parts_done for day in days] == [0, 1, 1, 0, 0]
    assert list(PartDischarged.objects.values_list("state", "reopened_why")) == [("reopened", "It failed.")]


@pytest.mark.parametrize(
    ("do", "field", "code"),
    [
        (lambda w, p, o, a: ask(w, p[0], o), "part", ClosureState.REQUESTED),
        (lambda w, p, o, a: ask(w, p[1], o), "part", ClosureState.CLOSED),
        (lambda w, p, o, a: decide(w, p[2], a), "part", "no-request"),
        (lambda w, p, o, a: decide(w, p[0], a, approve=False), "reason", "no-reason"),
        (lambda w, p, o, a: ask(w, p[2], o, requested_on=TODAY + A_DAY), "requested_on", "in-the-future"),
        (lambda w, p, o, a: reopen(w, p[1], o, reason=" "), "reason", "no-reason"),
        (lambda w, p, o, a: reopen(w, p[0], o), "part", "not-done"),
    ],
)  # fmt: skip
def test_what_is_refused(whole, parts, officer, approver, do, field, code):
    ask(whole, parts[0], officer)
    close(whole, parts[1], officer, approver)
    with pytest.raises(Refusal) as refused:
        do(whole, parts, officer, approver)
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.on_postgresql
def test_nobody_decides_their_own_and_the_database_agrees(whole, parts, approver):
    row = ask(whole, parts[0], approver)
    with pytest.raises(NotAllowed):
        decide(whole, parts[0], approver)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET state = 'closed', decided_by_id = requested_by_id,"
            " decided_on = requested_on, decided_at = requested_at, closed_on = requested_on"
        )


def test_a_part_of_another_and_a_record_that_changed(whole, parts, tracked, officer):
    with refusal("invalid-choice"):
        ask(tracked, parts[0], officer)
    with pytest.raises(Stale):
        ask(whole, parts[0], officer, version=whole.version - 1)


@pytest.mark.parametrize("approve", [True, False])
def test_who_decides_has_read_the_record_as_it_is(whole, parts, officer, approver, approve):
    ask(whole, parts[0], officer)
    with pytest.raises(Stale):
        decide(whole, parts[0], approver, approve=approve, reason="Seen.", version=whole.version)
    assert [each.state for each in PartDischarged.objects.all()] == ["requested"]


def test_who_reopens_has_read_the_record_as_it_is(whole, parts, officer, approver):
    close(whole, parts[0], officer, approver)
    with pytest.raises(Stale):
        reopen(whole, parts[0], officer, version=whole.version)
    assert [each.state for each in PartDischarged.objects.all()] == ["closed"]


def closing(whole, officer, outcome="implemented"):
    closures.request_closure(tracked=whole, outcome=outcome, reason="All of it.", by=officer, at=AT)


def test_a_whole_with_open_parts_is_closed_with_them_or_not_at_all(whole, parts, officer, approver):
    close(whole, parts[0], officer, approver)
    closing(whole, officer)
    with refusal("parts-open", naming="Part (b) and part 3") as refused, transaction.atomic():
        closures.approve_closure(tracked=whole, by=approver, at=AT)
    assert refused.value.field == "with_parts"
    closure = closures.approve_closure(tracked=whole, by=approver, at=AT, with_parts=True)
    assert counted(whole) == (3, 3)
    assert sorted(closure.parts.values_list("part", "request_reason")) == [
        (parts[1].pk, "All of it."),
        (parts[2].pk, "All of it."),
    ]


def test_reopening_a_whole_reopens_what_was_closed_with_it_alone(whole, parts, officer, approver):
    close(whole, parts[0], officer, approver)
    closing(whole, officer)
    closures.approve_closure(tracked=whole, by=approver, at=AT, with_parts=True)
    with pytest.raises(Refusal, match=re.escape(part_closures.CLOSED)):
        reopen(whole, parts[0], officer)
    closures.reopen(tracked=whole, reason="It failed.", by=officer, at=AT)
    assert [said for _, said in words(whole)] == ["Done 7 November 2026", "Open", "Open"]


@pytest.mark.parametrize(("outcome", "asked"), [("superseded", True), ("implemented", False)])
def test_a_whole_closes_as_ever_where_parts_do_not_matter(whole, parts, officer, approver, outcome, asked):
    if asked:
        close(whole, parts[0], officer, approver)
    closing(whole, officer, outcome)
    closures.approve_closure(tracked=whole, by=approver, at=AT)
    assert counted(whole) == (3, int(asked))


def test_who_asked_for_an_open_part_does_not_close_it_with_the_whole(whole, parts, officer, approver):
    ask(whole, parts[2], approver)
    closing(whole, officer)
    with pytest.raises(NotAllowed):
        closures.approve_closure(tracked=whole, by=approver, at=AT, with_parts=True)


def test_a_part_that_is_added_counts_at_once(whole, officer):
    of = whole.recommendation
    edit_recommendation(
        recommendation=of, version=of.version, new=NewRecommendation(number="3", text=of.text, parts=(*PARTS, "More.")),
        reason="It was missed.", by=officer, at=AT,
    )  # fmt: skip
    assert counted(whole) == (4, 0)


def test_the_history_tells_it(whole, parts, officer, approver):
    close(whole, parts[0], officer, approver)
    verbs = TrailEntry.objects.filter(subject_id=whole.pk, verb__contains="part").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["request_part_closure", "decide_part_closure"]
    told = [line.verb for line in tell(whole, events_of(whole, user=officer), {})][:2]
    assert told == ["Closure of a part decided", "Closure of a part requested"]


def test_nothing_is_read_of_a_recommendation_without_parts(tracked, django_assert_num_queries):
    with django_assert_num_queries(1):  # how it stands
        assert part_states(tracked) == []
