"""What was approved is published whole, once, and stays; a correction names what it corrects; a withdrawal says why."""

import datetime
import hashlib
import re

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.inspections.statutory_clock import clock, unanswered_inspections, with_answer
from recommendations.domain.people.records import keep
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.submitted_text import draft_text
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.published_text import plain_narrative, text_of_version
from recommendations.domain.responses.states import CORRECTED, NEVER_PUBLISHED
from recommendations.domain.responses.text import ChiefOfficer, Note
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.domain.search import following
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import InspectionKind, ResponseState
from recommendations.models import (
    Commitment,
    DraftCommitment,
    DraftPart,
    Explanation,
    Inspection,
    IssuedFile,
    PolicingBody,
    Response,
    ResponseVersion,
)
from recommendations.trail import verb
from tests.conftest import PUBLISHED, make_inspection, make_tracked
from tests.makers.responses import (
    LATER,
    PDF,
    PLAIN,
    SAID,
    bring_in,
    change_under,
    make_approved,
    make_draft,
    make_published,
    make_response,
    make_submitted,
    part,
    promise,
    publish,
    text_of_day,
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
    return {each.number: f"recommendation-{each.pk}" for each in report.recommendations.all()}


@per_module
def people(officer, approver):
    return {"by": officer, "approver": approver}


def now(response) -> Response:
    return Response.objects.get(pk=response.pk)


def test_everything_that_is_said_is_kept_in_one_act(report, body, officer, approver, key, today, at):
    response = make_draft(report, body, by=officer)
    write(response, "narrative", text="We welcome it[^1].\n\n[^1]: A note.", by=officer)
    write(response, key["2"], text="", with_part=key["1"], action="", by=officer)
    write(response, key["3"], text="", action="none", reason="It asks nothing of us.", by=officer)
    write(response, "reply", text="We thank the chief constable.", by=officer)
    promise(response, key["1"], SAID["text"], every="quarter")
    promise(response, "narrative", "We welcome it.", declined=True)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=response, by=approver, at=at)
    version = publish(response, by=officer, at=at)
    response = now(response)
    assert (response.state, response.year, response.slug) == (ResponseState.PUBLISHED, 2026, "custody-in-westmarch")
    text = text_of_version(version)
    assert (version.number, version.published_on, version.body_name, text.holder, text.comment_label) == (
        1,
        today,
        body.name,
        "",
        "OPCC comment",
    )
    assert text.markdown == "We welcome it[^1].\n\n[^1]: A note."
    assert plain_narrative(text) == (("We welcome it¹.",), (Note("1", "A note."),))
    assert text.chief_officers == (
        ChiefOfficer("Westmarch Police", "The force agrees.", "A. Rowe", "Chief constable", datetime.date(2026, 11, 7)),
    )
    assert text.reply == "We thank the chief constable."
    assert [(each.text, answered(each)) for each in version.comments.all()] == [(SAID["text"], ["1", "2"])]
    assert [(each.recommendation.number, each.action, each.reason) for each in version.explanations.all()] == [
        ("1", "proposed", ""),
        ("2", "proposed", ""),
        ("3", "none", "It asks nothing of us."),
    ]
    promised = Commitment.objects.get()
    assert (promised.of, promised.comment, promised.quote) == (version, version.comments.get(), SAID["text"])
    assert (promised.check_on, promised.next_on, promised.every) == (
        datetime.date(2027, 1, 31),
        datetime.date(2027, 1, 31),
        "quarter",
    )
    assert DraftPart.objects.count() == DraftCommitment.objects.count() == 0
    assert verification.verify() == []


def answered(comment) -> list[str]:
    return [each.recommendation.number for each in comment.answers.order_by("recommendation__number")]


