"""The records that can have notes: the kind of each, and those that a user can see."""

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
WITHDRAWN_TOO = {RecordKind.MEETING, RecordKind.REQUEST}  # their pages stay
OF_SECTIONS: dict[str, Section] = {RecordKind.MEETING: Section.PANELS}  # of others `visible_to` says so
WITH = {RecordKind.ROUND: ("force",), RecordKind.PAPER: ("force",), RecordKind.MEETING: ("panel",)}


def kind_of(record: Model) -> RecordKind:
    """Return a record's kind. Raises KeyError for records that cannot have notes."""
    return KINDS[type(record)]


def records_for(user: User, kind: str) -> QuerySet:
    """Return the records of a kind whose pages this user can see; none if their section is switched off."""
    model = MODELS[kind]
    found: QuerySet = (model.on_file if kind in WITHDRAWN_TOO else model.objects).visible_to(user)
    if kind in OF_SECTIONS and not OF_SECTIONS[kind].is_on:
        return found.none()
    return found.select_related(*WITH.get(RecordKind(kind), ())) if kind in WITH else found


def records_by_key(user: User, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Model]:
    """Return the records with these (kind, id) that this user can see. One query for each kind."""
    found: dict[tuple[str, int], Model] = {}
    for kind in RecordKind:
        if pks := {pk for each, pk in keys if each == kind}:
            found |= {(kind, row.pk): row for row in records_for(user, kind).filter(pk__in=pks)}
    return found
