"""The figures of a joint paper: one line for each force and the totals, as frozen values. No queries.

Each force's full figures are stored in its part (domain/papers/data/paper.py); this module adds them up for page 1.
"""

import dataclasses
import datetime
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.domain.papers.data.author_text import FrontWords
from recommendations.domain.papers.data.charts import ColourCount
from recommendations.domain.papers.data.paper import (
    ENTERING,
    LEAVING,
    Figures,
    ForceTransfer,
    KindSum,
    PaperFigures,
    SourceSum,
    Sum,
    ThenAndNow,
)
from recommendations.domain.register.definitions import Definition

TERMS = tuple(field.name for field in dataclasses.fields(Sum))


@dataclass(frozen=True, kw_only=True)
class ForceLine:
    """One force's line in the joint paper's table. `slug` identifies its chapter, `body` is its policing body."""

    force: str
    slug: str
    body: str
    sum: Sum
    sums_by_kind: tuple[KindSum, ...]
    then_and_now: ThenAndNow
    colours: tuple[ColourCount, ...] = ()

    @property
    def cells(self) -> tuple[int, ...]:
        """Opening, entered, left, closing; overdue then and now."""
        return (*ends_of(self.sum), self.then_and_now.overdue_then, self.then_and_now.overdue_now)


@dataclass(frozen=True, kw_only=True)
class JointFigures(PaperFigures):
    """A joint paper's totals. `forces` are in chapter order.

    Fields that it shares with Figures have the same meaning, so that the code that prints a sum works for both.
    """

    office: str
    period_start: date
    period_end: date
    period_label: str
    as_at: date
    known_at: datetime.datetime
    sum: Sum
    then_and_now: ThenAndNow
    committee: str = ""
    meets_on: date | None = None
    marking: str = "OFFICIAL"
    issue: int = 1
    replaces: str = ""
    trail_head: str = ""
    trail_count: int = 0
    forces: tuple[ForceLine, ...] = ()
    sums_by_kind: tuple[KindSum, ...] = ()
    restricted_only: bool = False
    source: str = ""
    left_out: int = 0
    front: FrontWords | None = None
    format: int = 1
    definitions: tuple[Definition, ...] = ()

    opening_agrees_with: typing.ClassVar[str] = ""  # given in each force's own chapter
    checked: typing.ClassVar[tuple[str, ...]] = ()
    sums_by_source: typing.ClassVar[tuple[SourceSum, ...]] = ()  # given in each force's own chapter
    came_from: typing.ClassVar[tuple[ForceTransfer, ...]] = ()  # so are these three
    went_to: typing.ClassVar[tuple[ForceTransfer, ...]] = ()
    goes_to: typing.ClassVar[tuple[ForceTransfer, ...]] = ()

    @property
    def force(self) -> str:
        """The forces, as in a title: "Eastvale and Westmarch"."""
        return and_of([line.force for line in self.forces])

    @property
    def bodies(self) -> str:
        """The policing bodies of these forces, without duplicates."""
        return and_of(list(dict.fromkeys(line.body for line in self.forces if line.body)))

    @property
    def body(self) -> str:
        return self.bodies

    @property
    def colours(self) -> tuple[ColourCount, ...]:
        """The counts by colour over all forces."""
        return add_colours([line.colours for line in self.forces])

    @property
    def total(self) -> tuple[int, ...]:
        """The total line of the table, to which its columns must add up."""
        return (*ends_of(self.sum), self.then_and_now.overdue_then, self.then_and_now.overdue_now)

    def _differences(self) -> Iterator[str]:
        for line in self.forces:
            yield from _force_differences(line)
        yield from _sum_differences("", self.sum, [line.sum for line in self.forces])
        for kind in self.sums_by_kind:
            of_kind = [each.sum for line in self.forces for each in line.sums_by_kind if each.kind == kind.kind]
            yield from _sum_differences(f"{kind.kind}: ", kind.sum, of_kind)
        yield from _kind_differences(self.sum, self.sums_by_kind)
        for name in (field.name for field in dataclasses.fields(ThenAndNow)):
            counted = sum(getattr(line.then_and_now, name) for line in self.forces)
            if counted != getattr(self.then_and_now, name):
                yield f"Over all forces, {_words(name)} adds up to {counted}, not {getattr(self.then_and_now, name)}."