def test_page_pdf_and_text_are_of_the_approved_words_and_kept(report, body, people, at, today):
    response = make_approved(report, body, **people)
    text = text_of_day(response, today)
    version = publish(response, by=people["by"], at=at)
    assert text_of_version(version) == text
    for file, content, kind in (
        (version.pdf, PDF, "application/pdf"),
        (version.text, PLAIN, "text/plain; charset=utf-8"),
    ):
        assert (bytes(file.content), file.sha256, file.media_type) == (
            content,
            hashlib.sha256(content).hexdigest(),
            kind,
        )
    assert [version.pdf.name, version.text.name] == [
        "custody-in-westmarch-version-1.pdf",
        "custody-in-westmarch-version-1.txt",
    ]


def test_the_day_is_londons_and_late_is_published(report, body, people):
    half_past_midnight = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
    response = make_approved(report, body, at=half_past_midnight, **people)
    version = publish(response, by=people["by"], at=half_past_midnight)
    assert version.published_on == datetime.date(2026, 7, 1) > report.last_day
    inspection = with_answer(Inspection.objects.all()).get()
    assert clock(inspection, inspection.answered_on, version.published_on).state == "answered_late"


@pytest.mark.soak
def test_the_bodys_name_and_holder_are_those_of_the_day(report, body, people, at):
    response = make_approved(report, body, **people)
    body.name, body.holder, body.comment_label = "Mayor of the Marches", "Jo Lane", "Mayor’s comment"
    keep(record=body, by=None, at=at)
    version = publish(now(response), by=people["by"], at=at)
    text = text_of_version(version)
    assert (text.body_name, text.holder, text.comment_label) == (body.name, "Jo Lane", "Mayor’s comment")
    assert version.body_name == body.name
    body = PolicingBody.objects.get()
    body.name = "Board of the Marches"
    keep(record=body, by=None, at=LATER)
    assert text_of_version(ResponseVersion.objects.get()).body_name == "Mayor of the Marches"


def test_only_what_is_approved_is_published_and_once(report, body, people, at):
    response = make_draft(report, body, by=people["by"])
    for step, state in ((None, "drafting"), (approval_workflow.submit, "submitted")):
        if step:
            step(response=response, by=people["by"], at=at)
        with refusal(state):
            publish(response, by=people["by"], at=at)
    approval_workflow.approve(response=response, by=people["approver"], at=at)
    with pytest.raises(NotAllowed, match="role"):
        publish(response, by=people["by"].__class__(role="administrator"), at=at)
    text = text_of_day(response, at.date())
    publish(response, by=people["by"], at=at)
    with refusal("published"):
        publish(response, by=people["by"], at=at, text=text)
    assert (ResponseVersion.objects.count(), IssuedFile.objects.count()) == (1, 2)


@pytest.mark.parametrize("what", ["the report", "a new recommendation", "the chief officer"])
def test_what_changed_under_the_approval_is_not_published(report, body, people, what, at):
    response = make_approved(report, body, **people)
    text = text_of_day(response, at.date())
    change_under(response, report, what)
    for each in (text, text_of_day(response, at.date())):
        with refusal("changed-meanwhile"):
            publish(response, by=people["by"], at=at, text=each)
    assert ResponseVersion.objects.count() == 0


def test_files_of_another_text_or_day_are_refused(report, body, people, at):
    response = make_approved(report, body, **people)
    yesterday = text_of_day(response, at.date() - datetime.timedelta(days=1))
    with refusal("changed-meanwhile"):
        publish(response, by=people["by"], at=at, text=yesterday)
    with refusal("part-of-draft"):
        publish(response, by=people["by"], at=at, correction="A slip.")
    assert now(response).slug == ""


# Corrections


