"""The forces and the recommendations that a change ahead is about."""

import datetime
import re

from recommendations.models import (
    Force,
    ForceSuccession,
    Oversight,
    PolicingBody,
    Succession,
    TrackedRecommendation,
)
from recommendations.models.register.tracked import TrackedQuerySet

A_DAY = datetime.timedelta(days=1)
SEPARATORS = re.compile(r"[\s,;]+")


def forces_on_the_day(plan: Succession, forces: list[Force]) -> list[Force]:
    """The forces of a plan as they are on its day: of one whose work another took over since, that other one.

    Of a plan that itself ends the force, the force stays.
    """
    if plan.kind_of_change.is_of_registers:
        return forces
    return sorted({_follow(force, plan) for force in forces}, key=lambda force: force.name)


def _follow(force: Force, plan: Succession) -> Force:
    rows = ForceSuccession.objects.filter(effective_on__lte=plan.day).select_related("successor")
    while found := rows.filter(force=force).first():
        force = found.successor
    return force


def references_of(plan: Succession) -> list[str]:
    """The references that a split names, each once, in their order."""
    return list(dict.fromkeys(each for each in SEPARATORS.split(plan.references) if each))


def tracked_by_reference(force: Force, references: list[str]) -> TrackedQuerySet:
    """The recommendations of a force's register with these references, withdrawn ones too."""
    return TrackedRecommendation.on_file.filter(force=force, reference__in=references)


def bodies_before(plan: Succession, forces: list[Force]) -> dict[PolicingBody, list[Force]]:
    """The bodies that oversee these forces on the day before, each with its forces. One query."""
    found: dict[PolicingBody, list[Force]] = {}
    terms = Oversight.objects.on(plan.day - A_DAY).filter(force__in=forces)
    for term in terms.select_related("body", "force").order_by("body__name", "force__name"):
        found.setdefault(term.body, []).append(term.force)
    return found
