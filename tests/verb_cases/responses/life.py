"""How each verb of a response's life is done once, and what only changes its draft."""

import datetime
from types import SimpleNamespace

from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.draft import approval_workflow, parts, shared_comments
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.domain.responses.publication import confirm_response, publish_response
from recommendations.domain.responses.published_text import text_of_version
from recommendations.enums import InspectionKind
from recommendations.models import Response
from tests.conftest import AT, PUBLISHED, make_inspection, make_tracked
from tests.makers.responses import (
    PDF,
    PLAIN,
    make_approved,
    make_draft,
    make_published,
    make_response,
    make_submitted,
    part,
    publish,
)

LATER = AT + datetime.timedelta(hours=10)
FILES = {"render": lambda text, created_at: SimpleNamespace(pdf=b"%PDF", coded=()), "plain": lambda text: "Words."}


def written(world) -> SimpleNamespace:
    """A response in each state, made once for a world."""
    if not hasattr(world, "written"):
        people = {"by": world.people["officer"], "approver": world.people["approver"]}
        two = report_for(world, "begun")
        make_tracked(two, number="2")
        world.written = SimpleNamespace(
            begun=make_response(two, world.body, by=people["by"]),
            drafting=make_draft(report_for(world, "drafting"), world.body, by=people["by"]),
            submitted=make_submitted(report_for(world, "submitted"), world.body, by=people["by"]),
            approved=make_approved(report_for(world, "approved"), world.body, **people),
            published=make_published(report_for(world, "published"), world.body, **people),
            corrected=make_published(report_for(world, "corrected"), world.body, **people),
        )
        publishing.correct(response=world.written.corrected, by=people["by"], at=AT)
        published = PublishedResponse(
            title="Brought in",
            short_name="In",
            kind=InspectionKind.CUSTODY,
            body=world.body,
            body_name="The Commissioner",
            published_on=PUBLISHED,
            responded_on=PUBLISHED,
        )
        brought_in = imported.record_published(published=published, force=world.force_a, by=people["by"], at=AT)
        world.written.brought_in = brought_in
    return world.written


def report_for(world, title: str):
    report = make_inspection(world.force_a, title=f"A report, {title}")
    make_tracked(report, number="1")
    return report


def cases(world) -> dict:
    of = written(world)
    by, approver = {"by": world.people["officer"], "at": LATER}, {"by": world.people["approver"], "at": LATER}
    outside = {"approved_by": "The Commissioner", "approved_on": AT.date(), "evidence": "Her email."}
    return {
        "responses.edit_begins": lambda: parts.edit_begins(response=of.approved, **by),
        "responses.submit": lambda: approval_workflow.submit(response=of.drafting, **by),
        "responses.approve": lambda: approval_workflow.approve(response=of.submitted, remarks="Good.", **approver),
        "responses.send_back": lambda: approval_workflow.send_back(
            response=of.submitted, remarks="Say more.", **approver
        ),
        "responses.record_outside_approval": lambda: approval_workflow.record_outside_approval(
            response=of.submitted, **outside, **by
        ),
        "responses.take_back": lambda: approval_workflow.take_back(response=of.submitted, **by),
        "responses.publish": lambda: publish(Response.objects.get(pk=of.approved.pk), **by),
        "responses.publish_response": lambda: publish_response(
            response=Response.objects.get(pk=of.approved.pk), **FILES, **by
        ),
        "responses.confirm": lambda: publishing.confirm(
            response=of.brought_in, text=text_of_version(of.brought_in.versions.get()), pdf=PDF, plain=PLAIN, **approver
        ),
        "responses.confirm_response": lambda: confirm_response(response=of.brought_in, **FILES, **approver),
        "responses.correct": lambda: publishing.correct(response=of.published, **by),
        "responses.drop_correction": lambda: publishing.drop_correction(response=of.corrected, **by),
        "responses.withdraw_response": lambda: publishing.withdraw_response(
            response=of.published, reason="Wrong report.", **approver
        ),
    }


def drafting(world) -> dict:
    """What takes who and when too, and writes no record: the parts of a draft."""
    of, begun = written(world).drafting, written(world).begun
    first, second = (each.key for each in parts.parts_of(begun) if each.recommendation)
    shown = part(of, "narrative")
    typed = {"values": {"text": "We thank the inspectors."}, "version": shown.version}
    return {
        "responses.save_part": lambda: parts.save_part(
            response=of, part=shown, by=world.people["officer"], at=LATER, **typed
        ),
        "responses.answer_too": lambda: shared_comments.answer_too(
            response=begun, host=first, add=[second], take_off=[], by=world.people["officer"], at=LATER
        ),
    }
