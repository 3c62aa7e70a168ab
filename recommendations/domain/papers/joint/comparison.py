"""Two joint papers side by side: how many were open and overdue in each, force by force, from what each kept."""

from dataclasses import dataclass

from recommendations.domain.papers.joint.data import JointFigures
from recommendations.domain.papers.joint.papers import kept_joint
from recommendations.models import ScrutinyReport


@dataclass(frozen=True)
class ForceRow:
    """One force, or all of them. `first` and `second` are open and overdue at each period's end, None where a paper
    does not cover the force; `parts` are the two papers to compare, where there are both."""

    force: str
    first: tuple[int, int] | None
    second: tuple[int, int] | None
    parts: tuple[int, int] | None = None


def compare_joint(first: ScrutinyReport, second: ScrutinyReport) -> list[ForceRow]:
    """A row for each force of either finalised paper, by its name, and last all of them."""
    sides = [kept_joint(paper) for paper in (first, second)]
    parts = [{part.force_id: (part.pk, figures) for part, figures in side.parts} for side in sides]
    names = {part.force_id: part.force.name for side in sides for part, _ in side.parts}
    rows = []
    for force, name in sorted(names.items(), key=lambda each: each[1]):
        found = [side.get(force) for side in parts]
        both = tuple(part for part, _ in found) if all(found) else None
        rows.append(ForceRow(name, *(each and _numbers(each[1]) for each in found), both))
    return [*rows, ForceRow("All forces", *(_numbers(side.figures) for side in sides))]


def _numbers(figures: JointFigures) -> tuple[int, int]:
    return figures.then_and_now.open_now, figures.then_and_now.overdue_now
