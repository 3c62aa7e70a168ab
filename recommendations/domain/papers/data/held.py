"""Rechecks of closed recommendations in a scrutiny report, as frozen values. No queries."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class LookAhead:
    """A recheck of a closure planned for a day after the period."""

    reference: str
    look_on: date


class LookCount(NamedTuple):
    label: str
    count: int  # type: ignore[assignment]  # shadows the tuple method count, which is not used here


@dataclass(frozen=True, kw_only=True)
class HeldAfterClosing:
    """The period's rechecks by result, and those due or planned.

    `slipped` were reopened; `to_decide` were waiting for a decision on the last day. `due` had not been rechecked by
    then although their day had come.
    """

    held: int = 0
    slipped: int = 0
    to_decide: int = 0
    too_early: int = 0
    due: int = 0
    ahead: tuple[LookAhead, ...] = ()

    @property
    def looked_at(self) -> int:
        """How many rechecks were made in the period."""
        return self.held + self.slipped + self.to_decide + self.too_early

    @property
    def rows(self) -> list[LookCount]:
        """Return each result and its count, including undecided slips if there are any."""
        found = [("Held", self.held), ("Slipped, reopened", self.slipped), ("Too early to say", self.too_early)]
        waits = [("Slipped, to be decided", self.to_decide)] if self.to_decide else []
        return [LookCount(label, count) for label, count in (*found, *waits)]

    @property
    def share(self) -> str:
        """ "8 of 11 closures that were looked at again have held.", or "" if none was rechecked."""
        if not self.looked_at:
            return ""
        closures = "closure that was" if self.looked_at == 1 else "closures that were"
        has = "has" if self.held == 1 else "have"
        return f"{self.held} of {self.looked_at} {closures} looked at again {has} held."
