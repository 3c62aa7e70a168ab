"""Import a published response: one document becomes an inspection, its recommendations and the comments on them."""

import datetime
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError

from recommendations.domain.inspections.inspections import NewRecommendation, new_inspection, new_recommendation
from recommendations.domain.inspections.tracking import track
from recommendations.domain.layouts.layouts import NewLayout, remember_layout
from recommendations.domain.responses.chief_officers.section import force_names, forces_of
from recommendations.domain.responses.draft.parts import clear, is_written, recommendations_of, reports_of
from recommendations.domain.responses.items import items_of, printed_recommendations
from recommendations.domain.responses.published_text import keep_text
from recommendations.domain.responses.text import ChiefOfficer, Note, ResponseText
from recommendations.domain.responses.text_builders import facts_of, published_answers
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import RecommendationKind, ResponseState
from recommendations.models import (
    Addressee,
    Comment,
    CommentAnswer,
    DocumentLayout,
    Force,
    Inspection,
    InspectionForce,
    PolicingBody,
    Recommendation,
    Response,
    ResponseInspection,
    ResponseVersion,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb


@dataclass(frozen=True)
class NewComment:
    """A comment, and the positions (from 0) of the recommendations that it answers."""

    text: str
    answers: tuple[int, ...] = ()


@dataclass(frozen=True)
class PublishedResponse:
    """A published response as read and checked, before it is recorded.

    `causes` maps the position of a recommendation to that of the cause of concern, earlier in the list, that it belongs
    to. `inspection` is the one it answers, if known; otherwise it is found by title and publication day, or created.
    `read_by` is the layout that it was read by, and `new_layout` the one to remember.
    """

    title: str
    short_name: str
    kind: str
    body: PolicingBody | None
    body_name: str
    published_on: datetime.date  # the report
    responded_on: datetime.date  # the response
    narrative: tuple[str, ...] = ()
    footnotes: tuple[dict, ...] = ()
    recommendations: tuple[NewRecommendation, ...] = ()
    causes: dict[int, int] = field(default_factory=dict)
    comments: tuple[NewComment, ...] = ()
    chief_officer_comments: str = ""
    reply: str = ""
    left_out: tuple[str, ...] = ()
    source_name: str = ""
    source_text: str = ""
    inspection: Inspection | None = None
    inspection_facts: dict = field(default_factory=dict)
    read_by: DocumentLayout | None = None
    new_layout: NewLayout | None = None


class AlreadyHere(Refusal):
    """This document was imported before. `version` is what it became."""

    def __init__(self, version: ResponseVersion) -> None:
        day = london_day(version.recorded_at)
        super().__init__(
            f"This document is here already: it was brought in on {say(day)}. Nothing was saved again.",
            code="here-already",
        )
        self.version = version


class WrongRecommendation(Refusal):
    """One recommendation of the document cannot be recorded. `place` is its position in the document, from 0."""

    def __init__(self, refusal: Refusal, place: int) -> None:
        super().__init__(refusal.message, refusal.field, code=refusal.code)
        self.place = place


def document_digest(text: str) -> str:
    """Return the SHA-256 of a document's letters and digits, ignoring case, so that another file format gives the same.

    Returns "" for a text without letters or digits.
    """
    words = re.sub(r"[\W_]", "", text.casefold())
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def find_document(text: str) -> ResponseVersion | None:
    """Return the version that this document became, or None if it was not imported before."""
    digest = document_digest(text)
    if not digest:
        return None
    return ResponseVersion.objects.filter(source_sha256=digest).select_related("response").first()


def find_inspection(title: str, published_on: datetime.date) -> Inspection | None:
    """Return the inspection with this title and publication day, or None."""
    return Inspection.objects.filter(title__iexact=title.strip(), published_on=published_on).first()


def record_published(*, published: PublishedResponse, force: Force, by: User | None, at: datetime.datetime) -> Response:
    """Record a response that was published elsewhere, with its inspection, in one transaction.

    It is not public here before an approving officer has confirmed it (publication.confirm_response).

    An existing inspection is reused: its recommendations with the same kind and number, or the same text, are answered
    and not added again. Raises AlreadyHere, WrongRecommendation, or Refusal with what is wrong.
    """
    try:
        with verb("record_published_response", by=by, at=at) as act:
            act.subject = _record(act, published, force)
    except IntegrityError:
        found = find_document(published.source_text)
        if found is None:
            raise Refusal("Someone saved the same inspection at the same moment. Save again.") from None
        raise AlreadyHere(found) from None
    return act.subject


def _record(act: VerbContext, published: PublishedResponse, force: Force) -> Response:
    _check(published, act.at)
    inspection = _inspection(act, published, force)
    recommendations: list[Recommendation] = []
    for place, new in enumerate(published.recommendations):
        cause = recommendations[published.causes[place]] if place in published.causes else None
        recommendations.append(call_at_position(place, _recommendation, act, inspection, force, new, cause))
    _track_the_rest(act, inspection, force)
    response = _response(act, published, inspection)
    version = act.save(_version(published, response, act.by, act.at))
    for place, comment in enumerate(published.comments, start=1):
        _save_comment(act, version, place, comment, recommendations)
    keep_text(act, version, _text(published, version))
    if published.new_layout is not None:
        remember_layout(act, published.new_layout)
    return response


def _response(act: VerbContext, published: PublishedResponse, inspection: Inspection) -> Response:
    """Return the response to an inspection, now brought in: the waiting draft, or a new response."""
    draft = draft_of(inspection)
    response = Response() if draft is None else lock_row(draft)
    if draft is not None and response.state != ResponseState.DRAFTING:
        state = response.get_state_display().lower()
        raise Refusal(f"The response to this inspection is {state}. Send it back first, then bring this one in.")
    if draft is not None and is_written(response):
        raise Refusal(
            "A response to this inspection is being drafted here. Withdraw that draft first.", code="draft-here"
        )
    if published.body is None:
        raise Refusal("Choose the policing body whose response this is.", "body", code="required")
    response.body, response.title = published.body, published.title.strip()
    response.state = ResponseState.BROUGHT_IN
    act.save(response)
    clear(response)
    if draft is None:
        act.save(ResponseInspection(response=response, inspection=inspection))
    return response


def draft_of(inspection: Inspection) -> Response | None:
    """Return the inspection's response that was never published, or None."""
    found = Response.objects.filter(answers__inspection=inspection, versions__isnull=True)
    return found.exclude(state=ResponseState.WITHDRAWN).order_by("pk").first()


def first_inspection(response: Response) -> Inspection:
    """Return the inspection that a response answers, or the first of several."""
    return response.answers.select_related("inspection").earliest("pk").inspection


def call_at_position[*Given, Made](place: int, make: Callable[[*Given], Made], *args: *Given) -> Made:
    """Call `make` for the recommendation at this position, adding the position to any Refusal it raises."""
    try:
        return make(*args)
    except Refusal as refusal:
        raise WrongRecommendation(refusal, place) from None


def _check(published: PublishedResponse, at: datetime.datetime) -> None:
    today = london_day(at)
    if published.published_on > today:
        raise Refusal(
            f"{say(published.published_on)} is in the future. Enter the day of the report.",
            "published_on",
            code="in-the-future",
        )
    if published.responded_on > today:
        raise Refusal(
            f"{say(published.responded_on)} is in the future. Enter the day of the response.",
            "responded_on",
            code="in-the-future",
        )
    if published.responded_on < published.published_on:
        raise Refusal("The response is dated before the report.", "responded_on", code="before-publication")
    if not published.title.strip():
        raise Refusal("Enter the title of the report.", "title", code="required")
    if len(published.title.strip()) > longest(Response, "title"):
        raise Refusal(
            f"The title is longer than {longest(Response, 'title')} characters. Shorten it.", "title", code="too-long"
        )
    found = find_document(published.source_text)
    if found:
        raise AlreadyHere(found)
    for place, new in enumerate(published.recommendations):
        call_at_position(place, check_lengths, new)


def check_lengths(new: NewRecommendation) -> None:
    """Raise Refusal if a value is longer than its field: it was probably misread, and is never cut off silently."""
    for name in ("number", "heading", "deadline_words"):
        most = longest(Recommendation, name)
        if len(getattr(new, name).strip()) > most:
            words = name.replace("_", " ").capitalize()
            raise Refusal(f"{words}: this is longer than {most} characters. Shorten it.", name)
    if any(len(name) > longest(Addressee, "name") for name in new.addressees):
        raise Refusal("One of those whom it is directed to has a very long name. Shorten it.", "addressees")


def _inspection(act: VerbContext, published: PublishedResponse, force: Force) -> Inspection:
    found = published.inspection or find_inspection(published.title, published.published_on)
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
    if found.published_on > published.responded_on:
        raise Refusal("The response is dated before the report.", "responded_on")
    found = lock_row(found)
    if not found.covers.filter(force=force).exists():
        act.save(InspectionForce(inspection=found, force=force))
    return found


def _recommendation(
    act: VerbContext, inspection: Inspection, force: Force, new: NewRecommendation, cause: Recommendation | None
) -> Recommendation:
    """Return the inspection's matching recommendation, tracked for the force, or create it.

    A response that gives only a recommendation's number answers the existing one.
    """
    found = _same_recommendation(inspection, new)
    if found is None:
        return new_recommendation(act, inspection, new, cause=cause)
    if new.text.strip() and not _same_words(found.text, new.text):
        raise Refusal(
            f"{found} of this inspection has another text in the register. "
            "Correct one of the two, so that both say the same.",
            "number",
            code="another-text",
        )
    if RecommendationKind(found.kind).is_tracked and not found.tracked.filter(force=force).exists():
        track(act, found, force, directed_to_force=new.directed_to_force)
    return found


def _track_the_rest(act: VerbContext, inspection: Inspection, force: Force) -> None:
    """Track the inspection's other recommendations for the force too: an inspection is tracked whole or not at all."""
    for recommendation in inspection.recommendations.in_order().exclude(tracked__force=force):
        if RecommendationKind(recommendation.kind).is_tracked:
            others = set(recommendation.tracked.values_list("directed_to_force", flat=True))
            track(act, recommendation, force, directed_to_force=others != {False})


def _same_recommendation(inspection: Inspection, new: NewRecommendation) -> Recommendation | None:
    number = new.number.strip()
    same = inspection.recommendations.filter(kind=new.kind)
    if number:
        return same.filter(number__iexact=number).first()
    return next((each for each in same.filter(number="") if _same_words(each.text, new.text)), None)


def _same_words(one: str, other: str) -> bool:
    return document_digest(one) == document_digest(other)


def _version(
    published: PublishedResponse, response: Response, by: User | None, at: datetime.datetime
) -> ResponseVersion:
    return ResponseVersion(
        response=response,
        number=1,
        body_name=published.body_name or response.body.details_on(published.responded_on).name,
        published_on=published.responded_on,
        recorded_at=at,
        recorded_by=by,
        left_out=list(published.left_out),
        source_name=published.source_name,
        source_text=published.source_text,
        source_sha256=document_digest(published.source_text),
        layout=published.read_by,
    )


def _save_comment(
    act: VerbContext, version: ResponseVersion, place: int, comment: NewComment, recommendations: list[Recommendation]
) -> None:
    row = act.save(Comment(version=version, position=place, text=comment.text))
    for index in dict.fromkeys(comment.answers):
        act.save(CommentAnswer(comment=row, recommendation=recommendations[index]))


def _text(published: PublishedResponse, version: ResponseVersion) -> ResponseText:
    """Return the document's text with the report's recommendations. Its comments are recorded already."""
    response = version.response
    reports = reports_of(response)
    forces, day = forces_of(response.body_id, reports), published.responded_on
    asked = recommendations_of(reports)
    said, general = published_answers(version, {each.pk for each in asked})
    return ResponseText(
        **facts_of(response, reports, forces) | {"forces": tuple(force.details_on(day).name for force in forces)},
        body_name=version.body_name,
        comment_label=response.body.details_on(day).comment_label,
        published_on=version.published_on,
        narrative=tuple(published.narrative),
        footnotes=tuple(Note(note["mark"], note["text"]) for note in published.footnotes),
        items=items_of(printed_recommendations(asked, said), said),
        general=tuple(general),
        chief_officers=_chief_officers(published, response, reports),
        reply=published.reply,
    )


def _chief_officers(published: PublishedResponse, response: Response, reports: list[Inspection]) -> tuple:
    """Return the chief officers' comments, if the document has any: one text for all its forces."""
    if not published.chief_officer_comments:
        return ()
    names = force_names(forces_of(response.body_id, reports))
    return (ChiefOfficer(force=names, text=published.chief_officer_comments),)
