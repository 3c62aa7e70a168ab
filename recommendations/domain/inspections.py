"""Inspections and what they ask: added by hand or with a published response, edited with a trace."""

import datetime
from dataclasses import dataclass, field

from django.db.models.functions import Length

from recommendations.domain.records import claim, locked, say
from recommendations.domain.refusals import Refusal
from recommendations.domain.standing import search_text, settle
from recommendations.enums import DeadlineKind, RecommendationKind
from recommendations.models import (
    Addressee,
    Force,
    Inspection,
    InspectionForce,
    Recommendation,
    SubRecommendation,
    TrackedRecommendation,
)
from recommendations.periods import london_day
from recommendations.trail import verb

FACTS = (
    "title",
    "short_name",
    "kind",
    "published_on",
    "link",
    "lead_inspectorate",
    "joint_inspectorates",
    "needs_response",
    "no_response_reason",
    "response_days",
)


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation before it is recorded. `due_on` is None exactly where the deadline's kind is none."""

    text: str
    kind: str = RecommendationKind.RECOMMENDATION
    number: str = ""
    heading: str = ""
    parts: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    deadline_words: str = ""
    deadline_kind: str = DeadlineKind.NONE
    deadline_on: datetime.date | None = None
    directed_to_force: bool = True
    leads: dict = field(default_factory=dict)


def add_inspection(*, forces, by, at: datetime.datetime, **facts) -> Inspection:
    """Record a published report and the forces that it covers. `facts` are named in FACTS."""
    with verb("add_inspection", by=by, at=at) as act:
        act.subject = new_inspection(act, forces=forces, **facts)
    return act.subject


def new_inspection(act, *, forces, **facts) -> Inspection:
    """The part of a verb that makes an inspection. Raises Refusal for a future day, no force, or a title used before."""
    _check_facts(facts, forces, act.at)
    if Inspection.objects.filter(title=facts["title"], published_on=facts["published_on"]).exists():
        raise Refusal("An inspection with this title and publication day is here already.", "title")
    inspection = act.save(Inspection(**facts))
    for force in forces:
        act.save(InspectionForce(inspection=inspection, force=force))
    return inspection


def _check_facts(facts: dict, forces, at) -> None:
    if facts["published_on"] > london_day(at):
        raise Refusal(f"{say(facts['published_on'])} is in the future. Enter the day it was published.", "published_on")
    if not forces:
        raise Refusal("Choose at least one force.", "forces")
    if not facts.get("needs_response", True) and not facts.get("no_response_reason", "").strip():
        raise Refusal("Say why no response is needed.", "no_response_reason")


def edit_inspection(*, inspection: Inspection, version: int, forces, by, at: datetime.datetime, **facts) -> Inspection:
    """Change an inspection's facts; a force can be added, and stays. Raises Refusal, or Stale where it changed."""
    with verb("edit_inspection", by=by, at=at, subject=inspection) as act:
        inspection = locked(inspection)
        claim(inspection, version)
        _check_facts(facts, forces, at)
        covered = set(Force.objects.filter(covered_by__inspection=inspection))
        if covered - set(forces):
            raise Refusal(
                "A force that an inspection covers cannot be taken off: its recommendations are tracked.", "forces"
            )
        for name in FACTS:
            setattr(inspection, name, facts.get(name, getattr(inspection, name)))
        act.save(inspection)
        for force in forces:
            if force not in covered:
                act.save(InspectionForce(inspection=inspection, force=force))
                _track_all(act, inspection, force)
        for tracked in TrackedRecommendation.objects.filter(recommendation__inspection=inspection).with_record():
            settle(act, tracked)
    return inspection


def _track_all(act, inspection, force) -> None:
    for recommendation in inspection.recommendations.in_order():
        if RecommendationKind(recommendation.kind).is_tracked:
            track(act, recommendation, force)


def add_recommendation(
    *, inspection: Inspection, new: NewRecommendation, by, at: datetime.datetime, cause: Recommendation | None = None
) -> Recommendation:
    """Add one recommendation to an inspection, tracked for each force that the inspection covers."""
    with verb("add_recommendation", by=by, at=at) as act:
        act.subject = new_recommendation(act, locked(inspection), new, cause=cause)
    return act.subject


def new_recommendation(act, inspection: Inspection, new: NewRecommendation, cause=None) -> Recommendation:
    """The part of a verb that makes a recommendation, its parts and addressees, and tracks it once per force.

    Raises Refusal for an empty text, a number used twice in this inspection, or a deadline before the report.
    """
    _check(inspection, new, cause)
    recommendation = act.save(
        Recommendation(
            inspection=inspection,
            kind=new.kind,
            number=new.number.strip(),
            position=inspection.recommendations.count() + 1,
            heading=new.heading.strip(),
            text=new.text.strip(),
            cause=cause,
            deadline_words=new.deadline_words.strip(),
            deadline_kind=new.deadline_kind,
            deadline_on=new.deadline_on,
        )
    )
    _save_lists(act, recommendation, new)
    if RecommendationKind(new.kind).is_tracked:
        for force in Force.objects.filter(covered_by__inspection=inspection):
            track(act, recommendation, force, directed_to_force=new.directed_to_force, **new.leads)
    return recommendation


