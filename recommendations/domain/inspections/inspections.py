"""Verbs for inspections and their recommendations: adding them, and editing with a reason."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Min

from recommendations.deadlines import read_deadline
from recommendations.domain.inspections.links import set_links
from recommendations.domain.inspections.tracking import track
from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.register.sheet_columns import RECORD_TEXT_KEYS
from recommendations.domain.sources.frozen import changed_facts, check_stated_day, with_law, with_section_55
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import CAUSE_KINDS, DeadlineKind, RecommendationKind
from recommendations.models import (
    Addressee,
    Assurance,
    Closure,
    Force,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Recommendation,
    ResponseVersion,
    SubRecommendation,
    TargetDate,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

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
    "respond_by",
    "section_55",
)
OF_SOURCE = ("source", "basis", "answerer", "starts_on", "made_to", "source_reference")
DATED = (ForceUpdate, Assurance, InspectorateStatus, TargetDate)


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation to be recorded. `deadline_on` is None exactly if `deadline_kind` is none."""

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


def add_inspection(
    *, forces: Sequence[Force], by: User | None, at: datetime.datetime, links: dict | None = None, **facts: Any
) -> Inspection:
    """Record a published report, the forces that it covers, and its links to other reports (links.py).

    `facts` are named in FACTS and OF_SOURCE.
    """
    with verb("add_inspection", by=by, at=at) as act:
        check_stated_day(facts)
        act.subject = new_inspection(act, forces=forces, **facts)
        set_links(act, act.subject, links or {})
    return act.subject


def new_inspection(act: VerbContext, *, forces: Sequence[Force], **facts: Any) -> Inspection:
    """The part of a verb that adds an inspection.

    Raises Refusal for a future day, no force, a title used before, or a kind that does not determine whether section 55
    applies, if nobody says. For a source other than HMICFRS, `source` and `basis` are keys, and the rule determines the
    rest (domain/sources/frozen.py).
    """
    facts = with_law(with_section_55(facts), london_day(act.at))
    _check_facts(facts, forces, act.at)
    inspection = act.save(Inspection(**facts))
    for force in forces:
        act.save(InspectionForce(inspection=inspection, force=force))
    return inspection


def _check_facts(facts: dict, forces: Sequence[Force], at: datetime.datetime, own_pk: int | None = None) -> None:
    if facts["published_on"] > london_day(at):
        raise Refusal(f"{say(facts['published_on'])} is in the future. Enter the day it was published.", "published_on")
    if not forces:
        raise Refusal("Choose at least one force.", "forces", code="required")
    if not facts.get("needs_response", True) and not facts.get("no_response_reason", "").strip():
        raise Refusal("Say why no response is needed.", "no_response_reason", code="no-reason")
    if facts.get("respond_by") and facts["respond_by"] < facts["published_on"]:
        raise Refusal("The last day is before the report was published.", "respond_by")
    same = Inspection.objects.filter(title=facts["title"], published_on=facts["published_on"])
    if own_pk is not None:
        same = same.exclude(pk=own_pk)
    if same.exists():
        raise Refusal("An inspection with this title and publication day is here already.", "title")


def edit_inspection(
    *,
    inspection: Inspection,
    version: int,
    forces: Sequence[Force],
    reason: str,
    by: User | None,
    at: datetime.datetime,
    links: dict | None = None,
    **facts: Any,
) -> Inspection:
    """Change an inspection's facts and links, with a reason. Forces can be added but not removed.

    If the day of publication changes, so do the deadlines counted from it. Raises Refusal, or Stale if someone else
    changed it.
    """
    with verb("edit_inspection", by=by, at=at, reason=reason, subject=inspection) as act:
        inspection = lock_row(inspection)
        claim(inspection, version)
        if not reason.strip():
            raise Refusal("Say why you change it.", "reason")
        facts = with_section_55(_complete_facts(facts, inspection))
        facts = changed_facts(facts, inspection, london_day(at))
        _check_facts(facts, forces, at, own_pk=inspection.pk)
        check_stated_day(facts)
        covered = set(Force.objects.filter(covered_by__inspection=inspection))
        if covered - set(forces):
            raise Refusal(
                "A force that an inspection covers cannot be removed: its recommendations are tracked.", "forces"
            )
        before = {name: getattr(inspection, name) for name in FACTS}
        for name, value in facts.items():
            setattr(inspection, name, value)
        act.save(inspection)
        set_links(act, inspection, links or {})
        _follow(act, inspection, before)
        for force in forces:
            if force not in covered:
                act.save(InspectionForce(inspection=inspection, force=force))
                _track_all(act, inspection, force)
    return inspection


