"""Search entries for colleagues' notes: their text, only for the office, with the name of the record."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat

from recommendations.domain.search.sources import RestsOn, SearchDocument, source
from recommendations.enums.ownership import RecordKind
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import (
    Commitment,
    CommitteeRequest,
    Inspection,
    Meeting,
    OfficeNote,
    Response,
    ScrutinyReport,
    TrackedRecommendation,
    UpdateRound,
)
from recommendations.periods import london_day


class NotedOn(NamedTuple):
    """A kind of record with notes: its name, and the columns that affect a note's entry."""

    model: type[models.Model]
    named: F | Value | Concat
    columns: tuple[str, ...] = ()
    has_force: bool = False


# A note has its record's kind and id, without a foreign key: what a name is made of must be a column of the record.
NOTED_ON: dict[RecordKind, NotedOn] = {
    RecordKind.RECOMMENDATION: NotedOn(
        TrackedRecommendation, F("reference"), ("reference", "force_id", "withdrawn_at"), has_force=True
    ),
    RecordKind.REPORT: NotedOn(Inspection, F("short_name"), ("short_name", "withdrawn_at")),
    RecordKind.RESPONSE: NotedOn(Response, F("title"), ("title",)),
    RecordKind.COMMITMENT: NotedOn(Commitment, Value("a commitment")),
    RecordKind.ROUND: NotedOn(UpdateRound, F("name"), ("name", "force_id"), has_force=True),
    RecordKind.MEETING: NotedOn(Meeting, Value("a meeting"), ("withdrawn_at",)),
    RecordKind.REQUEST: NotedOn(
        CommitteeRequest, Concat(Value("request "), F("number")), ("number", "force_id", "withdrawn_at"), has_force=True
    ),
    RecordKind.PAPER: NotedOn(ScrutinyReport, Value("a paper")),
}


def _record_expression(kind: RecordKind, expression: F | Value | Concat) -> When:
    """An expression on the record of a note of this kind; NULL for a withdrawn record."""
    rows = NOTED_ON[kind].model._default_manager.filter(pk=OuterRef("about_id")).order_by()
    return When(about=kind, then=Subquery(rows.annotate(said=expression).values("said")))


NAMED = Case(
    *(_record_expression(kind, on.named) for kind, on in NOTED_ON.items()),
    default=None,
    output_field=models.TextField(),
)
FORCE = Case(
    *(_record_expression(kind, F("force")) for kind, on in NOTED_ON.items() if on.has_force),
    default=None,
    output_field=models.BigIntegerField(),
)
INSPECTION = Case(
    When(about=RecordKind.REPORT, then=F("about_id")),
    _record_expression(RecordKind.RECOMMENDATION, F("recommendation__inspection")),
    default=None,
    output_field=models.BigIntegerField(),
)


@source(
    OfficeNote,
    computed={"named": NAMED, "of_force": FORCE, "of_inspection": INSPECTION},
    rests_on=tuple(RestsOn(on.model, "about_id", on.columns) for on in NOTED_ON.values() if on.columns),
)
def notes(note: OfficeNote) -> Iterator[SearchDocument]:
    """A colleague’s note, only for the office."""
    yield SearchDocument(
        kind=SearchKind.NOTE,
        speaker=Speaker.OFFICE,
        readers=Readers.OFFICE,
        force=note.of_force,
        inspection=note.of_inspection,
        tracked=note.about_id if note.about == RecordKind.RECOMMENDATION else None,
        record=note.about_id,
        address=note.get_absolute_url(),
        title=f"Note on {note.named}",
        about=note.get_about_display(),
        beside=(note.named or "",),
        text=note.text,
        by=note.written_by_id,
        day=london_day(note.written_at),
        recorded_at=note.written_at,
        withdrawn_at=note.withdrawn_at,
        has_no_page=note.named is None,
    )
