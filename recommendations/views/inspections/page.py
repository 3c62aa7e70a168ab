"""The pages of inspections: rows with response clock and counts, an inspection's facts, and its recommendations."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from recommendations import deadlines
from recommendations.domain.inspections.deadline_words import deadline_words_of, reading_words
from recommendations.domain.inspections.statutory_clock import Clock, clock, with_answer
from recommendations.domain.register.enforcements import enforced_by, is_direction
from recommendations.domain.register.rag import OVERDUE, annotate_colours, standings_on
from recommendations.domain.register.rag_reasons import ColourBasis, reason
from recommendations.domain.responses.companions import covering
from recommendations.domain.sources.queries import basis_of
from recommendations.domain.sources.text import who_by_when
from recommendations.enums import LinkKind, RecommendationKind, ResponseState
from recommendations.forms.inspections.inspections import RecommendationForm
from recommendations.models import (
    Force,
    Inspection,
    InspectionForce,
    InspectionLink,
    Label,
    RagRule,
    Recommendation,
    Standing,
    Thresholds,
    TrackedRecommendation,
    User,
)
from recommendations.permissions import May

# The label of a link when read from the inspection that it points to.
OTHER_WAY = {
    LinkKind.FOLLOWS: "Followed by",
    LinkKind.COMPANION: "Companion of",
    LinkKind.SUPERSEDES: "Superseded by",
}


@dataclass(frozen=True)
class ForceCount:
    """A force that an inspection covers, and how many of its recommendations are open and overdue."""

    force: Force
    open: int
    overdue: int
    open_url: str
    overdue_url: str


@dataclass(frozen=True)
class InspectionRow:
    """One row of the list."""

    inspection: Inspection
    clock: Clock
    counts: list[ForceCount]


@dataclass(frozen=True)
class TrackedLine:
    """The state of one force's tracked recommendation."""

    tracked: TrackedRecommendation
    colour: str
    word: str
    reason: str
    stage: str


@dataclass
class RecommendationOfInspection:
    """A recommendation on its inspection's page; a cause of concern lists in `carries` the recommendations that
    it carries."""

    recommendation: Recommendation
    text: tuple[str, str, str]
    deadline: str
    tracked: list[TrackedLine]
    carries: list["RecommendationOfInspection"] = field(default_factory=list)


def visible_covers(user: User) -> Prefetch:
    """Prefetch into `visible_covers` the forces that an inspection covers and this user may see."""
    covers = InspectionForce.objects.filter(force__in=Force.objects.visible_to(user)).select_related("force")
    return Prefetch("covers", covers.order_by("force__name"), "visible_covers")


def rows(inspections_found: QuerySet[Inspection], user: User, today: datetime.date) -> list[InspectionRow]:
    """The rows of a page of inspections: four queries, however many rows."""
    inspections = list(with_answer(inspections_found).prefetch_related(visible_covers(user)))
    counts = _counts(inspections, user, today)
    return [
        InspectionRow(each, clock(each, each.answered_on, today), _force_counts(each, counts)) for each in inspections
    ]


def _counts(inspections: list[Inspection], user: User, today: datetime.date) -> dict:
    """(inspection, force) → (open, overdue)."""
    inspection = "tracked__recommendation__inspection"
    rows = Standing.objects.on(today).visible_to(user).filter(**{f"{inspection}__in": inspections})
    grouped = annotate_colours(rows, today, RagRule.objects.on(today)).values_list(inspection, "force")
    numbers = grouped.annotate(
        open=Count("pk", filter=Q(closed_on__isnull=True)), overdue=Count("pk", filter=Q(rag=OVERDUE))
    )
    return {(pk, force): (open_ones, overdue) for pk, force, open_ones, overdue in numbers}


def _force_counts(inspection: Inspection, counts: dict[tuple[int, int], tuple[int, int]]) -> list[ForceCount]:
    return [
        ForceCount(
            cover.force,
            *counts.get((inspection.pk, cover.force_id), (0, 0)),
            register_of(inspection, cover.force),
            register_of(inspection, cover.force, show="overdue"),
        )
        for cover in inspection.visible_covers
    ]


def register_of(inspection: Inspection, force: Force, **only: Any) -> str:
    """The address of the register, filtered to this inspection and force."""
    return f"{reverse('register')}?{urlencode({'inspection': inspection.pk, 'force': force.slug, **only})}"


def facts(inspection: Inspection, user: User, today: datetime.date) -> dict:
    """The context about an inspection itself; it needs `answered_on` and `visible_covers` (see with_facts)."""
    responses = list(covering(inspection)) if user.has_perm(May.SEE_RESPONSES) else []
    stands = any(response.state != ResponseState.WITHDRAWN for response in responses)
    return {
        "inspection": inspection,
        "covers": [cover.force for cover in inspection.visible_covers],
        "clock": clock(inspection, inspection.answered_on, today),
        **_law(inspection, today),
        **_direction(inspection, user),
        "responses": responses,
        "linked": linked_inspections(inspection, user),
        "may_edit": user.has_perm(May.EDIT_INSPECTIONS),
        "may_import": user.has_perm(May.IMPORT_RESPONSE),
        "may_begin": inspection.needs_response and not stands and user.has_perm(May.DRAFT_RESPONSE),
    }