def _complete_facts(facts: dict, inspection: Inspection) -> dict:
    """All facts of a changed inspection: as given, else as recorded. With a new rule, that decides who answers."""
    is_under_another = facts.get("basis", inspection.basis) != inspection.basis
    answerer = {"answerer": ""} if is_under_another and inspection.is_of_other_source else {}
    return {name: getattr(inspection, name) for name in FACTS + OF_SOURCE} | answerer | facts


def _follow(act: VerbContext, inspection: Inspection, before: dict) -> None:
    """Update what depends on an inspection's facts: deadlines counted from its day."""
    was, now = before["published_on"], inspection.published_on
    if was != now:
        _check_nothing_before(inspection)
        for recommendation in inspection.recommendations.select_for_update():
            _count_again(act, recommendation, was, now)
        for tracked in TrackedRecommendation.objects.filter(recommendation__inspection=inspection).with_record():
            tracked.deadline_on = tracked.recommendation.deadline_on
            tracked.tracked_on = now if tracked.tracked_on == was else tracked.tracked_on
            act.save(tracked)


def _check_nothing_before(inspection: Inspection) -> None:
    """Raise Refusal if anything on record for an inspection is older than its day of publication."""
    tracked = TrackedRecommendation.objects.filter(recommendation__inspection=inspection)
    dated = [model.objects.filter(tracked__in=tracked).standing() for model in DATED]
    days = [rows.aggregate(day=Min("effective_on"))["day"] for rows in dated]
    days.append(Closure.objects.filter(tracked__in=tracked).aggregate(day=Min("requested_on"))["day"])
    responses = ResponseVersion.objects.filter(response__answers__inspection=inspection)
    days.append(responses.aggregate(day=Min("published_on"))["day"])
    first = min((day for day in days if day), default=None)
    if first and first < inspection.published_on:
        raise Refusal(
            f"Something is on record for {say(first)}, which is before that day. Enter an earlier day.", "published_on"
        )


def _count_again(act: VerbContext, recommendation: Recommendation, was: datetime.date, now: datetime.date) -> None:
    """Move a deadline counted from the day of publication, unless it was set to another day by hand."""
    if recommendation.deadline_kind == DeadlineKind.IMMEDIATE:
        recommendation.deadline_on = now
        act.save(recommendation)
    elif recommendation.deadline_kind == DeadlineKind.RELATIVE:
        words = recommendation.deadline_words
        if recommendation.deadline_on == read_deadline(words, was).due_on:
            recommendation.deadline_on = read_deadline(words, now).due_on
            act.save(recommendation)
    if recommendation.deadline_on and recommendation.deadline_on < now:
        raise Refusal(
            f"The deadline of {recommendation}, {say(recommendation.deadline_on)}, is before that day. "
            "Enter an earlier day, or correct the deadline first.",
            "published_on",
        )


def _track_all(act: VerbContext, inspection: Inspection, force: Force) -> None:
    for recommendation in inspection.recommendations.in_order():
        if RecommendationKind(recommendation.kind).is_tracked:
            others = set(recommendation.tracked.values_list("directed_to_force", flat=True))
            track(act, recommendation, force, directed_to_force=others != {False})


def add_recommendation(
    *,
    inspection: Inspection,
    new: NewRecommendation,
    by: User | None,
    at: datetime.datetime,
    cause: Recommendation | None = None,
) -> Recommendation:
    """Add one recommendation to an inspection, tracked for each force that it covers."""
    with verb("add_recommendation", by=by, at=at) as act:
        act.subject = new_recommendation(act, lock_row(inspection), new, cause=cause)
    return act.subject


