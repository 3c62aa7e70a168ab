"""Search entries for the register: tracked recommendations, the three voices, targets and closures."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from recommendations.domain.register.parts.states import part_label
from recommendations.domain.register.sheet_columns import PLANNED, UPDATE_TEXT_KEYS, WHO_TEXTS
from recommendations.domain.search.sources import RestsOn, SearchDocument, day_and_month, source
from recommendations.domain.sources.naming import status_label
from recommendations.enums import AssuranceView, InspectorateStatusKind, Outcome
from recommendations.enums.disputes import DisputeStep
from recommendations.enums.register import RecheckAnswer
from recommendations.enums.risk import DelayCause
from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import (
    Assurance,
    Closure,
    Delay,
    Dispute,
    ForceUpdate,
    Inspection,
    InspectorateStatus,
    PartDischarged,
    Recheck,
    Recommendation,
    Restriction,
    SubRecommendation,
    TargetDate,
    TrackedRecommendation,
    Weight,
)
from recommendations.periods import day_start, say
from recommendations.sections import Section

OF_RECOMMENDATION = {"kind", "number", "heading", "text", "withdrawn_at"}
OF_INSPECTION = {"title", "short_name", "published_on", "lead_inspectorate", "withdrawn_at"}
TRACKED = ("tracked__recommendation",)
ON_TRACKED = (
    RestsOn(TrackedRecommendation, "tracked", {"reference", "force_id", "withdrawn_at"}),
    RestsOn(Recommendation, "tracked__recommendation", {"heading", "text"}),
)


@source(
    TrackedRecommendation,
    related=("recommendation__inspection",),
    fetched={"recommendation": ("parts",)},
    rests_on=(
        RestsOn(Recommendation, "recommendation", OF_RECOMMENDATION),
        RestsOn(SubRecommendation, "recommendation__parts", {"text"}),
        RestsOn(Inspection, "recommendation__inspection", OF_INSPECTION),
    ),
)
def recommendations(tracked: TrackedRecommendation) -> Iterator[SearchDocument]:
    """A tracked recommendation's text and planned action, also found by its references and people."""
    of = tracked.recommendation
    inspection = of.inspection
    yield SearchDocument(
        kind=SearchKind.RECOMMENDATION,
        speaker=Speaker.INSPECTORATE,
        readers=Readers.FORCE,
        force=tracked.force_id,
        inspection=inspection.pk,
        tracked=tracked.pk,
        record=tracked.pk,
        address=tracked.get_absolute_url(),
        title=f"{tracked.reference}, {str(of)[0].lower()}{str(of)[1:]}",
        about=inspection.short_name,
        names=(
            *(tracked.reference, tracked.portal_reference, of.short_label, str(of), of.heading),
            *(getattr(tracked, column.key) for column in WHO_TEXTS),
            *(inspection.short_name, inspection.title),
        ),
        text=words_of(of),
        said_by=inspection.lead_inspectorate,
        day=inspection.published_on,
        recorded_at=tracked.recorded_at,
        has_no_page=tracked.withdrawn_at is not None,
    )
    if tracked.planned_action:
        yield _tracked_document(
            tracked,
            "planned action",
            kind=SearchKind.UPDATE,
            speaker=Speaker.FORCE,
            address=tracked.get_absolute_url(),
            text=tracked.planned_action,
            day=tracked.tracked_on,
            recorded_at=tracked.recorded_at,
            part=PLANNED,
        )


def words_of(of: Recommendation) -> str:
    """A recommendation's heading and text, with those of its parts."""
    heading = f"{of.heading.rstrip('.')}." if of.heading else ""
    return _lines(heading, of.text, *(part.text for part in of.parts.all()))


def _tracked_document(tracked: TrackedRecommendation, what: str, **facts: Any) -> SearchDocument:
    """An entry about a tracked recommendation, leading to its page."""
    usual: dict[str, Any] = {
        "readers": Readers.FORCE,
        "force": tracked.force_id,
        "inspection": tracked.recommendation.inspection_id,
        "tracked": tracked.pk,
        "record": tracked.pk,
        "address": f"{tracked.get_absolute_url()}#happened",
        "title": f"{tracked.reference}, {what}",
        "about": tracked.recommendation.short_text,
        "beside": (tracked.reference, tracked.recommendation.short_text),
        "has_no_page": tracked.withdrawn_at is not None,
    }
    return SearchDocument(**usual | facts)


def _dated_document(row: Any, kind: SearchKind, what: str, **facts: Any) -> SearchDocument:
    """An entry for a dated row."""
    return _tracked_document(
        row.tracked,
        what,
        kind=kind,
        by=row.recorded_by_id,
        day=row.effective_on,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        **facts,
    )


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


