"""The records that colleagues write notes on: of which kind each is, and those that a person may see."""

from typing import Any

from django.db.models import Model, QuerySet

from recommendations.enums.ownership import RecordKind
from recommendations.models import (
    Commitment,
    CommitteeRequest,
    Inspection,
    Meeting,
    Response,
    ScrutinyReport,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.sections import Section

MODELS: dict[str, type[Any]] = {
    RecordKind.RECOMMENDATION: TrackedRecommendation,
    RecordKind.REPORT: Inspection,
    RecordKind.RESPONSE: Response,
    RecordKind.COMMITMENT: Commitment,
    RecordKind.ROUND: UpdateRound,
    RecordKind.MEETING: Meeting,
    RecordKind.REQUEST: CommitteeRequest,
    RecordKind.PAPER: ScrutinyReport,
}
KINDS = {model: RecordKind(kind) for kind, model in MODELS.items()}
OF_SECTIONS: dict[str, Section] = {RecordKind.MEETING: Section.PANELS}
WITH = {RecordKind.ROUND: ("force",), RecordKind.PAPER: ("force",), RecordKind.MEETING: ("panel",)}


def kind_of(record: Model) -> RecordKind:
    """The kind of a record. Raises KeyError for what takes no notes."""
    return KINDS[type(record)]


def records_for(user: User, kind: str) -> QuerySet:
    """The records of a kind that this person may see; none of a section that is off."""
    found: QuerySet = MODELS[kind].objects.visible_to(user)
    if kind in OF_SECTIONS and not OF_SECTIONS[kind].is_on:
        return found.none()
    return found.select_related(*WITH.get(RecordKind(kind), ())) if kind in WITH else found


def records_by_key(user: User, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Model]:
    """The records with these kinds and ids that this person may see: one query for each kind."""
    found: dict[tuple[str, int], Model] = {}
    for kind in RecordKind:
        if pks := {pk for each, pk in keys if each == kind}:
            found |= {(kind, row.pk): row for row in records_for(user, kind).filter(pk__in=pks)}
    return found