def test_a_correction_names_and_keeps_the_old(report, body, people, key, at):
    officer, approver = people["by"], people["approver"]
    response = make_draft(report, body, by=officer)
    promise(response, key["1"], SAID["text"])
    write(response, key["2"], text="", with_part=key["1"], by=officer)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=response, by=approver, at=at)
    first = publish(response, by=officer, at=at)
    before = text_of_version(first)
    publishing.correct(response=response, by=officer, at=LATER)
    assert draft_text(response).text.items == before.items
    assert {(each.version, each.saved_by) for each in approval_workflow.parts_of(response)} == {(0, None)}
    write(response, key["3"], text="We were wrong.", by=officer, at=LATER)
    write(response, "correction", text="The answer to recommendation 3.", by=officer, at=LATER)
    approval_workflow.submit(response=response, by=officer, at=LATER)
    approval_workflow.approve(response=response, by=approver, at=LATER)
    second = publish(now(response), by=officer, at=LATER)
    assert (second.number, second.correction) == (2, "The answer to recommendation 3.")
    assert (now(response).slug, now(response).state) == (response.slug or "custody-in-westmarch", "published")
    assert text_of_version(ResponseVersion.objects.get(pk=first.pk)) == before
    assert [item.comment for item in text_of_version(second).items] == [SAID["text"], "", "We were wrong."]
    assert Commitment.objects.get().of == first
    assert verification.verify() == []
    assert list(following.wrong()) == []


def test_a_correction_can_be_dropped_and_is_not_withdrawn(report, body, people, at):
    response = make_published(report, body, **people)
    publishing.correct(response=response, by=people["by"], at=at)
    assert approval_workflow.verbs_for(now(response), people["by"]) == ["submit", "drop_correction"]
    with pytest.raises(Refusal, match=re.escape(CORRECTED)):
        publishing.withdraw_response(response=response, reason="x", by=people["approver"], at=at)
    publishing.drop_correction(response=response, by=people["by"], at=at)
    assert (now(response).state, DraftPart.objects.count()) == (ResponseState.PUBLISHED, 0)
    draft = make_draft(make_inspection_with_one(report), body)
    with pytest.raises(Refusal, match=re.escape(NEVER_PUBLISHED)):
        publishing.drop_correction(response=draft, by=people["by"], at=at)


def make_inspection_with_one(report):
    other = make_inspection(report.covers.get().force, title="Another report")
    make_tracked(other)
    return other


def brought_in(body, westmarch, at, **facts):
    given = {
        "title": "Custody in Westmarch",
        "short_name": "Custody 26",
        "kind": InspectionKind.CUSTODY,
        "body": body,
        "body_name": "The Commissioner",
        "published_on": PUBLISHED,
        "responded_on": PUBLISHED,
        "narrative": ("We welcome this¹ *very* much.", "Two things:\n• bells\n• lights"),
        "footnotes": ({"mark": "1", "text": "A note."},),
        "recommendations": tuple(NewRecommendation(number=str(n), text=f"Test light {n}.") for n in (1, 2, 3)),
        "comments": (NewComment("We will [see].", (0, 1)), NewComment("1. We have.", (2,)), NewComment("And thanks.")),
        "chief_officer_comments": "The force agrees.",
        "source_text": "A document.",
    }
    return bring_in(PublishedResponse(**given | facts), westmarch, at=at)