def new_recommendation(
    act: VerbContext, inspection: Inspection, new: NewRecommendation, cause: Recommendation | None = None
) -> Recommendation:
    """The part of a verb that adds a recommendation with its parts and addressees, and tracks it for each force.

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


def _check(
    inspection: Inspection, new: NewRecommendation, cause: Recommendation | None, own_pk: int | None = None
) -> None:
    if not new.text.strip():
        raise Refusal("Enter the text, word for word.", "text")
    number = new.number.strip()
    same = inspection.recommendations.filter(kind=new.kind, number__iexact=number)
    if own_pk is not None:
        same = same.exclude(pk=own_pk)
    if number and same.exists():
        kind = RecommendationKind(new.kind).label.lower()
        raise Refusal(f"There is a {kind} {number} in this inspection already. Enter another number.", "number")
    if (new.deadline_kind == DeadlineKind.NONE) != (new.deadline_on is None):
        raise Refusal("Enter the day of the deadline, or choose “None”.", "deadline_on")
    if new.deadline_on and new.deadline_on < inspection.published_on:
        raise Refusal(
            f"The deadline is before the report was published, {say(inspection.published_on)}.",
            "deadline_on",
            code="before-publication",
        )
    if cause is not None:
        _check_cause(inspection, new, cause)


def _check_cause(inspection: Inspection, new: NewRecommendation, cause: Recommendation) -> None:
    if cause.inspection_id != inspection.pk or cause.kind not in CAUSE_KINDS:
        raise Refusal("Choose a cause of concern of the same inspection.", "cause", code="invalid-choice")
    if not RecommendationKind(new.kind).is_tracked:
        raise Refusal("Only a recommendation or an area for improvement belongs to a cause of concern.", "cause")


def _save_lists(act: VerbContext, recommendation: Recommendation, new: NewRecommendation) -> None:
    for place, text in enumerate(new.parts, start=1):
        act.save(SubRecommendation(recommendation=recommendation, position=place, text=text))
    for place, name in enumerate(new.addressees, start=1):
        act.save(Addressee(recommendation=recommendation, position=place, name=name))


def edit_recommendation(
    *,
    recommendation: Recommendation,
    version: int,
    new: NewRecommendation,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    cause: Recommendation | None = None,
) -> Recommendation:
    """Correct a recommendation. Its text is verbatim, so a change needs a reason; the old text stays in the history.

    Parts and addressees can be reworded and added but not removed; if none are given, they are unchanged.
    Whether it is directed to the force, and the leads, belong to each tracked recommendation (edit_tracked).
    Raises Refusal, or Stale if someone else changed it.
    """
    with verb("edit_recommendation", by=by, at=at, reason=reason, subject=recommendation) as act:
        recommendation = lock_row(recommendation)
        claim(recommendation, version)
        _check(recommendation.inspection, new, cause, own_pk=recommendation.pk)
        if not reason.strip():
            raise Refusal("Say why you change it: the text is the inspectorate's, word for word.", "reason")
        _check_kind(recommendation, new.kind)
        for name in ("kind", "number", "heading", "text", "deadline_words", "deadline_kind", "deadline_on"):
            value = getattr(new, name)
            setattr(recommendation, name, value.strip() if isinstance(value, str) else value)
        recommendation.cause = cause
        act.save(recommendation)
        _edit_lines(act, SubRecommendation, recommendation, "parts", "text", new.parts)
        _edit_lines(act, Addressee, recommendation, "addressees", "name", new.addressees)
        for tracked in TrackedRecommendation.objects.select_for_update().filter(recommendation=recommendation):
            tracked.deadline_kind, tracked.deadline_on = recommendation.deadline_kind, recommendation.deadline_on
            act.save(tracked)
    return recommendation


def _check_kind(recommendation: Recommendation, kind: str) -> None:
    was, now = RecommendationKind(recommendation.kind), RecommendationKind(kind)
    if was.is_tracked != now.is_tracked:
        raise Refusal("This kind cannot be changed to one that is followed differently. Add a new one.", "kind")
    if now not in CAUSE_KINDS and recommendation.carries.exists():
        raise Refusal("Recommendations belong to this cause of concern. Move them to another one first.", "kind")


def _edit_lines(
    act: VerbContext,
    model: type[SubRecommendation] | type[Addressee],
    recommendation: Recommendation,
    field: str,
    column: str,
    lines: tuple[str, ...],
) -> None:
    """Reword the rows of `field` to `lines`, one by one, and add the additional ones."""
    rows = list(getattr(recommendation, field).order_by("position", "id"))
    if lines and len(lines) < len(rows):
        raise Refusal("A line cannot be removed, because nothing is deleted. Change its words instead.", field)
    for row, line in zip(rows, lines, strict=False):
        if getattr(row, column) != line:
            setattr(row, column, line)
            act.save(row)
    for place, line in enumerate(lines[len(rows) :], start=len(rows) + 1):
        act.save(model(recommendation=recommendation, position=place, **{column: line}))


def edit_tracked(
    *,
    tracked: TrackedRecommendation,
    version: int,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
    **facts: Any,
) -> TrackedRecommendation:
    """Change references, leads, planned action, or whether it is directed to the force.

    Raises Refusal, or Stale if it changed.
    """
    with verb("edit_tracked", by=by, at=at, reason=reason, subject=tracked) as act:
        tracked = lock_row(tracked)
        claim(tracked, version)
        reference = facts.get("reference", tracked.reference).strip()
        if not reference:
            raise Refusal("Enter a reference.", "reference")
        if TrackedRecommendation.objects.filter(reference__iexact=reference).exclude(pk=tracked.pk).exists():
            raise Refusal(f"{reference} is used already. Enter another reference.", "reference")
        for name in ("reference", *RECORD_TEXT_KEYS):
            setattr(tracked, name, facts.get(name, getattr(tracked, name)).strip())
        tracked.directed_to_force = facts.get("directed_to_force", tracked.directed_to_force)
        link_accounts([tracked], *LEAD)
        act.save(tracked)
    return tracked