@source(ForceUpdate, related=TRACKED, rests_on=ON_TRACKED)
def updates(row: ForceUpdate) -> Iterator[SearchDocument]:
    """A force update: what was done, and its further texts."""
    texts = (row.done, *(getattr(row, key) for key in UPDATE_TEXT_KEYS))
    yield _dated_document(
        row,
        SearchKind.UPDATE,
        f"update of {day_and_month(row.effective_on)}",
        speaker=Speaker.FORCE,
        said_by=row.said_by,
        text=_lines(*texts),
    )


@source(Assurance, related=TRACKED, rests_on=ON_TRACKED)
def assurances(row: Assurance) -> Iterator[SearchDocument]:
    """An assurance: the view, why, and what was looked at."""
    view = AssuranceView(row.view).label if row.view in AssuranceView.values else row.view
    looked = f"Looked at: {row.looked_at}" if row.looked_at else ""
    yield _dated_document(
        row,
        SearchKind.ASSURANCE,
        view.lower(),
        speaker=Speaker.OFFICE,
        text=_lines(row.rationale, looked),
    )


@source(
    InspectorateStatus,
    related=("tracked__recommendation__inspection",),
    rests_on=(*ON_TRACKED, RestsOn(Inspection, "tracked__recommendation__inspection", {"source_word"})),
)
def statuses(row: InspectorateStatus) -> Iterator[SearchDocument]:
    """The source's status, and where it was read."""
    status = dict(InspectorateStatusKind.choices).get(row.status, row.status.replace("_", " "))
    yield _dated_document(
        row,
        SearchKind.STATUS,
        f"{status_label(row.tracked.recommendation.inspection.source_word)} of {day_and_month(row.effective_on)}",
        speaker=Speaker.INSPECTORATE,
        text=_lines(f"{status}.", row.source),
    )


@source(TargetDate, related=TRACKED, rests_on=ON_TRACKED)
def targets(row: TargetDate) -> Iterator[SearchDocument]:
    """The reason for setting or moving a target; no entry without a reason."""
    if row.reason:
        title = f"target {say(row.target_on)}"
        yield _dated_document(row, SearchKind.TARGET, title, speaker=Speaker.FORCE, said_by=row.set_by, text=row.reason)


@source(Weight, related=TRACKED, rests_on=ON_TRACKED)
def weights(row: Weight) -> Iterator[SearchDocument]:
    """The reason for a risk; no entry for themes alone."""
    if row.why:
        yield _dated_document(row, SearchKind.ASSURANCE, f"{row.risk} risk", speaker=Speaker.OFFICE, text=row.why)


@source(Delay, related=TRACKED, rests_on=ON_TRACKED)
def delays(row: Delay) -> Iterator[SearchDocument]:
    """The cause of a delay, and the mitigation."""
    cause = dict(DelayCause.choices).get(row.cause, row.cause.replace("_", " "))
    text = _lines(f"{cause}." if cause else "", row.words, row.mitigation)
    if text:
        title = f"cause of delay, {day_and_month(row.effective_on)}"
        yield _dated_document(row, SearchKind.UPDATE, title, speaker=Speaker.FORCE, said_by=row.said_by, text=text)


@source(Restriction, related=TRACKED, rests_on=ON_TRACKED)
def restrictions(row: Restriction) -> Iterator[SearchDocument]:
    """The reason for restricting a recommendation, or lifting that; only for the office."""
    what = "restricted" if row.restricted else "no longer restricted"
    yield _dated_document(row, SearchKind.NOTE, what, speaker=Speaker.OFFICE, readers=Readers.OFFICE, text=row.reason)


@source(Closure, related=(*TRACKED, "requested_by"), rests_on=ON_TRACKED)
def closures(row: Closure) -> Iterator[SearchDocument]:
    """A closure's request, decision and reopening: an entry for each, with its own day and person."""
    outcome = Outcome(row.outcome).label.lower()
    by_force = row.requested_by is not None and row.requested_by.force_id
    speaker = Speaker.FORCE if by_force else Speaker.OFFICE
    asked = f"closure requested: {outcome}"
    yield from _step(row, "requested", asked, _lines(row.request_reason, row.evidence), speaker)
    decided = f"closed: {outcome}" if row.closed_on else "closure declined"
    yield from _step(row, "decided", decided, row.decision_reason)
    yield from _step(row, "reopened", "reopened", row.reopened_why)


