"""Search entries for attached files: their names, and the text in them."""

import datetime
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Left

from recommendations.domain.search.sources import LONGEST, RestsOn, SearchDocument, source
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import (
    Action,
    Assurance,
    Attachment,
    Commitment,
    CommitmentCheck,
    CommitteeRequest,
    ForceUpdate,
    Recheck,
    RoundLine,
    StoredFile,
    TrackedRecommendation,
    UpdateRound,
)
from recommendations.models.attachments import SUBJECT_PATHS, TRACKED_PATHS, record_of
from recommendations.periods import london_day
from recommendations.sections import Section, switched_off_sections

STORED = StoredFile.objects.filter(sha256=OuterRef("sha256")).values(start=Left("text", LONGEST))
TEXT = Case(
    When(removed_at__isnull=True, then=Coalesce(Subquery(STORED), Value(""))),
    default=Value(""),
    output_field=TextField(),
)
ON = {
    "update": "a force update",
    "assurance": "an OPCC assurance",
    "closure": "a request to close",
    "recheck": "a look after closing",
    "answer": "an answer in an update round",
    "commitment_check": "a check of a commitment",
    "request": "a committee’s request",
    "action": "an action",
    "tracked": "the recommendation",
}
# What has a page of its own, which is not there while its section is off.
SECTIONS = {"action": Section.ACTIONS, "request": Section.PANELS, "commitment_check": Section.COMMITMENTS}


@source(
    Attachment,
    related=(*SUBJECT_PATHS, *(f"{path}__recommendation" for path in TRACKED_PATHS)),
    computed={"text": TEXT},
    rests_on=(
        RestsOn(StoredFile, "sha256", {"text"}),
        RestsOn(ForceUpdate, "update", {"withdrawn_at"}),
        RestsOn(Assurance, "assurance", {"withdrawn_at"}),
        RestsOn(Recheck, "recheck", {"withdrawn_at"}),
        RestsOn(CommitmentCheck, "commitment_check", {"withdrawn_at"}),
        RestsOn(CommitteeRequest, "request", {"withdrawn_at", "number", "force_id"}),
        RestsOn(Action, "action", {"withdrawn_at", "words", "force_id"}),
        RestsOn(RoundLine, "answer__line", {"round_id"}),
        RestsOn(UpdateRound, "answer__line__round", {"force_id"}),
        *(RestsOn(TrackedRecommendation, path, {"reference", "force_id", "withdrawn_at"}) for path in TRACKED_PATHS),
    ),
    section=Section.FILES,
)
def files(file: Attachment) -> Iterator[SearchDocument]:
    """A file, by its name and text. Withdrawn as soon as it or what it is attached to is."""
    record, by = record_of(file.subject), file.recorded_by
    tracked = record if isinstance(record, TrackedRecommendation) else None
    name = _name(record)
    yield SearchDocument(
        kind=SearchKind.FILE,
        speaker=Speaker.FORCE if by and by.force_id else Speaker.OFFICE,
        readers=Readers.FORCE if file.action else _readers(file, tracked),
        force=getattr(record, "force_id", None),
        inspection=tracked.recommendation.inspection_id if tracked else None,
        tracked=tracked.pk if tracked else None,
        record=record.pk,
        address=record.get_absolute_url(),
        title=f"{name}, {file.name}",
        about=f"file on {ON[file.kind]}",
        names=(file.name,),
        beside=(name,),
        text=file.text or file.name,
        by=file.recorded_by_id,
        day=london_day(file.recorded_at),
        recorded_at=file.recorded_at,
        withdrawn_at=_withdrawn_at(file),
        has_no_page=tracked is not None and tracked.withdrawn_at is not None,
    )


def files_of_sections_off() -> QuerySet:
    """The ids of files on what has no page while its section is off: they are not searched."""
    off = switched_off_sections()
    on_these = [Q(**{f"{kind}__isnull": False}) for kind, section in SECTIONS.items() if section in off]
    return Attachment.on_file.filter(reduce(or_, on_these, Q(pk__in=[]))).values("pk")


def _name(record: TrackedRecommendation | Commitment | CommitteeRequest | Action) -> str:
    if isinstance(record, TrackedRecommendation):
        return record.reference
    if isinstance(record, Action):
        return f"Action: {record}"
    return f"Request {record.number}" if isinstance(record, CommitteeRequest) else "Commitment"


def _readers(file: Attachment, tracked: TrackedRecommendation | None) -> Readers:
    """The force's, if on the register or in the force's own answer; else the office's. As `visible_to` has it."""
    asked = file.answer.line.round.force_id if file.answer else tracked and tracked.force_id
    return Readers.FORCE if tracked and asked == tracked.force_id else Readers.OFFICE


def _withdrawn_at(file: Attachment) -> datetime.datetime | None:
    moments = (file.withdrawn_at, getattr(file.subject, "withdrawn_at", None))
    return min(filter(None, moments), default=None)
