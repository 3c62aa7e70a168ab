"""Verbs for PEEL grades: recording a force's grades by area, and withdrawing wrong ones.

Rows are added and never overwritten. `effective_on` is the London day on which the grades were given; `at` is the
moment of recording (UTC).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.domain.writing.records import day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Grade
from recommendations.models import Force, Inspection, PeelCycle, PeelGrade, User
from recommendations.periods import say
from recommendations.trail import verb


@dataclass(frozen=True)
class NewGrade:
    """A grade to be recorded. `field` is its input, for refusals."""

    area: str
    grade: str
    field: str = "grades"


def record_grades(
    *,
    force: Force,
    cycle: PeelCycle,
    grades: Sequence[NewGrade],
    source: str,
    by: User | None,
    at: datetime.datetime,
    effective_on: datetime.date | None = None,
    inspection: Inspection | None = None,
) -> list[PeelGrade]:
    """Record the grades given to a force on one day (today by default), in one cycle and from one source.

    An area already on record for this force and cycle keeps its spelling. Raises Refusal if something is missing, an
    area occurs twice, the cycle does not have the grade, or the day is in the future or before the cycle.
    """
    with verb("record_grades", by=by, at=at, subject=force) as act:
        force = lock_row(force)
        cycle = lock_row(cycle)
        if not grades:
            raise Refusal("Enter at least one area and its grade.", "grades", code="required")
        if not source.strip():
            raise Refusal("Say where this was read or heard.", "source", code="required")
        day = _day(cycle, effective_on, at)
        _check_report(force, inspection, day)
        facts = {"force": force, "cycle": cycle, "source": source.strip(), "inspection": inspection}
        facts |= {"effective_on": day, "recorded_at": at, "recorded_by": by}
        return [act.save(PeelGrade(**facts, **said)) for said in _check_areas(force, cycle, grades)]


def _day(cycle: PeelCycle, effective_on: datetime.date | None, at: datetime.datetime) -> datetime.date:
    day = day_of(effective_on, at=at, not_before=None, field="effective_on")
    if day < cycle.since:
        raise Refusal(
            f"{say(day)} is before {cycle.name} began, {say(cycle.since)}.", "effective_on", code="before-start"
        )
    return day


def _check_report(force: Force, inspection: Inspection | None, day: datetime.date) -> None:
    if inspection is None:
        return
    if not inspection.covers.filter(force=force).exists():
        raise Refusal("This report does not cover the force. Choose one that does.", "inspection", code="not-covered")
    if inspection.published_on > day:
        raise Refusal(
            f"The report was published on {say(inspection.published_on)}, after these grades were given.",
            "inspection",
            code="published-later",
        )


def _check_areas(force: Force, cycle: PeelCycle, grades: Sequence[NewGrade]) -> list[dict]:
    """The areas, each once and in its existing spelling, with valid grades of the cycle."""
    known = {area_key(area): area for area in areas_of(force, cycle)}
    found: dict[str, dict] = {}
    for new in grades:
        area = " ".join(new.area.split())
        if not area:
            raise Refusal("Enter the area that was graded.", new.field, code="required")
        if area_key(area) in found:
            raise Refusal(f"“{area}” is here twice. Leave one out.", new.field, code="twice")
        _check_grade(cycle, new)
        found[area_key(area)] = {"area": known.get(area_key(area), area), "grade": new.grade}
    return list(found.values())


def area_key(area: str) -> str:
    """The area for comparison: case-folded, with single spaces."""
    return " ".join(area.split()).casefold()


def _check_grade(cycle: PeelCycle, new: NewGrade) -> None:
    if new.grade not in Grade.values:
        raise Refusal("Choose the grade.", new.field, code="required")
    if new.grade not in cycle.scale:
        raise Refusal(
            f"{cycle.name} has no grade “{Grade(new.grade).label.lower()}”. Choose another.",
            new.field,
            code="invalid-choice",
        )


def areas_of(force: Force, cycle: PeelCycle) -> list[str]:
    """The areas on record for a force in a cycle, in the order in which they were first recorded."""
    rows = PeelGrade.objects.standing().filter(force=force, cycle=cycle).order_by("pk")
    return list(dict.fromkeys(rows.values_list("area", flat=True)))


def withdraw_grade(*, grade: PeelGrade, reason: str, by: User | None, at: datetime.datetime) -> PeelGrade:
    """Withdraw a wrong grade, with a reason. It stays on record, and the one before it is in force again."""
    with verb("withdraw_grade", by=by, at=at, reason=reason, subject=grade.force) as act:
        grade = lock_row(grade)
        mark_withdrawn(act, grade, needs="Say why this grade is withdrawn.", twice="This grade is withdrawn already.")
    return grade