@source(
    PartDischarged,
    related=(*TRACKED, "requested_by", "part", "closed_with"),
    rests_on=(*ON_TRACKED, RestsOn(SubRecommendation, "part", {"text", "number"})),
)
def parts_done(row: PartDischarged) -> Iterator[SearchDocument]:
    """A part's closure request, decision and reopening."""
    label = part_label(row.part)
    speaker = Speaker.FORCE if row.requested_by is not None and row.requested_by.force_id else Speaker.OFFICE
    if row.closed_with is None or row.requested_at != row.closed_with.requested_at:
        asked = f"closure of {label} requested"
        yield from _step(row, "requested", asked, _lines(row.request_reason, row.evidence), speaker)
    decided = f"{label} done" if row.closed_on else f"closure of {label} declined"
    yield from _step(row, "decided", decided, row.decision_reason)
    yield from _step(row, "reopened", f"{label} reopened", row.reopened_why)


SPOKEN = {
    DisputeStep.REASON: (SearchKind.UPDATE, Speaker.FORCE, "why the force does not accept it"),
    DisputeStep.REPLY: (SearchKind.STATUS, Speaker.INSPECTORATE, "reply to the force"),
    DisputeStep.DECISION: (SearchKind.ASSURANCE, Speaker.OFFICE, "decision on the dispute"),
}


@source(Dispute, related=TRACKED, rests_on=ON_TRACKED)
def disputes(row: Dispute) -> Iterator[SearchDocument]:
    """A step of a dispute."""
    kind, speaker, what = SPOKEN[DisputeStep(row.step)]
    yield _dated_document(row, kind, what, speaker=speaker, said_by=row.said_by, text=row.text)


def _step(
    row: Closure | PartDischarged | Recheck, step: str, what: str, text: str, speaker: Speaker = Speaker.OFFICE
) -> Iterator[SearchDocument]:
    """A step of a closure, if taken and with a text."""
    if text and getattr(row, f"{step}_at"):
        yield _tracked_document(
            row.tracked,
            what,
            kind=SearchKind.CLOSURE,
            speaker=speaker,
            text=text,
            by=getattr(row, f"{step}_by_id"),
            day=getattr(row, f"{step}_on"),
            recorded_at=getattr(row, f"{step}_at"),
            part=step,
        )


@source(Recheck, related=TRACKED, rests_on=ON_TRACKED, section=Section.RECHECKS)
def rechecks(row: Recheck) -> Iterator[SearchDocument]:
    """A closure's measure, a recheck's result, and the decision on a slip."""
    what = f"look again {say(row.look_on)}" if row.look_on else RecheckAnswer(row.answer).label.lower()
    if text := _lines(row.saw, f"How we will know it lasted: {row.held_if}" if row.held_if else ""):
        yield _dated_document(row, SearchKind.CLOSURE, what, speaker=Speaker.OFFICE, text=text)
    if row.decision_reason:
        decided = "reopened" if row.agreed else "stays closed"
        yield from _step(row, "decided", decided, row.decision_reason)


@source(
    Recommendation,
    related=("inspection",),
    fetched={"": ("parts", "tracked")},
    rests_on=(
        RestsOn(TrackedRecommendation, "tracked", {"id"}),
        RestsOn(SubRecommendation, "parts", {"text"}),
        RestsOn(Inspection, "inspection", OF_INSPECTION),
    ),
)
def not_tracked(of: Recommendation) -> Iterator[SearchDocument]:
    """What a report has besides tracked recommendations: causes of concern, promising practice."""
    if of.tracked.all():
        return
    inspection = of.inspection
    yield SearchDocument(
        kind=SearchKind.RECOMMENDATION,
        speaker=Speaker.INSPECTORATE,
        readers=Readers.REPORTS,
        inspection=inspection.pk,
        record=inspection.pk,
        address=of.get_absolute_url(),
        title=f"{inspection.short_name}, {str(of)[0].lower()}{str(of)[1:]}",
        about=inspection.title,
        names=(of.short_label, str(of), of.heading, inspection.short_name, inspection.title),
        text=words_of(of),
        said_by=inspection.lead_inspectorate,
        day=inspection.published_on,
        recorded_at=day_start(inspection.published_on),
        has_no_page=bool(of.withdrawn_at or inspection.withdrawn_at),
    )


@source(Inspection)
def reports(inspection: Inspection) -> Iterator[SearchDocument]:
    """An inspection report, by its names."""
    yield SearchDocument(
        kind=SearchKind.REPORT,
        speaker=Speaker.INSPECTORATE,
        readers=Readers.REPORTS,
        inspection=inspection.pk,
        record=inspection.pk,
        address=reverse("inspection", args=[inspection.pk]),
        title=inspection.title,
        about=inspection.get_kind_display(),
        names=(inspection.short_name, inspection.title, inspection.get_kind_display()),
        text=f"{inspection.short_name}: {inspection.title}",
        said_by=", ".join(filter(None, (inspection.lead_inspectorate, inspection.joint_inspectorates))),
        day=inspection.published_on,
        recorded_at=day_start(inspection.published_on),
        has_no_page=inspection.withdrawn_at is not None,
    )
