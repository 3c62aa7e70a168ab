"""What held after closing, as a scrutiny report holds it: plain frozen values. No queries."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class LookAhead:
    """A closure that is to be looked at again on a day after the period."""

    reference: str
    look_on: date


class LookCount(NamedTuple):
    label: str
    count: int  # type: ignore[assignment]  # no count is asked how often something is in it


@dataclass(frozen=True, kw_only=True)
class HeldAfterClosing:
    """The looks of the period by what they found, and those that are due or come.

    `slipped` are those that were reopened, `to_decide` those that waited for a decision on the last day. `due` had not
    been looked at by then, though their day had come.
    """

    held: int = 0
    slipped: int = 0
    to_decide: int = 0
    too_early: int = 0
    due: int = 0
    ahead: tuple[LookAhead, ...] = ()

    @property
    def looked_at(self) -> int:
        """How many closures were looked at in the period."""
        return self.held + self.slipped + self.to_decide + self.too_early

    @property
    def rows(self) -> list[LookCount]:
        """What was found, and how often: a slip that waits where there is one."""
        found = [("Held", self.held), ("Slipped, reopened", self.slipped), ("Too early to say", self.too_early)]
        waits = [("Slipped, to be decided", self.to_decide)] if self.to_decide else []
        return [LookCount(label, count) for label, count in (*found, *waits)]

    @property
    def share(self) -> str:
        """ "8 of 11 closures that were looked at again have held."; empty where none was."""
        if not self.looked_at:
            return ""
        closures = "closure that was" if self.looked_at == 1 else "closures that were"
        has = "has" if self.held == 1 else "have"
        return f"{self.held} of {self.looked_at} {closures} looked at again {has} held."