def _check(inspection, new: NewRecommendation, cause, own_pk: int | None = None) -> None:
    if not new.text.strip():
        raise Refusal("Enter the text, word for word.", "text")
    number = new.number.strip()
    same = inspection.recommendations.filter(kind=new.kind, number=number).exclude(pk=own_pk)
    if number and same.exists():
        kind = RecommendationKind(new.kind).label.lower()
        raise Refusal(f"There is a {kind} {number} in this inspection already. Enter another number.", "number")
    if (new.deadline_kind == DeadlineKind.NONE) != (new.deadline_on is None):
        raise Refusal("Enter the day of the deadline, or choose “None”.", "deadline_on")
    if new.deadline_on and new.deadline_on < inspection.published_on:
        raise Refusal(
            f"The deadline is before the report was published, {say(inspection.published_on)}.", "deadline_on"
        )
    if cause is not None and cause.inspection_id != inspection.pk:
        raise Refusal("Choose a cause of concern of the same inspection.", "cause")


def _save_lists(act, recommendation, new: NewRecommendation) -> None:
    for place, text in enumerate(new.parts, start=1):
        act.save(SubRecommendation(recommendation=recommendation, position=place, text=text))
    for place, name in enumerate(new.addressees, start=1):
        act.save(Addressee(recommendation=recommendation, position=place, name=name))


def edit_recommendation(
    *, recommendation: Recommendation, version: int, new: NewRecommendation, reason: str, by, at, cause=None
) -> Recommendation:
    """Correct a recommendation. Its text is verbatim, so a change needs a reason, and the old text stays in the history.

    Parts and addressees stay as they are. Raises Refusal, or Stale where somebody else changed it.
    """
    with verb("edit_recommendation", by=by, at=at, reason=reason, subject=recommendation) as act:
        recommendation = locked(recommendation)
        claim(recommendation, version)
        _check(recommendation.inspection, new, cause, own_pk=recommendation.pk)
        if not reason.strip():
            raise Refusal("Say why you change it: the text is the inspectorate's, word for word.", "reason")
        if RecommendationKind(new.kind).is_tracked != RecommendationKind(recommendation.kind).is_tracked:
            raise Refusal("This kind cannot be changed to one that is followed differently. Add a new one.", "kind")
        for name in ("kind", "number", "heading", "text", "deadline_words", "deadline_kind", "deadline_on"):
            value = getattr(new, name)
            setattr(recommendation, name, value.strip() if isinstance(value, str) else value)
        recommendation.cause = cause
        act.save(recommendation)
        for tracked in TrackedRecommendation.objects.select_for_update().filter(recommendation=recommendation):
            tracked.deadline_kind, tracked.deadline_on = recommendation.deadline_kind, recommendation.deadline_on
            settle(act, tracked)
    return recommendation


def track(act, recommendation, force, *, directed_to_force=True, tracked_on=None, **facts) -> TrackedRecommendation:
    """The part of a verb that follows a recommendation for one force, from the report's day where none is given."""
    tracked = TrackedRecommendation(
        recommendation=recommendation,
        force=force,
        reference=facts.pop("reference", "") or next_reference(force),
        directed_to_force=directed_to_force,
        tracked_on=tracked_on or recommendation.inspection.published_on,
        recorded_at=act.at,
        recorded_by=act.by,
        deadline_kind=recommendation.deadline_kind,
        deadline_on=recommendation.deadline_on,
        **facts,
    )
    tracked.search_text = search_text(tracked)
    return act.save(tracked)


def next_reference(force: Force) -> str:
    """The next of the office's own references for a force: WM-0164 after WM-0163. Locks the force."""
    locked(force)
    prefix = f"{force.reference_prefix}-"
    used = TrackedRecommendation.objects.filter(reference__startswith=prefix)
    for reference in used.order_by(Length("reference").desc(), "-reference").values_list("reference", flat=True)[:50]:
        if reference[len(prefix) :].isdecimal():
            return f"{prefix}{int(reference[len(prefix) :]) + 1:04d}"
    return f"{prefix}0001"


def edit_tracked(*, tracked: TrackedRecommendation, version: int, by, at, reason: str = "", **facts):
    """Change references, leads, or whether it is directed to the force. Raises Refusal, or Stale where it changed."""
    with verb("edit_tracked", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = locked(tracked)
        claim(tracked, version)
        reference = facts.get("reference", tracked.reference).strip()
        if not reference:
            raise Refusal("Enter a reference.", "reference")
        if TrackedRecommendation.objects.filter(reference__iexact=reference).exclude(pk=tracked.pk).exists():
            raise Refusal(f"{reference} is used already. Enter another reference.", "reference")
        for name in ("reference", "portal_reference", "chief_officer_lead", "business_lead", "opcc_lead"):
            setattr(tracked, name, facts.get(name, getattr(tracked, name)).strip())
        tracked.directed_to_force = facts.get("directed_to_force", tracked.directed_to_force)
        settle(act, tracked)
    return tracked
