"""The register that a spreadsheet is compared with: read once for all rows, then looked up in memory."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from recommendations.domain.imports.lines import ImportLine, NamedInspection, normalise
from recommendations.domain.register.entries import Voice
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.sources.queries import basis_of, has_action_plans
from recommendations.enums import RecommendationKind
from recommendations.models import (
    Addressee,
    Assurance,
    BasisFacts,
    Closure,
    Delay,
    Force,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Label,
    Recommendation,
    SubRecommendation,
    TrackedRecommendation,
    Weight,
)

ORDER = ("effective_on", "recorded_at", "id")


def bare(kind: str, number: str) -> str:
    """Return a number for comparison: "AFI 3", "afi3" and "3" are the same area for improvement."""
    short = normalise(RecommendationKind(kind).short)
    plain = re.sub(rf"^(?:{re.escape(short)}|recommendation|area for improvement)\.?\s*", "", normalise(number))
    return re.sub(r"^0+(?=\d)", "", plain)


class Elsewhere(NamedTuple):
    """A reference that belongs to another force's recommendation."""

    reference: str
    force_id: int


class Ambiguous(Exception):
    """More than one record matches. The message says what to do."""


@dataclass
class RegisterSnapshot:
    """Everything in the register for some forces. Lists of dated rows are oldest first.

    Of other forces it has only the references, since a used one cannot be used again. Look-ups by the id of a tracked
    recommendation return nothing for None, the id of a new one.
    """

    forces: dict[str, Force]
    by_reference: dict[str, TrackedRecommendation | Elsewhere] = field(default_factory=dict)
    by_portal: dict[tuple, list] = field(default_factory=lambda: defaultdict(list))
    by_recommendation: dict[tuple, TrackedRecommendation] = field(default_factory=dict)
    reports: dict[str, list[Inspection]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[int, list[Recommendation]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[tuple, list] = field(default_factory=lambda: defaultdict(list))
    by_text: dict[tuple, list] = field(default_factory=lambda: defaultdict(list))
    parts: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    addressees: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    covers: set[tuple] = field(default_factory=set)
    updates: dict[int | None, list] = field(default_factory=lambda: defaultdict(list))
    assurances: dict[int | None, list] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[int | None, list] = field(default_factory=lambda: defaultdict(list))
    weights: dict[int | None, list] = field(default_factory=lambda: defaultdict(list))
    delays: dict[int | None, list] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int | None, Closure] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    bases: dict[int, BasisFacts] = field(default_factory=dict)
    plans: bool | None = None
    used: bool = False  # an import has written to these records, so they are out of date

    def keeps_plans(self, on: datetime.date) -> bool:
        """Whether the office keeps action plans on the day of the import. One query, the first time."""
        if self.plans is None:
            self.plans = has_action_plans(on)
        return self.plans

    def basis_of(self, inspection: Inspection) -> BasisFacts | None:
        """Return the rule of an inspection that is not HMICFRS's, or None. One query for each inspection."""
        if not inspection.is_of_other_source:
            return None
        if inspection.pk not in self.bases:
            self.bases[inspection.pk] = basis_of(inspection)
        return self.bases[inspection.pk]

    def report(self, report: NamedInspection) -> Inspection | None:
        """Return the inspection that a row names, by title or short name, and by day if one is given, or None."""
        found = self.reports[normalise(report.title)]
        if report.published_on:
            return next((each for each in found if each.published_on == report.published_on), None)
        if len(found) > 1:
            raise Ambiguous("More than one inspection has this name. Give the day of publication.")
        return found[0] if found else None

    def tracked(self, line: ImportLine) -> TrackedRecommendation | Elsewhere | None:
        """Return the tracked recommendation with a row's references, of whichever force, or None."""
        reference, portal = line.get("reference"), line.get("portal_reference")
        if reference and (found := self.by_reference.get(normalise(reference))):
            return found
        same = self.by_portal[line.force, normalise(portal)] if portal and not reference else []
        return same[0] if len(same) == 1 else None

    def recommendation(self, line: ImportLine, inspection: Inspection) -> Recommendation | None:
        """Return the recommendation of an inspection that a row names, by kind and number or else by text, or None."""
        number, kind, text = line.get("number"), line.get("kind"), line.get("text")
        if number:
            kinds = [kind] if kind else RecommendationKind.values
            found = [each for kind in kinds for each in self.by_number[inspection.pk, kind, bare(kind, number)]]
            if len(found) > 1:
                raise Ambiguous(
                    "More than one recommendation has this number here. Give the kind: recommendation or AFI."
                )
            return found[0] if found else None
        same = (
            [each for each in self.by_text[inspection.pk, normalise(text)] if kind in (None, each.kind)] if text else []
        )
        if len(same) > 1:
            raise Ambiguous("More than one recommendation has this text here. Give its number.")
        return same[0] if same else None


def register_of(slugs: Iterable[str], *, with_risk: bool = False) -> RegisterSnapshot:
    """Return the register of the forces with these slugs, with risk and delay if needed. The number of queries is
    constant.

    Changes saved meanwhile may be included or not; the audit trail's head, read before, shows that there were some.
    """
    register = RegisterSnapshot({force.slug: force for force in Force.objects.filter(slug__in=slugs).order_by("pk")})
    ids = [force.pk for force in register.forces.values()]
    # Read in the order of references, so that the later queries include what the earlier rows point to.
    rows = TrackedRecommendation.objects.filter(force__in=ids).order_by("pk")
    tracked = list(rows.with_standing())
    recommendations = list(Recommendation.objects.order_by("pk"))
    for inspection in Inspection.objects.order_by("pk"):
        for name in {normalise(inspection.title), normalise(inspection.short_name)}:
            register.reports[name].append(inspection)
    for asked in recommendations:
        register.asked[asked.inspection_id].append(asked)
        if asked.number:
            register.by_number[asked.inspection_id, asked.kind, bare(asked.kind, asked.number)].append(asked)
        register.by_text[asked.inspection_id, normalise(asked.text)].append(asked)
    for pk, number, text in SubRecommendation.objects.order_by("pk").values_list("recommendation", "number", "text"):
        register.parts[pk] |= {normalise(text), normalise(f"{number} {text}")}
    for pk, name in Addressee.objects.order_by("pk").values_list("recommendation", "name"):
        register.addressees[pk].add(normalise(name))
    register.covers = set(InspectionForce.objects.filter(force__in=ids).values_list("inspection", "force"))
    register.words = Label.objects.words()
    _others(register, ids)
    _add_tracked(register, tracked)
    _add_dated_rows(register, ids, with_risk=with_risk)
    return register


def _others(register: RegisterSnapshot, ids: list[int]) -> None:
    others = TrackedRecommendation.objects.exclude(force__in=ids).order_by().values_list("reference", "force_id")
    register.by_reference = {normalise(reference): Elsewhere(reference, pk) for reference, pk in others}


def _add_tracked(register: RegisterSnapshot, rows: list[TrackedRecommendation]) -> None:
    """Skip those whose recommendation or inspection has just been withdrawn."""
    by_pk = {asked.pk: asked for each in register.asked.values() for asked in each}
    inspections = {each.pk: each for found in register.reports.values() for each in found}
    slugs = {force.pk: force.slug for force in register.forces.values()}
    for tracked in rows:
        asked = by_pk.get(tracked.recommendation_id)
        if asked is None or asked.inspection_id not in inspections:
            continue
        tracked.recommendation, asked.inspection = asked, inspections[asked.inspection_id]
        register.by_reference[normalise(tracked.reference)] = tracked
        if tracked.portal_reference:
            register.by_portal[slugs[tracked.force_id], normalise(tracked.portal_reference)].append(tracked)
        register.by_recommendation[tracked.recommendation_id, tracked.force_id] = tracked


def _add_dated_rows(register: RegisterSnapshot, ids: list[int], *, with_risk: bool) -> None:
    voices: list[tuple[Voice, dict[int | None, list], tuple[str, ...]]] = [
        (ForceUpdate, register.updates, ("done", "said_by", "stage", "position", "forecast_on", *UPDATE_TEXT_KEYS)),
        (Assurance, register.assurances, ("view", "rationale")),
        (InspectorateStatus, register.statuses, ("status",)),
    ]
    if with_risk:
        voices.append((Weight, register.weights, ("risk", "why", "themes")))
        voices.append((Delay, register.delays, ("cause", "words", "mitigation")))
    for model, found, names in voices:
        rows = model.objects.filter(tracked__force__in=ids).standing().order_by(*ORDER)
        for row in rows.values_list("tracked_id", "effective_on", *names, named=True):
            found[row.tracked_id].append(row)
    for closure in Closure.objects.waiting().filter(tracked__force__in=ids).order_by():
        register.waiting[closure.tracked_id] = closure
