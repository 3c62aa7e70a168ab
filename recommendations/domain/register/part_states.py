"""The parts of a recommendation as one force has them: open, waiting for a decision, or done.

They are told where closure of a part was ever asked for. Everywhere else a recommendation is one piece of work.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.domain.register.entries import listed
from recommendations.enums import ClosureState
from recommendations.models import PartDischarged, SubRecommendation, TrackedRecommendation
from recommendations.periods import say

MARK = re.compile(r"\((?:[a-z]|[ivx]+|\d{1,2})\)(?=\s)|\d{1,2}\.\d{1,2}(?=\s)")  # "(b)", "7.1" at the beginning


@dataclass(frozen=True)
class PartState:
    """A part, and the request or the closure that stands for it; None while it is open."""

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
        """How it stands: "Done 12 June 2026", "Waits for a decision", "Open"."""
        if self.stands and self.stands.closed_on:
            return f"Done {say(self.stands.closed_on)}"
        return "Waits for a decision" if self.waits else "Open"


def part_label(part: SubRecommendation) -> str:
    """ "part (b)" by its number, or by the mark that its words begin with; else "part 2" by its place."""
    mark = MARK.match(part.text)
    return f"part {part.number or (mark.group() if mark else part.position)}"


def part_rows(tracked: TrackedRecommendation) -> list[PartDischarged]:
    """All that was asked for, decided and reopened of its parts, newest first. One query; none where it has no parts."""
    if not tracked.standing.parts:
        return []
    people = ("requested_by", "decided_by", "reopened_by")
    return list(tracked.parts_discharged.select_related("part", "closed_with", *people))


def states_of(
    tracked: TrackedRecommendation, rows: Sequence[PartDischarged], parts: Sequence[SubRecommendation] | None = None
) -> list[PartState]:
    """How each part stands today, in order. `rows` are those of part_rows, `parts` are read where they are not given."""
    if parts is None:
        parts = list(tracked.recommendation.parts.order_by("position", "id"))
    stands = {row.part_id: row for row in rows if row.state in (ClosureState.REQUESTED, ClosureState.CLOSED)}
    return [PartState(part, stands.get(part.pk)) for part in parts]


def parts_in_words(parts: int, done: int) -> str:
    """ "2 of 3 parts done", of what Standing has; empty where none is done."""
    return f"{done} of {parts} part{'' if parts == 1 else 's'} done" if done else ""


def named(states: Sequence[PartState]) -> str:
    """ "part (a) and part (c)"."""
    return listed([state.label for state in states])
