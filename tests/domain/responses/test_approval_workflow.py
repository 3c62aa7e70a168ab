"""A response is drafted in parts, submitted, and approved by somebody else; an edit drops what was submitted."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.audit import verification
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.submitted_text import draft_text, submitted_text
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import Decision, ResponseState
from recommendations.models import DraftPart, Response, TrailEntry
from tests.conftest import make_inspection, make_person, make_tracked
from tests.makers.responses import (
    LATER,
    SAID,
    change_under,
    make_approved,
    make_draft,
    make_published,
    make_response,
    make_submitted,
    part,
    publish,
    write,
)
from tests.per_module import per_module
from tests.refusals import refusal


@per_module
def report(inspection):
    for number in (1, 2, 3):
        make_tracked(inspection, number=str(number), text=f"The force should test light {number}.")
    return inspection


@per_module
def key(report):
    """number → the key of the part that answers the recommendation with this number."""
    return {each.number: f"recommendation-{each.pk}" for each in report.recommendations.all()}


def now(response) -> Response:
    return Response.objects.get(pk=response.pk)


# Parts


def test_a_draft_has_a_part_for_each_recommendation_before_anybody_wrote_one(report, body, officer, key, at):
    response = make_response(report, body)
    assert [each.key for each in approval_workflow.parts_of(response)] == [
        "narrative",
        key["1"],
        key["2"],
        key["3"],
        "reply",
    ]
    assert {(each.version, each.text, each.pk) for each in approval_workflow.parts_of(response)} == {(0, "", None)}
    made = write(response, key["2"], text="  We will look.\r\nTwice.\x00 ", action="proposed", by=officer, at=at)
    assert (made.text, made.version, made.saved_by, made.saved_at) == ("We will look.\nTwice.", 1, officer, at)
    assert [each.version for each in approval_workflow.parts_of(response)] == [0, 0, 1, 0, 0]


def test_nobody_but_the_office_writes_a_part(report, body, force_lead, member, key):
    response = make_response(report, body)
    for person in (force_lead, member):
        with pytest.raises(NotAllowed, match="role"):
            write(response, key["1"], text="No.", action="proposed", by=person)
    assert part(response, key["1"]).text == ""


def test_of_two_who_write_in_one_part_the_second_is_shown_the_firsts_words(report, body, officer, approver, key, at):
    response = make_response(report, body)
    mine = theirs = part(response, key["1"])
    approval_workflow.save_part(
        response=response, part=theirs, values={"text": "Theirs."}, version=0, by=approver, at=at
    )
    with pytest.raises(Stale) as stale:
        approval_workflow.save_part(
            response=response, part=mine, values={"text": "Mine."}, version=0, by=officer, at=at
        )
    assert (stale.value.theirs.text, stale.value.theirs.saved_by, stale.value.theirs.version) == (
        "Theirs.",
        approver,
        1,
    )
    assert part(response, key["1"]).text == "Theirs."
    write(response, key["2"], text="Another part.", by=officer, at=at)


def test_saving_the_same_words_again_changes_nothing(report, body, officer, approver, key, at):
    response = make_response(report, body)
    write(response, key["1"], text="We will.", by=officer, at=at)
    again = write(response, key["1"], text="We will. ", by=approver, at=LATER)
    assert (again.version, again.saved_by, again.saved_at) == (1, officer, at)


def test_what_is_no_action_or_no_part_is_refused(report, body, key, at):
    response, other = make_response(report, body), part(make_response(make_inspection_of(report), body), "narrative")
    for about, values, field in (
        (key["1"], {"action": "maybe"}, "action"),
        ("narrative", {"action": "taken"}, "action"),
        ("reply", {"with_part": key["1"]}, "with_part"),
        (key["1"], {"with_part": "narrative"}, "with_part"),
        (key["1"], {"with_part": key["1"]}, "with_part"),
        (key["1"], {"with_part": "recommendation-0"}, "with_part"),
        (key["1"], {"with_part": key["2"], "text": "Words of its own."}, "with_part"),
    ):
        with pytest.raises(Refusal) as refused:
            write(response, about, **values)
        assert refused.value.field == field
    other.name = "else"
    with refusal("gone"):
        approval_workflow.save_part(response=response, part=other, values={"text": "x"}, version=0, by=None, at=at)
    assert DraftPart.objects.exclude(text="", action="").count() == 0


def make_inspection_of(report):
    return make_inspection(report.covers.get().force, title="Another report")


def test_one_comment_answers_several_and_one_leads_no_further(report, body, key):
    response = make_response(report, body)
    write(response, key["1"], text="We have asked.", action="proposed")
    write(response, key["2"], with_part=key["1"])
    with refusal("answered-with-another"):
        write(response, key["3"], with_part=key["2"])
    with refusal("answers-others"):
        write(response, key["1"], text="", with_part=part(response, key["3"]))
    said = [(item.label, item.action, item.comment, item.with_label, item.also) for item in items(response)]
    assert said == [
        ("Recommendation 1", "proposed", "We have asked.", "", ("Recommendation 2",)),
        ("Recommendation 2", "proposed", "", "Recommendation 1", ()),
        ("Recommendation 3", "", "", "", ()),
    ]
    write(response, key["2"], with_part=None, text="We have not.")
    assert [item.comment for item in items(response)] == ["We have asked.", "We have not.", ""]


def items(response):
    return draft_text(response).text.items


def test_who_else_writes_now(report, body, officer, approver, key, at):
    response = make_response(report, body)
    write(response, key["1"], text="Before.", by=approver, at=at - datetime.timedelta(minutes=5))
    write(response, key["2"], text="Now.", by=approver, at=at - datetime.timedelta(minutes=4))
    write(response, "narrative", text="Mine.", by=officer, at=at)
    others = approval_workflow.who_writes(response, at, but=officer)
    assert [(each.name, each.part, each.key) for each in others] == [("Margaret Osei", "Recommendation 2", key["2"])]
    assert [each.name for each in approval_workflow.who_writes(response, at)] == ["Hannah Whitlock", "Margaret Osei"]


# Submitting and deciding


def test_a_submission_is_the_whole_text_frozen(report, body, officer, at):
    response = make_draft(report, body, by=officer)
    submission = approval_workflow.submit(response=response, by=officer, at=at)
    assert now(response).state == ResponseState.SUBMITTED
    assert submitted_text(submission) == draft_text(response)
    assert (submission.decision, submission.digest) == (Decision.WAITING, draft_text(response).digest)
    assert [item.comment for item in submitted_text(submission).text.items] == [SAID["text"]] * 3


def test_somebody_else_approves(report, body, officer, approver, at):
    response = make_submitted(report, body, by=officer)
    submission = approval_workflow.approve(response=response, remarks=" Good. ", by=approver, at=LATER)
    assert (now(response).state, submission.decision) == (ResponseState.APPROVED, Decision.APPROVED)
    assert (submission.decided_by, submission.decided_at, submission.remarks) == (approver, LATER, "Good.")
    assert verification.verify() == []


def test_nobody_approves_what_they_submitted_or_wrote(report, body, officer, approver, key, at):
    other = make_person("Ada Approver", "approving_officer")
    response = make_draft(report, body, by=officer)
    write(response, key["2"], text="The approver's words.", by=other)
    approval_workflow.submit(response=response, by=approver, at=at)
    with refusal("own-submission", NotAllowed):
        approval_workflow.approve(response=response, by=approver, at=at)
    with refusal("own-submission", NotAllowed):
        approval_workflow.send_back(response=response, remarks="No.", by=approver, at=at)
    with refusal("own-part", NotAllowed):
        approval_workflow.approve(response=response, by=other, at=at)
    with pytest.raises(NotAllowed, match="role"):
        approval_workflow.approve(response=response, by=officer, at=at)
    assert now(response).state == ResponseState.SUBMITTED


def test_a_text_is_sent_back_with_remarks(report, body, officer, approver, at):
    response = make_submitted(report, body, by=officer)
    with pytest.raises(Refusal) as refused:
        approval_workflow.send_back(response=response, remarks=" ", by=approver, at=at)
    assert refused.value.field == "remarks"
    submission = approval_workflow.send_back(response=response, remarks="Say how.", by=approver, at=at)
    assert (now(response).state, submission.decision) == (ResponseState.DRAFTING, Decision.SENT_BACK)
    approval_workflow.submit(response=response, by=officer, at=LATER)
    assert [each.decision for each in response.submissions.all()] == [Decision.WAITING, Decision.SENT_BACK]


def test_an_approval_given_outside_says_who_when_and_what_shows_it(report, body, officer, today, at):
    response = make_submitted(report, body, by=officer)
    given = {"approved_by": "The Commissioner", "approved_on": today, "evidence": "Her email of today."}
    for wrong, field in (
        ({"approved_by": " "}, "approved_by"),
        ({"approved_by": "x" * 121}, "approved_by"),
        ({"evidence": ""}, "evidence"),
        ({"approved_on": today + datetime.timedelta(days=1)}, "approved_on"),
        ({"approved_on": report.published_on - datetime.timedelta(days=1)}, "approved_on"),
    ):
        with pytest.raises(Refusal) as refused:
            approval_workflow.record_outside_approval(response=response, by=officer, at=at, **given | wrong)
        assert refused.value.field == field
    with refusal("own-work", NotAllowed, naming="hannah whitlock"):
        approval_workflow.record_outside_approval(
            response=response, by=officer, at=at, **given | {"approved_by": "hannah whitlock"}
        )
    submission = approval_workflow.record_outside_approval(response=response, by=officer, at=at, **given)
    assert (now(response).state, submission.decision) == (ResponseState.APPROVED, Decision.APPROVED_OUTSIDE)
    said = (submission.outside_by, submission.outside_on, submission.outside_evidence, submission.decided_by)
    assert said == ("The Commissioner", today, "Her email of today.", officer)


@pytest.mark.parametrize("make", [make_submitted, make_approved])
def test_an_edit_drops_the_submission_and_says_so(report, body, officer, approver, key, at, make):
    facts = {"approver": approver} if make is make_approved else {}
    response = make(report, body, by=officer, **facts)
    same = write(response, key["1"], text=SAID["text"], by=officer, at=LATER)
    assert (same.dropped, now(response).state) == (None, response.state)
    made = write(response, key["1"], text="Other words.", by=officer, at=LATER)
    assert (made.dropped.decision, made.dropped.decided_by, made.dropped.decided_at) == (
        Decision.DROPPED,
        officer,
        LATER,
    )
    assert now(response).state == ResponseState.DRAFTING
    entry = TrailEntry.objects.last()
    assert (entry.verb, entry.reason, entry.by) == ("take_back", "Edited.", officer)
    assert write(response, key["1"], text="Others again.", by=officer, at=LATER).dropped is None
    assert verification.verify() == []


def test_a_stale_edit_of_an_approved_text_drops_nothing(report, body, officer, approver, key):
    response = make_approved(report, body, by=officer, approver=approver)
    shown = part(response, key["1"])
    with pytest.raises(Stale):
        approval_workflow.save_part(
            response=response, part=shown, values={"text": "x"}, version=0, by=officer, at=LATER
        )
    with pytest.raises(Refusal):
        write(response, key["1"], action="maybe", by=officer, at=LATER)
    assert now(response).state == ResponseState.APPROVED


@pytest.mark.parametrize("what", ["the report", "a new recommendation", "the chief officer"])
def test_what_changes_under_a_submitted_text_keeps_it_from_being_approved(report, body, officer, approver, what, at):
    response = make_submitted(report, body, by=officer)
    change_under(response, report, what)
    with refusal("changed-meanwhile"):
        approval_workflow.approve(response=response, by=approver, at=at)
    approval_workflow.take_back(response=response, reason="The report was corrected.", by=officer, at=at)
    assert now(response).state == ResponseState.DRAFTING


def test_an_old_page_decides_nothing(report, body, officer, approver, key, at):
    response = make_submitted(report, body, by=officer)
    seen = response.version
    write(response, key["1"], text="Other words.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=at)
    with pytest.raises(Stale):
        approval_workflow.approve(response=response, version=seen, by=approver, at=at)
    approval_workflow.approve(response=response, version=now(response).version, by=approver, at=at)


def test_the_buttons_follow_the_table_the_role_and_what_was_published(report, body, officer, approver, force_lead):
    response = make_response(report, body)
    assert approval_workflow.verbs_for(response, officer) == ["submit", "withdraw_response"]
    published = make_published(make_inspection_of(report), body, by=officer, approver=approver)
    assert approval_workflow.verbs_for(published, officer) == ["correct"]
    assert approval_workflow.verbs_for(published, approver) == ["correct", "withdraw_response"]
    assert approval_workflow.verbs_for(published, force_lead) == []


def test_a_published_or_withdrawn_response_is_not_edited(report, body, officer, approver, at):
    response = make_approved(report, body, by=officer, approver=approver)
    shown = part(response, "narrative")
    publish(response, by=officer)
    with refusal(ResponseState.PUBLISHED):
        approval_workflow.save_part(
            response=response, part=shown, values={"text": "x"}, version=shown.version, by=officer, at=at
        )
    with refusal(ResponseState.PUBLISHED):
        approval_workflow.submit(response=response, by=officer, at=at)


def test_a_draft_is_read_with_the_same_queries_however_long(westmarch, body):
    counts = {}
    for number in (1, 3):
        report = make_inspection(westmarch, title=f"Report {number}")
        for place in range(number):
            make_tracked(report, number=str(place))
        response = make_draft(report, body)
        counts[number] = [asked(draft_text, response), asked(approval_workflow.missing, response)]
    assert counts == {1: [12, 13], 3: [12, 13]}


def asked(question, *given) -> int:
    with CaptureQueriesContext(connection) as queries:
        question(*given)
    return len(queries)
