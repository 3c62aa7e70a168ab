"""Sentences of a draft that are marked as commitments, declined, changed and lost."""

import datetime

from recommendations.domain.responses.draft import approval_workflow, commitments
from recommendations.domain.responses.draft.parts import parts_of
from recommendations.enums import ResponseState
from recommendations.models import Commitment, DraftCommitment, Response, TrailEntry
from tests.conftest import TODAY, make_tracked
from tests.makers.responses import LATER, make_draft, make_submitted, part, publish, write
from tests.per_module import per_module
from tests.refusals import refusal, refusal_of

SENTENCE = "We have asked for the figures each quarter."
FIRST = datetime.date(2027, 1, 31)
TERMS = {"keeper": "Hannah Whitlock", "check_on": FIRST, "every": "quarter"}


@per_module
def report(inspection):
    make_tracked(inspection, number="1")
    return inspection


@per_module
def response(report, body, officer):
    return make_draft(report, body, by=officer)


def answer(response):
    """The part that answers the only recommendation."""
    (asked,) = [each for each in parts_of(response) if each.recommendation]
    return asked


def mark(response, quote=SENTENCE, **facts):
    given = {**TERMS, "by": None, "at": LATER} | facts
    return commitments.mark_in_draft(part=answer(response), quote=quote, **given)


def found(response):
    of = commitments.commitments_in(answer(response), TODAY)
    return [each.quote for each in of.marked], [each.quote for each in of.suggested]


def test_a_sentence_is_suggested_until_it_is_marked_or_declined(response):
    assert found(response) == ([], [SENTENCE])
    commitments.decline_suggestion(part=answer(response), quote=SENTENCE, by=None, at=LATER)
    commitments.decline_suggestion(part=answer(response), quote=SENTENCE, by=None, at=LATER)
    assert found(response) == ([], [])
    row = mark(response)
    assert found(response) == ([SENTENCE], [])
    commitments.remove_from_draft(commitment=row, by=None, at=LATER)
    assert found(response) == ([], [SENTENCE])
    assert Commitment.objects.count() == 0


def test_a_suggestion_brings_its_day_and_rhythm(response):
    (suggested,) = commitments.commitments_in(answer(response), TODAY).suggested
    assert (suggested.rhythm.check_on, suggested.rhythm.every) == (datetime.date(2027, 2, 7), "quarter")


def test_all_parts_cost_one_query(response, django_assert_num_queries):
    mark(response)
    parts = parts_of(response)
    with django_assert_num_queries(1):
        of = commitments.commitments_of(parts, TODAY)
    assert [key for key, each in of.items() if each.marked] == [answer(response).key]
    assert of["narrative"] == commitments.PartCommitments()


def test_what_is_missing_or_does_not_stand_there_is_refused(response):
    for facts, says in (
        ({"quote": "We will do it."}, ("not-in-text", "quote")),
        ({"keeper": " "}, ("required", "keeper")),
        ({"check_on": None}, ("required", "check_on")),
        ({"every": "daily"}, ("required", "every")),
    ):
        assert refusal_of(mark, response, **facts) == says
    mark(response)
    with refusal("marked-already"):
        mark(response, quote=SENTENCE.replace(" ", "  "))
    with refusal("marked"):
        commitments.decline_suggestion(part=answer(response), quote=SENTENCE, by=None, at=LATER)
    assert DraftCommitment.objects.count() == 1


def test_a_part_that_nobody_wrote_has_none(response):
    reply = part(response, "reply")
    with refusal("not-in-text"):
        commitments.mark_in_draft(part=reply, quote="We will.", **TERMS, by=None, at=LATER)
    reply.pk = None
    with refusal("not-written"):
        commitments.decline_suggestion(part=reply, quote="We will.", by=None, at=LATER)
    assert commitments.commitments_in(reply, TODAY) == commitments.PartCommitments()


def test_a_mark_whose_sentence_was_rewritten_is_shown_as_such_and_can_be_marked_again(response):
    row = mark(response)
    write(response, answer(response).key, text="We will ask again in May.", action="proposed", at=LATER)
    (marked,) = commitments.commitments_in(answer(response), TODAY).marked
    assert (marked.quote, marked.stands, marked.every_words) == (SENTENCE, False, "Every quarter")
    assert found(response)[1] == ["We will ask again in May."]
    commitments.remove_from_draft(commitment=row, by=None, at=LATER)
    mark(response, quote="We will ask again in May.")
    (marked,) = commitments.commitments_in(answer(response), TODAY).marked
    assert (marked.quote, marked.stands) == ("We will ask again in May.", True)


def test_a_change_keeps_the_sentence(response):
    row = mark(response)
    commitments.change_in_draft(commitment=row, keeper="Bo", check_on=TODAY, every="once", by=None, at=LATER)
    row.refresh_from_db()
    assert (row.quote, row.keeper, row.check_on, row.every) == (SENTENCE, "Bo", TODAY, "once")
    commitments.remove_from_draft(commitment=row, by=None, at=LATER)
    for act in (commitments.remove_from_draft, lambda **facts: commitments.change_in_draft(**TERMS, **facts)):
        with refusal("gone"):
            act(commitment=row, by=None, at=LATER)


def test_marking_takes_a_submitted_text_back_and_declining_does_not(report, body, officer):
    response = make_submitted(report, body, by=officer)
    commitments.decline_suggestion(part=answer(response), quote=SENTENCE, by=officer, at=LATER)
    assert Response.objects.get().state == ResponseState.SUBMITTED
    mark(response, by=officer)
    assert Response.objects.get().state == ResponseState.DRAFTING
    assert TrailEntry.objects.order_by("-sequence").first().verb == "take_back"


def test_what_is_marked_is_followed_once_it_is_published(report, body, officer, approver, response):
    mark(response)
    approval_workflow.submit(response=response, by=officer, at=LATER)
    approval_workflow.approve(response=response, by=approver, at=LATER)
    version = publish(response, by=officer, at=LATER)
    followed = Commitment.objects.get()
    assert (followed.of, followed.quote, followed.keeper) == (version, SENTENCE, "Hannah Whitlock")
    assert (followed.check_on, followed.next_on, followed.every) == (FIRST, FIRST, "quarter")
    assert followed.comment.text == SENTENCE
