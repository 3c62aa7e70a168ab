"""A response in each state of its life, made through the verbs, with words that are enough for the law."""

import datetime

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.draft import approval_workflow, parts
from recommendations.domain.responses.draft.submitted_text import with_its_day
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.responses.text_builders import text_of_draft
from recommendations.models import ChiefOfficerComments, DraftCommitment, Response
from recommendations.periods import london_day
from recommendations.trail import verb
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=1)
SAID = {"action": "proposed", "text": "We have asked for the figures each quarter."}
PDF, PLAIN = b"%PDF-1.7 not drawn, only kept", b"The response in plain words."


def make_response(inspections, body, *, by=None, at=AT) -> Response:
    inspections = inspections if isinstance(inspections, list) else [inspections]
    return approval_workflow.start_response(inspections=inspections, body=body, by=by, at=at)


def bring_in(published: PublishedResponse, force, *, by=None, confirmed_by=None, at=AT) -> Response:
    """A response that was published elsewhere, brought in and confirmed: public here, with its files."""
    response = imported.record_published(published=published, force=force, by=by, at=at)
    text = text_of_version(response.versions.get())
    publishing.confirm(response=response, text=text, pdf=PDF, plain=PLAIN, by=confirmed_by, at=at)
    response.refresh_from_db()
    return response


def part(response, key: str):
    """The part of a draft by its key."""
    return next(each for each in approval_workflow.parts_of(response) if each.key == key)


def write(response, key: str, *, by=None, at=AT, **values):
    """Save what somebody typed, who read the part as it is now."""
    return write_part(response, part(response, key), by=by, at=at, **values)


def write_part(response, shown, *, by=None, at=AT, **values):
    """The same, for a part that was read already."""
    return approval_workflow.save_part(
        response=response, part=shown, values=values, version=shown.version, by=by, at=at
    )


def comment_of_chief_officer(response, force, *, text="The force agrees.", at=AT) -> ChiefOfficerComments:
    with verb("submit_comments", by=None, at=at, subject=response) as act:
        return act.save(
            ChiefOfficerComments(
                response=response,
                force=force,
                text=text,
                signed_by="A. Rowe",
                signed_as="Chief constable",
                dated_on=london_day(at),
                recorded_at=at,
            )
        )


def make_draft(inspections, body, *, by=None, at=AT, said=SAID) -> Response:
    """A draft in which nothing is missing: every recommendation is answered, and every chief officer has spoken."""
    response = make_response(inspections, body, by=by, at=at)
    asked = parts.parts_of(response)
    for each in asked:
        values = {"text": "We welcome the report."} if each.key == "narrative" else said if each.recommendation else {}
        for name, value in values.items():
            setattr(each, name, parts.plain(value))
        if values:
            each.version, each.saved_by = 1, by
    parts.make_rows(asked, at)  # at once: saved one after the other they take ten times as long
    for force in response_forces(response):
        comment_of_chief_officer(response, force, at=at)
    return response


def response_forces(response) -> list:
    covers = [covers for answer in response.answers.all() for covers in answer.inspection.covers.all()]
    return list({each.force_id: each.force for each in covers}.values())


def promise(response, key: str, quote: str, **facts) -> DraftCommitment:
    """Mark a sentence of a part as a commitment."""
    facts = {"keeper": "Hannah Whitlock", "check_on": datetime.date(2027, 1, 31)} | facts
    return DraftCommitment.objects.create(part=part(response, key), quote=quote, **facts)


def make_submitted(inspections, body, *, by, at=AT, **facts) -> Response:
    response = make_draft(inspections, body, by=by, at=at, **facts)
    approval_workflow.submit(response=response, by=by, at=at)
    return Response.objects.get(pk=response.pk)


def make_approved(inspections, body, *, by, approver, at=AT, **facts) -> Response:
    response = make_submitted(inspections, body, by=by, at=at, **facts)
    approval_workflow.approve(response=response, by=approver, at=at)
    return Response.objects.get(pk=response.pk)


def change_under(response, report, what: str) -> None:
    """Change what a response says without touching its draft."""
    asked = report.recommendations.in_order().first()
    if what == "the report":
        new = NewRecommendation(text="The inspectorate corrected this.", number=asked.number)
        about = {"recommendation": asked, "version": asked.version, "reason": "A correction."}
        inspections.edit_recommendation(new=new, by=None, at=AT, **about)
    elif what == "a new recommendation":
        inspections.add_recommendation(inspection=report, new=NewRecommendation(text="One more."), by=None, at=AT)
    else:
        with verb("withdraw_comments", by=None, at=AT, subject=response) as act:
            said = response.chief_officers.standing().first()
            said.withdrawn_at, said.withdrawn_why = AT, "A wrong file."
            act.save(said)


def text_of_day(response, day: datetime.date) -> ResponseText:
    """What a draft would say if it were published on a London day."""
    return with_its_day(text_of_draft(response), response, day)


def publish(response, *, by, at=AT, text=None, **facts):
    """Publish an approved response as documents/ does, with files that are only kept."""
    text = text or text_of_day(response, london_day(at))
    return publishing.publish(response=response, text=text, pdf=PDF, plain=PLAIN, by=by, at=at, **facts)


def make_published(inspections, body, *, by, approver, at=AT, **facts) -> Response:
    response = make_approved(inspections, body, by=by, approver=approver, at=at, **facts)
    publish(response, by=by, at=at)
    return Response.objects.get(pk=response.pk)