def line_of(figures: Figures, slug: str) -> ForceLine:
    """Return the table line for a part's figures."""
    return ForceLine(
        force=figures.force,
        slug=slug,
        body=figures.body,
        sum=figures.sum,
        sums_by_kind=figures.sums_by_kind,
        then_and_now=figures.then_and_now,
        colours=add_colours([kind.colours for kind in figures.charts.by_colour]) if figures.charts else (),
    )


def totals(lines: tuple[ForceLine, ...]) -> dict:
    """Return the sum, the sums by kind, and then and now over all forces, as fields of JointFigures."""
    kinds = dict.fromkeys(each.kind for line in lines for each in line.sums_by_kind)
    of_kind = {kind: [each.sum for line in lines for each in line.sums_by_kind if each.kind == kind] for kind in kinds}
    shown = [line.then_and_now for line in lines]
    names = [field.name for field in dataclasses.fields(ThenAndNow)]
    return {
        "sum": add([line.sum for line in lines]),
        "sums_by_kind": tuple(KindSum(kind=kind, sum=add(sums)) for kind, sums in of_kind.items()),
        "then_and_now": ThenAndNow(**{name: sum(getattr(each, name) for each in shown) for name in names}),
    }


def add(sums: list[Sum]) -> Sum:
    """Return the total of several sums, term by term."""
    return Sum(**{term: sum(getattr(each, term) for each in sums) for term in TERMS})


def add_colours(several: list[tuple[ColourCount, ...]]) -> tuple[ColourCount, ...]:
    """Return the totals by colour, in the order of the first."""
    found: dict[str, ColourCount] = {}
    for colour in (colour for colours in several for colour in colours):
        before = found.get(colour.rag)
        found[colour.rag] = dataclasses.replace(colour, count=colour.count + (before.count if before else 0))
    return tuple(found.values())


def ends_of(each: Sum) -> tuple[int, int, int, int]:
    """Return the opening, all that entered, all that left, and the closing."""
    entered, left = (sum(getattr(each, term) for term in terms) for terms in (ENTERING, LEAVING))
    return each.opening, entered, left, each.closing


def and_of(names: list[str]) -> str:
    """ "Eastvale, Northshire and Westmarch"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _force_differences(line: ForceLine) -> Iterator[str]:
    for name, each in (("the sum", line.sum), *((kind.kind, kind.sum) for kind in line.sums_by_kind)):
        if not each.reconciles:
            terms = f"the terms give {each.expected}, the closing is {each.closing}"
            yield f"{line.force}: {name} does not add up: {terms}."
    counted = sum(colour.count for colour in line.colours)
    if line.colours and counted != line.sum.closing:
        yield f"{line.force}: open by colour comes to {counted}, not {line.sum.closing}."


def _sum_differences(name: str, total: Sum, sums: list[Sum]) -> Iterator[str]:
    """Yield the columns in which the forces do not add up to the total."""
    for term in TERMS:
        counted = sum(getattr(each, term) for each in sums)
        if counted != getattr(total, term):
            yield f"{name}Over all forces, {_words(term)} adds up to {counted}, not {getattr(total, term)}."


def _kind_differences(total: Sum, kinds: tuple[KindSum, ...]) -> Iterator[str]:
    for term in TERMS:
        counted = sum(getattr(kind.sum, term) for kind in kinds)
        if counted != getattr(total, term):
            yield f"By kind, {_words(term)} adds up to {counted} over all forces, not {getattr(total, term)}."
