"""Search entries for responses: published texts, drafts, commitments and their checks."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Prefetch
from django.urls import reverse

from recommendations.domain.search.sources import RestsOn, SearchDocument, day_and_month, source
from recommendations.domain.text.markdown import plain_text
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import (
    ChiefOfficerComments,
    Comment,
    CommentAnswer,
    Commitment,
    CommitmentCheck,
    DraftPart,
    Explanation,
    Force,
    InspectionForce,
    PublishedText,
    Recommendation,
    Response,
    ResponseInspection,
    ResponseVersion,
)
from recommendations.periods import london_day
from recommendations.sections import Section

OF_RESPONSE = {"title", "slug", "state", "withdrawn_at"}
ASKED = "asked"  # part name of what a response answers: hidden in results, as recommendations have their own entries
COVERED = "response__answers__inspection__covers"
# The reports that a response answers, repeated for each force that they cover.
ANSWERED = Prefetch("answers", ResponseInspection.objects.annotate(covers=F("inspection__covers__force")))
VERSIONS = Prefetch("versions", ResponseVersion.objects.only("response", "number", "recorded_at"))


def _version_options(path: str) -> dict[str, Any]:
    """The options for `source` of a text of the version at `path`: what is fetched, and what its entry depends on."""
    return {
        "related": (f"{path}__response",),
        "left": (f"{path}__source_text",),
        "fetched": {f"{path}__response": (ANSWERED, VERSIONS)},
        "rests_on": (
            RestsOn(Response, f"{path}__response", OF_RESPONSE),
            RestsOn(ResponseVersion, f"{path}__response__versions", {"id"}),
            RestsOn(ResponseInspection, f"{path}__response__answers", {"id"}),
            RestsOn(InspectionForce, f"{path}__{COVERED}", {"id"}),
        ),
    }


def _version_document(version: ResponseVersion, **facts: Any) -> SearchDocument:
    """An entry for a text of a published version, replaced by a later version's."""
    response = version.response
    later = [each for each in response.versions.all() if each.number > version.number]
    inspections = {answer.inspection_id for answer in response.answers.all()}
    forces = {answer.covers for answer in response.answers.all()} - {None}  # type: ignore[attr-defined]  # by ANSWERED
    is_public = bool(response.slug) and response.withdrawn_at is None
    usual = {
        "kind": SearchKind.COMMENT,
        "speaker": Speaker.OFFICE,
        "readers": Readers.PUBLIC if is_public else Readers.RESPONSES,
        "force": forces.pop() if len(forces) == 1 else None,
        "inspection": inspections.pop() if len(inspections) == 1 else None,
        "record": response.pk,
        "address": response.get_public_url() if is_public else response.get_absolute_url(),
        "title": f"{response.title}, version {version.number}",
        "beside": (response.title,),
        "said_by": version.body_name,
        "day": version.published_on,
        "recorded_at": version.recorded_at,
        "withdrawn_at": response.withdrawn_at,
        "replaced_at": min(later, key=lambda each: each.number).recorded_at if later else None,
    }
    return SearchDocument(**usual | facts)


of_comment = _version_options("version")
of_comment["fetched"] |= {"": (Prefetch("answers", CommentAnswer.objects.select_related("recommendation")),)}
of_comment["rests_on"] += (RestsOn(Recommendation, "answers__recommendation", {"kind", "number"}),)


@source(Comment, **of_comment)
def comments(row: Comment) -> Iterator[SearchDocument]:
    """The body's comment on one or more recommendations."""
    labels = [answer.recommendation.short_label for answer in row.answers.all()]
    about = f"comment on {', '.join(dict.fromkeys(labels))}" if labels else "comment"
    yield _version_document(row.version, text=row.text, about=about)


@source(Explanation, **_version_options("of"))
def explanations(row: Explanation) -> Iterator[SearchDocument]:
    """The reason for an action, or for none."""
    if row.reason:
        yield _version_document(row.of, text=row.reason, about=row.get_action_display())


