"""Published responses: the text of one document becomes an inspection, its recommendations and the comments on them."""

import datetime
import hashlib
from dataclasses import dataclass, field

from recommendations.domain.inspections import NewRecommendation, new_inspection, new_recommendation, track
from recommendations.domain.records import say
from recommendations.domain.refusals import Refusal
from recommendations.enums import RecommendationKind
from recommendations.models import (
    Comment,
    CommentAnswer,
    Force,
    Inspection,
    InspectionForce,
    PolicingBody,
    Response,
    ResponseInspection,
    ResponseVersion,
)
from recommendations.periods import london_day
from recommendations.trail import verb


@dataclass(frozen=True)
class NewComment:
    """A comment and the places (from 0) of the recommendations that it answers."""

    text: str
    answers: tuple[int, ...] = ()


@dataclass(frozen=True)
class PublishedResponse:
    """A published response as it was read and checked, before it is recorded."""

    title: str
    short_name: str
    kind: str
    body: PolicingBody
    body_name: str
    published_on: datetime.date  # the report
    responded_on: datetime.date  # the response
    narrative: tuple[str, ...] = ()
    footnotes: tuple[dict, ...] = ()
    recommendations: tuple[NewRecommendation, ...] = ()
    comments: tuple[NewComment, ...] = ()
    chief_officer_comments: str = ""
    reply: str = ""
    left_out: tuple[str, ...] = ()
    source_name: str = ""
    source_text: str = ""
    inspection_facts: dict = field(default_factory=dict)


class AlreadyHere(Refusal):
    """This document was brought in before. `version` is what it became."""

    def __init__(self, version: ResponseVersion):
        day = london_day(version.recorded_at)
        super().__init__(f"This document is here already: it was brought in on {say(day)}. Nothing was saved again.")
        self.version = version


def document_digest(text: str) -> str:
    """SHA-256 of a document's words, without spacing and case: the same document in another format is the same."""
    return hashlib.sha256("".join(text.split()).casefold().encode()).hexdigest()


def find_document(text: str) -> ResponseVersion | None:
    """The version that this document became, if it was brought in before."""
    if not text.strip():
        return None
    return ResponseVersion.objects.filter(source_sha256=document_digest(text)).select_related("response").first()


def record_published(*, published: PublishedResponse, force: Force, by, at: datetime.datetime) -> Response:
    """Record a response that was published before, with its inspection, in one act.

    An inspection with the same title and day is used again: recommendations with the same kind and number, or the
    same text, are answered and not added twice. Raises AlreadyHere, or Refusal saying which part is wrong.
    """
    with verb("record_published_response", by=by, at=at) as act:
        Force.objects.select_for_update().get(pk=force.pk)
        _check(published, at)
        inspection = _inspection(act, published, force)
        recommendations = [_recommendation(act, inspection, force, new) for new in published.recommendations]
        response = act.save(Response(body=published.body, title=published.title))
        act.subject = response
        act.save(ResponseInspection(response=response, inspection=inspection))
        version = act.save(_version(published, response, by, at))
        for place, comment in enumerate(published.comments, start=1):
            _save_comment(act, version, place, comment, recommendations)
    return response


def _check(published: PublishedResponse, at) -> None:
    today = london_day(at)
    if published.published_on > today:
        raise Refusal(f"{say(published.published_on)} is in the future. Enter the day of the report.", "published_on")
    if published.responded_on > today:
        raise Refusal(f"{say(published.responded_on)} is in the future. Enter the day of the response.", "responded_on")
    if published.responded_on < published.published_on:
        raise Refusal("The response is dated before the report.", "responded_on")
    if not published.title.strip():
        raise Refusal("Enter the title of the report.", "title")
    found = find_document(published.source_text)
    if found:
        raise AlreadyHere(found)


def _inspection(act, published: PublishedResponse, force) -> Inspection:
    found = Inspection.objects.filter(title=published.title.strip(), published_on=published.published_on).first()
    if found is None:
        return new_inspection(
            act,
            forces=[force],
            title=published.title.strip(),
            short_name=published.short_name,
            kind=published.kind,
            published_on=published.published_on,
            **published.inspection_facts,
        )
    if not found.covers.filter(force=force).exists():
        act.save(InspectionForce(inspection=found, force=force))
    return found


def _recommendation(act, inspection, force, new: NewRecommendation):
    """The inspection's recommendation that this is, tracked for the force; a new one where it has none."""
    same = inspection.recommendations.filter(kind=new.kind)
    found = same.filter(number=new.number.strip()).first() if new.number.strip() else None
    found = found or same.filter(text=new.text.strip(), number=new.number.strip()).first()
    if found is None:
        return new_recommendation(act, inspection, new)
    if found.text != new.text.strip():
        raise Refusal(
            f"{found} of this inspection has another text in the register. "
            "Correct one of the two, so that both say the same.",
            "number",
        )
    if RecommendationKind(found.kind).is_tracked and not found.tracked.filter(force=force).exists():
        track(act, found, force, directed_to_force=new.directed_to_force)
    return found


def _version(published: PublishedResponse, response, by, at) -> ResponseVersion:
    return ResponseVersion(
        response=response,
        number=1,
        body_name=published.body_name or published.body.name,
        published_on=published.responded_on,
        recorded_at=at,
        recorded_by=by,
        narrative=list(published.narrative),
        footnotes=list(published.footnotes),
        chief_officer_comments=published.chief_officer_comments,
        reply=published.reply,
        left_out=list(published.left_out),
        source_name=published.source_name,
        source_text=published.source_text,
        source_sha256=document_digest(published.source_text) if published.source_text.strip() else "",
    )


def _save_comment(act, version, place: int, comment: NewComment, recommendations) -> None:
    row = act.save(Comment(version=version, position=place, text=comment.text))
    for index in dict.fromkeys(comment.answers):
        act.save(CommentAnswer(comment=row, recommendation=recommendations[index]))