def _law(inspection: Inspection, today: datetime.date) -> dict:
    """Who answers another source by when, and what the page of the reply is called; nothing for HMICFRS."""
    if not inspection.is_of_other_source:
        return {}
    basis = basis_of(inspection)
    reply = "Record the reply or an extension" if inspection.is_answered_elsewhere else "Record an extension"
    follows = inspection.is_answered_elsewhere or basis.extendable or basis.stopped_by
    law = who_by_when(inspection, basis, today, inspection.answered_on)
    return {"law": law, "reply_link": reply if follows else ""}


def _direction(inspection: Inspection, user: User) -> dict:
    """What a direction enforces; nothing for other publications."""
    if not is_direction(inspection):
        return {}
    return {"is_direction": True, "enforced": enforced_by(inspection, user)}


def linked_inspections(inspection: Inspection, user: User) -> list[tuple[str, Inspection]]:
    """The inspections linked with this one, in either direction, each with the label of the link."""
    seen = Inspection.objects.visible_to(user)
    links = InspectionLink.objects.filter(Q(inspection=inspection, to__in=seen) | Q(to=inspection, inspection__in=seen))
    return [
        (link.get_kind_display(), link.to)
        if link.inspection_id == inspection.pk
        else (OTHER_WAY[LinkKind(link.kind)], link.inspection)
        for link in links.select_related("inspection", "to").order_by("pk")
    ]


def recommendations_context(inspection: Inspection, user: User, today: datetime.date, rule: Thresholds) -> dict:
    """An inspection's recommendations, each cause of concern with those that it carries, and their counts."""
    lines = _tracked_lines(inspection, user, today, rule)
    found = inspection.recommendations.in_order().prefetch_related("parts", "addressees")
    each = {
        recommendation.pk: _recommendation_entry(recommendation, lines[recommendation.pk]) for recommendation in found
    }
    for one in each.values():
        if one.recommendation.cause_id in each:
            each[one.recommendation.cause_id].carries.append(one)
    return {
        "asked": [one for one in each.values() if one.recommendation.cause_id not in each],
        "number": len(each),
        "counts": _force_counts(inspection, _counts([inspection], user, today)),
    }


def _tracked_lines(
    inspection: Inspection, user: User, today: datetime.date, rule: Thresholds
) -> dict[int, list[TrackedLine]]:
    tracked = TrackedRecommendation.objects.visible_to(user).filter(recommendation__inspection=inspection)
    stages, lines = Label.objects.words()["stage"], defaultdict(list)
    tracked = tracked.with_standing(standings_on(today, rule))
    for row in tracked.select_related("force").order_by("force__name", "pk"):
        now = row.standing
        why, stage = reason(ColourBasis.of_record(now), today), stages.get(now.stage, now.stage)
        lines[row.recommendation_id].append(TrackedLine(row, now.rag, rule.word(now.rag), why, stage))
    return lines


def _recommendation_entry(recommendation: Recommendation, lines: list[TrackedLine]) -> RecommendationOfInspection:
    words = recommendation.deadline_words
    text = recommendation.text.partition(words) if words else (recommendation.text, "", "")
    return RecommendationOfInspection(recommendation, text, deadline_words_of(recommendation), lines)


def recommendations_in_order(inspection: Inspection) -> list[Recommendation]:
    """The recommendations of an inspection so far, for the page that adds the next one."""
    return list(inspection.recommendations.in_order())


def next_after(inspection: Inspection, asked_for: QueryDict) -> dict:
    """Initial values of the next recommendation's form: kind and cause of the previous one, the next number."""
    kind = asked_for.get("kind", "")
    kind = kind if kind in RecommendationKind.values else RecommendationKind.RECOMMENDATION
    numbers = inspection.recommendations.filter(kind=kind).order_by("-position").values_list("number", flat=True)
    last = next(iter(numbers[:1]), "")
    starts = {"kind": kind, "number": _next_number(last), "opcc_lead": asked_for.get("opcc_lead", "")}
    return starts | ({"cause": asked_for["cause"]} if asked_for.get("cause", "").isdecimal() else {})


def _next_number(last: str) -> str:
    """ "5" after "4", "AFI 12" after "AFI 11"; "" if the last one does not end in a whole number."""
    head = last.rstrip("0123456789")
    tail = last[len(head) :]
    return f"{head}{int(tail) + 1}" if tail and not head.endswith(".") else ""


def form_reading(form: RecommendationForm) -> str:
    """How the form's deadline words are interpreted, as a sentence; "" if there are none."""
    read: deadlines.Deadline = form.reading()
    return f"“{read.words}” is read as {reading_words(read.kind, read.due_on)}." if read.words else ""


def with_facts(user: User) -> QuerySet:
    """The inspections that this user may see, with all that `facts` needs."""
    return with_answer(Inspection.objects.visible_to(user)).prefetch_related(visible_covers(user))