@source(PublishedText, **_version_options("of"))
def narratives(row: PublishedText) -> Iterator[SearchDocument]:
    """The narrative, the chief officers' comments and the reply to them, as published."""
    told = row.text
    narrative = plain_text(told["markdown"]) if told.get("markdown") else "\n".join(told.get("narrative", ()))
    if narrative:
        yield _version_document(row.of, part="narrative", text=narrative, about="narrative", names=(row.heading,))
    if reply := told.get("reply"):
        yield _version_document(row.of, part="reply", text=reply, about="reply to the chief officer")
    if items := "\n".join(word for item in told.get("items", ()) for word in (item["text"], *item.get("parts", ()))):
        facts = {"part": ASKED, "about": "what it answers", "names": (row.heading, *told.get("forces", ()))}
        yield _version_document(row.of, text=items, **facts)
    for place, said in enumerate(told.get("chief_officers", ())):
        if said.get("text"):
            yield _version_document(
                row.of,
                part=f"chief officer {place}",
                text=said["text"],
                about=f"chief officer’s comments, {said.get('force', '')}",
                speaker=Speaker.FORCE,
                said_by=said.get("signed_by", ""),
            )


@source(
    ChiefOfficerComments,
    related=("response", "force"),
    rests_on=(RestsOn(Response, "response", {"title"}), RestsOn(Force, "force", {"short_name"})),
)
def chief_officers(row: ChiefOfficerComments) -> Iterator[SearchDocument]:
    """A chief officer's comments, as submitted to the office."""
    yield SearchDocument(
        kind=SearchKind.COMMENT,
        speaker=Speaker.FORCE,
        readers=Readers.RESPONSES,
        force=row.force_id,
        record=row.response_id,
        address=reverse("response_comments", args=[row.response_id]),
        title=f"{row.response.title}: chief officer’s comments",
        about=f"{row.force.short_name}, as submitted",
        names=(row.signed_by, row.signed_as),
        beside=(row.response.title,),
        text=row.text,
        by=row.recorded_by_id,
        said_by=row.signed_by,
        day=row.dated_on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


@source(
    DraftPart,
    related=("response", "recommendation"),
    rests_on=(
        RestsOn(Response, "response", {"title"}),
        RestsOn(Recommendation, "recommendation", {"kind", "number"}),
    ),
)
def drafts(part: DraftPart) -> Iterator[SearchDocument]:
    """A draft text, only for the office."""
    if text := "\n".join(filter(None, (plain_text(part.text) if part.name else part.text, part.reason))):
        of = part.recommendation
        yield SearchDocument(
            kind=SearchKind.DRAFT,
            speaker=Speaker.OFFICE,
            readers=Readers.RESPONSES,
            record=part.response_id,
            inspection=of.inspection_id if of else None,
            address=f"{reverse('draft_response', args=[part.response_id])}",
            title=f"{part.response.title}, draft",
            beside=(part.response.title,),
            about=f"comment on {of.short_label}" if of else part.name,
            text=text,
            by=part.saved_by_id,
            day=london_day(part.saved_at),
            recorded_at=part.saved_at,
        )


@source(
    Commitment,
    related=("of__response",),
    left=("of__source_text",),
    rests_on=(RestsOn(Response, "of__response", {"title"}),),
    section=Section.COMMITMENTS,
)
def commitments(row: Commitment) -> Iterator[SearchDocument]:
    """A commitment's sentence, and who keeps it."""
    yield SearchDocument(
        kind=SearchKind.COMMITMENT,
        speaker=Speaker.OFFICE,
        readers=Readers.RESPONSES,
        record=row.pk,
        address=row.get_absolute_url(),
        title=f"Commitment of {day_and_month(row.of.published_on)}",
        about=row.of.response.title,
        names=(row.keeper,),
        beside=(row.of.response.title,),
        text=row.quote,
        by=row.recorded_by_id,
        said_by=row.keeper,
        day=row.of.published_on,
        recorded_at=row.recorded_at,
    )


@source(
    CommitmentCheck,
    related=("commitment",),
    rests_on=(RestsOn(Commitment, "commitment", {"quote"}),),
    section=Section.COMMITMENTS,
)
def checks(row: CommitmentCheck) -> Iterator[SearchDocument]:
    """The findings of a commitment's check."""
    yield SearchDocument(
        kind=SearchKind.COMMITMENT,
        speaker=Speaker.OFFICE,
        readers=Readers.RESPONSES,
        record=row.commitment_id,
        address=row.commitment.get_absolute_url(),
        title=f"Check of a commitment: {row.get_outcome_display().lower()}",
        about=row.commitment.quote,
        beside=(row.commitment.quote,),
        text="\n".join(filter(None, (row.said, row.evidence))),
        by=row.recorded_by_id,
        day=row.effective_on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )
