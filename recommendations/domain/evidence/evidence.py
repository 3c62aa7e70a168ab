"""Link evidence that something was done, and withdraw the link with a reason."""

import datetime

from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingState, PanelKind
from recommendations.models import (
    Assurance,
    Commitment,
    CustodyVisit,
    Evidence,
    Force,
    Indicator,
    InspectionForce,
    Meeting,
    Panel,
    TrackedRecommendation,
    User,
)
from recommendations.trail import verb

Subject = Commitment | Assurance | TrackedRecommendation
Source = Meeting | CustodyVisit | Panel | Force | Indicator
COLUMN = {
    Meeting: "meeting",
    CustodyVisit: "visit",
    Panel: "panel",
    Force: "channel_of",
    Indicator: "indicator",
    Commitment: "commitment",
    Assurance: "assurance",
    TrackedRecommendation: "tracked",
}


def point_at(
    *,
    subject: Subject,
    source: Source | None,
    by: User | None,
    at: datetime.datetime,
    measure: bool = False,
    note: str = "",
) -> Evidence:
    """Link a source as evidence of a subject. A force stands for the attendance at all its Channel panels.

    With `measure`, the series measures a commitment. Raises Refusal if the source is withdrawn, not held yet, of
    another force or linked already; if the assurance is withdrawn; for a measure of anything but a commitment, by
    anything but Channel panel attendance, or besides another measure.
    """
    with verb("point_at", by=by, at=at, subject=subject) as act:
        subject = _still_there(lock_row(subject))
        if source is None:
            raise Refusal("Choose what shows it.", "source", code="required")
        _check_source(subject, source)
        facts: dict[str, object] = {COLUMN[type(subject)]: subject, COLUMN[type(source)]: source}
        _check_new(facts)
        if measure:
            _check_measure(subject, source)
        facts |= {"measure": measure, "note": short(note, model=Evidence, field="note")}
        return act.save(Evidence(recorded_at=at, recorded_by=by, **facts))


def _still_there(subject: Subject) -> Subject:
    if isinstance(subject, Assurance) and subject.withdrawn_at:
        raise Refusal("This assurance is withdrawn, and stays as it is.", code="withdrawn")
    return subject


def _check_source(subject: Subject, source: Source) -> None:
    if isinstance(source, Meeting):
        _check_held(source)
    if isinstance(source, CustodyVisit):
        _check_visited(source)
    if isinstance(source, Indicator) and not Indicator.objects.select_for_update().filter(pk=source.pk).exists():
        raise Refusal("This indicator is withdrawn.", "source", code="withdrawn")
    force = _force_of(source)
    if force and force.pk not in forces_of(subject):
        raise Refusal(f"This is about {force}, and {_subject_words(subject)} is not.", "source", code="another-force")


def _check_held(meeting: Meeting) -> None:
    """Check that the meeting was held, locking it so that it cannot be withdrawn at the same moment."""
    if not Meeting.objects.select_for_update().filter(pk=meeting.pk, state=MeetingState.HELD).exists():
        raise Refusal(
            "The attendance at this meeting is not recorded, so it shows nothing yet.", "source", code="no-attendance"
        )


def _check_visited(visit: CustodyVisit) -> None:
    if not CustodyVisit.objects.select_for_update().filter(pk=visit.pk).exists():
        raise Refusal("This visit is withdrawn.", "source", code="withdrawn")


def _force_of(source: Source) -> Force | None:
    if isinstance(source, CustodyVisit):
        return source.suite.force
    if isinstance(source, Force):
        return source
    return source.panel.force if isinstance(source, Meeting) else source.force


def _subject_words(subject: Subject) -> str:
    return {Commitment: "this commitment", Assurance: "this assurance"}.get(type(subject), "this recommendation")


def forces_of(subject: Subject) -> set[int]:
    """Return the ids of the forces that a subject is about: for a commitment, those its response's reports cover."""
    if isinstance(subject, Commitment):
        covers = InspectionForce.objects.filter(inspection__answered_by__response=subject.of.response_id)
        return set(covers.values_list("force_id", flat=True))
    return {subject.tracked.force_id if isinstance(subject, Assurance) else subject.force_id}


def _check_new(facts: dict) -> None:
    if Evidence.objects.filter(**facts).exists():
        raise Refusal("This is linked already.", "source", code="linked-already")


def _check_measure(subject: Subject, source: Source) -> None:
    if not isinstance(subject, Commitment):
        raise Refusal("Only a commitment has a measure.", "measure", code="no-measure")
    if not (isinstance(source, Force) or (isinstance(source, Panel) and source.kind == PanelKind.CHANNEL)):
        raise Refusal("Only attendance at Channel panels can be the measure.", "measure", code="wrong-measure")
    if Evidence.objects.filter(commitment=subject, measure=True).exists():
        raise Refusal("This commitment has a measure. Withdraw that one first.", "measure", code="measured-already")


def withdraw_evidence(*, evidence: Evidence, reason: str, by: User | None, at: datetime.datetime) -> Evidence:
    """Withdraw a link. It stays on record. Raises Refusal without a reason, or if it is withdrawn already."""
    with verb("withdraw_evidence", by=by, at=at, reason=reason.strip(), subject=evidence.subject) as act:
        evidence = Evidence.on_file.select_for_update().get(pk=evidence.pk)
        return mark_withdrawn(act, evidence, needs="Say why this is withdrawn.")
