"""The state of each part of a recommendation for one force: open, waiting for a decision, or done.

States are shown only once a closure of a part was requested; before that, a recommendation is one piece of work.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, Value

from recommendations.domain.register.entries import join_words
from recommendations.enums import ClosureState
from recommendations.models import Addressee, PartDischarged, Recommendation, SubRecommendation, TrackedRecommendation
from recommendations.periods import say

MARK = re.compile(r"\((?:[a-z]|[ivx]+|\d{1,2})\)(?=\s)|\d{1,2}\.\d{1,2}(?=\s)")  # "(b)" or "7.1" at the start of a part


@dataclass(frozen=True)
class PartState:
    """A part with the closure request or closure in force, or None while it is open."""

    part: SubRecommendation
    stands: PartDischarged | None = None

    @property
    def label(self) -> str:
        return part_label(self.part)

    @property
    def is_done(self) -> bool:
        return self.stands is not None and self.stands.state == ClosureState.CLOSED

    @property
    def waits(self) -> bool:
        return self.stands is not None and self.stands.state == ClosureState.REQUESTED

    @property
    def words(self) -> str:
        """Its state in words: "Done 12 June 2026", "Waits for a decision", "Open"."""
        if self.stands and self.stands.closed_on:
            return f"Done {say(self.stands.closed_on)}"
        return "Waits for a decision" if self.waits else "Open"


def part_label(part: SubRecommendation) -> str:
    """ "part (b)" by its number or the mark at the start of its text, else "part 2" by its position."""
    mark = MARK.match(part.text)
    return f"part {part.number or (mark.group() if mark else part.position)}"


def parts_and_addressees(recommendation: Recommendation) -> tuple[list[SubRecommendation], list[str]]:
    """Return the parts of a recommendation, and to whom it is addressed, in order. One query."""
    found = sorted(_lists_of(recommendation.pk))
    columns = ("position", "pk", "number", "text")
    made = [dict(zip(columns, row[1:], strict=True)) for row in found if row[0] == 0]
    of = {"recommendation_id": recommendation.pk}
    return [SubRecommendation(**of, **each) for each in made], [row[4] for row in found if row[0] == 1]


def _lists_of(recommendation: int) -> QuerySet:
    def rows(model: Any, which: int, *columns: Any) -> QuerySet:
        of = model.objects.filter(recommendation=recommendation).order_by()
        return of.values_list(Value(which, IntegerField()), "position", "pk", *columns)

    parts = rows(SubRecommendation, 0, "number", "text")
    return parts.union(rows(Addressee, 1, Value("", CharField()), "name"), all=True).order_by()


def part_states(tracked: TrackedRecommendation) -> list[PartState]:
    """Today's state of each part, in order. At most two queries, each once for `tracked`; none without parts."""
    standing = (row for row in tracked.part_rows if row.state in (ClosureState.REQUESTED, ClosureState.CLOSED))
    stands = {row.part_id: row for row in standing}
    return [PartState(part, stands.get(part.pk)) for part in tracked.its_parts]


def open_ones(tracked: TrackedRecommendation) -> list[PartState]:
    """The parts not done yet, or [] if no closure of a part was ever requested."""
    return [state for state in part_states(tracked) if not state.is_done] if tracked.part_rows else []


def parts_in_words(parts: int, done: int) -> str:
    """ "2 of 3 parts done", from the numbers in Standing, or "" if none is done."""
    return f"{done} of {parts} part{'' if parts == 1 else 's'} done" if done else ""


def part_labels(states: Sequence[PartState]) -> str:
    """ "part (a) and part (c)"."""
    return join_words([state.label for state in states])