def test_what_was_brought_in_can_be_corrected(body, westmarch, officer, approver, at):
    response = brought_in(body, westmarch, at)
    publishing.correct(response=response, by=officer, at=at)
    read = text_of_draft(response)
    assert read.markdown == (
        "We welcome this[^1] \\*very\\* much.\n\nTwo things:\n\n- bells\n- lights\n\nAnd thanks.\n\n[^1]: A note."
    )
    assert [(item.comment, item.with_label) for item in read.items] == [
        ("We will \\[see\\].", ""),
        ("", "Recommendation 1"),
        ("1\\. We have.", ""),
    ]
    assert [(each.force, each.text) for each in read.chief_officers] == [("Westmarch Police", "The force agrees.")]
    for each in approval_workflow.parts_of(response):
        if each.recommendation:
            write(response, each.key, action="taken", by=officer)
    write(response, "correction", text="A wrong number.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=response, by=approver, at=at)
    version = publish(now(response), by=officer, at=at)
    assert (version.number, plain_narrative(text_of_version(version))[0]) == (
        2,
        ("We welcome this¹ *very* much.", "Two things:\n• bells\n• lights", "And thanks."),
    )
    assert (now(response).slug, now(response).year) == ("custody-in-westmarch", 2026)
    publishing.correct(response=now(response), by=officer, at=at)
    write(response, "correction", text="Another number.", by=officer)
    assert [each.text for each in text_of_draft(now(response)).chief_officers] == ["The force agrees."]
    assert approval_workflow.missing(now(response)) == []


def test_a_draft_that_nobody_wrote_in_becomes_what_is_brought_in_and_a_written_one_stays(body, westmarch, at):
    response = make_response(make_inspection(westmarch), body)
    write(response, "narrative", text="We begin.")
    with refusal("draft-here"):
        brought_in(body, westmarch, at)
    write(response, "narrative", text="")
    assert brought_in(body, westmarch, at) == response
    assert (now(response).state, response.versions.count(), response.parts.count()) == ("published", 1, 0)


# Withdrawing


def test_a_withdrawal_needs_a_reason_and_leaves_everything_on_record(report, body, people, at):
    response = make_published(report, body, **people)
    assert list(unanswered_inspections(Inspection.objects.all())) == []
    with pytest.raises(NotAllowed, match="role"):
        publishing.withdraw_response(response=response, reason="Wrong.", by=people["by"], at=at)
    with pytest.raises(Refusal) as refused:
        publishing.withdraw_response(response=response, reason=" ", by=people["approver"], at=at)
    assert refused.value.field == "reason"
    publishing.withdraw_response(response=response, reason=" Wrong report. ", by=people["approver"], at=at)
    gone = now(response)
    assert (gone.state, gone.withdrawn_at, gone.withdrawn_by, gone.withdrawn_why) == (
        ResponseState.WITHDRAWN,
        at,
        people["approver"],
        "Wrong report.",
    )
    assert (gone.versions.count(), Explanation.objects.count(), gone.slug) == (1, 3, "custody-in-westmarch")
    assert list(unanswered_inspections(Inspection.objects.all())) == [report]
    assert with_answer(Inspection.objects.all()).get().answered_on is None
    with refusal("withdrawn"):
        publishing.correct(response=response, by=people["by"], at=at)


@pytest.mark.soak
def test_after_a_withdrawal_the_report_is_answered_anew_at_another_address(report, body, people, at):
    first = make_published(report, body, **people)
    publishing.withdraw_response(response=first, reason="Wrong.", by=people["approver"], at=at)
    second = make_published(report, body, **people)
    assert second.slug == "custody-in-westmarch-2"
    assert with_answer(Inspection.objects.all()).get().answered_on == at.date()


def test_a_draft_is_withdrawn_by_who_drafts(report, body, officer, at):
    response = make_submitted(report, body, by=officer)
    with refusal("submitted"):
        publishing.withdraw_response(response=response, reason="Begun twice.", by=officer, at=at)
    approval_workflow.take_back(response=response, by=officer, at=at)
    publishing.withdraw_response(response=response, reason="Begun twice.", by=officer, at=at)
    assert now(response).state == ResponseState.WITHDRAWN
    assert list(unanswered_inspections(Inspection.objects.all())) == [report]


def test_an_approved_response_whose_report_is_withdrawn_is_not_published(report, body, people, at):
    response = make_approved(report, body, **people)
    with verb("withdraw", by=None, at=at) as act:
        report.withdrawn_at, report.withdrawn_why = at, "Brought in twice."
        act.save(report)
    with refusal("changed-meanwhile"):
        publish(response, by=people["by"], at=at)
    approval_workflow.take_back(response=response, by=people["by"], at=at)
    publishing.withdraw_response(response=response, reason="The report is gone.", by=people["by"], at=at)
    assert part(response, "narrative").text == "We welcome the report."
