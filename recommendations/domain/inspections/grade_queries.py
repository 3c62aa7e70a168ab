"""PEEL grades as pages and papers show them, as at any day. Grades of different cycles are never compared.

HMICFRS says that they can't be: the areas and the methods change.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Expression, F, Min, QuerySet, Window
from django.db.models.functions import Lead, RowNumber

from recommendations.enums import Grade
from recommendations.models import PeelCycle, PeelGrade
from recommendations.models.base import DatedQuerySet
from recommendations.periods import say

LATEST = tuple(F(name).desc() for name in ("effective_on", "recorded_at", "id"))
BY_AREA = ("force", "cycle", "area")


def grades_of(
    grades: DatedQuerySet, as_at: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> QuerySet:
    """The grade in force for each force, cycle and area on `as_at` (London), as known by `known_at`.

    None means today and now. Pass `PeelGrade.objects.visible_to(user)`, or those of a force. Newest cycle first, then
    areas in the order in which they were first recorded. `before` and `before_on` are the previous grade in the same
    cycle, None for the first.
    """

    def over(what: Expression) -> Window:
        return Window(what, partition_by=[F(name) for name in BY_AREA], order_by=LATEST)

    rows = grades.standing(as_at, known_at).annotate(
        place=over(RowNumber()),
        before=over(Lead("grade")),
        before_on=over(Lead("effective_on")),
        first=Window(Min("id"), partition_by=[F(name) for name in BY_AREA]),
    )
    rows = rows.filter(place=1).select_related("force", "cycle", "inspection")
    return rows.order_by("-cycle__since", "-cycle_id", "force__name", "force_id", "first")


@dataclass(frozen=True)
class GradeRow:
    """A grade (from grades_of), in words."""

    grade: PeelGrade

    @property
    def word(self) -> str:
        return Grade(self.grade.grade).label

    @property
    def before(self) -> str:
        """ "Requires improvement before, 3 May 2024", or "" for the first of its cycle."""
        if not self.grade.before or not self.grade.before_on:
            return ""
        return f"{Grade(self.grade.before).label} before, {say(self.grade.before_on)}"


@dataclass(frozen=True)
class CycleRows:
    """The grades of one force in one cycle."""

    cycle: PeelCycle
    rows: tuple[GradeRow, ...]

    @property
    def years(self) -> str:
        """ "since 1 April 2023", "1 April 2021 to 31 March 2023"."""
        until = self.cycle.until
        return f"{say(self.cycle.since)} to {say(until)}" if until else f"since {say(self.cycle.since)}"

    @property
    def scale(self) -> str:
        """The cycle's grades in words, best first."""
        *others, last = [each.label.lower() for each in self.cycle.scale]
        return f"{', '.join(others)} and {last}"


def group_by_cycle(grades: Iterable[PeelGrade]) -> list[CycleRows]:
    """The grades of one force (from grades_of) by cycle, newest first."""
    groups = groupby(grades, key=lambda each: each.cycle)
    return [CycleRows(cycle, tuple(GradeRow(each) for each in rows)) for cycle, rows in groups]
