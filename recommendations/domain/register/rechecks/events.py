"""Rechecks of closures as events of the recommendation's timeline."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.register.entries import person
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Closure, Recheck, User
from recommendations.periods import london_day, say

TITLES: dict[str, str] = {
    RecheckAnswer.NOT_AGAIN: "Not to be looked at again",
    RecheckAnswer.HELD: "Looked at again: it has held",
    RecheckAnswer.SLIPPED: "Looked at again: it slipped",
}
STEPS = {"request": "requested_at", "decision": "decided_at"}


@dataclass(frozen=True)
class LookEvent:
    """A recheck event: the row's own recording or, with `is_decision`, the decision on its slip."""

    row: Recheck
    title: str
    lines: tuple[str, ...]
    is_decision: bool = False

    @property
    def who(self) -> User | None:
        return self.row.decided_by if self.is_decision else self.row.recorded_by

    @property
    def by(self) -> str:
        """Who recorded or decided it, with their role, or "" for a command."""
        return f"by {person(self.who.name, self.who.role)}" if self.who else ""

    @property
    def withdrawn(self) -> str:
        """When, by whom and why it was withdrawn, or ""."""
        row = self.row
        if not row.withdrawn_at:
            return ""
        by = f" by {row.withdrawn_by.name}" if row.withdrawn_by else ""
        return f"Withdrawn on {say(london_day(row.withdrawn_at))}{by}: {row.withdrawn_why}"


def plan_line(closure: Closure, step: str) -> str:
    """The recheck plan given with a request or a decision (a key of STEPS), or "" if none was."""
    moment = getattr(closure, STEPS[step])
    row = next((each for each in closure.looks if moment and each.recorded_at == moment), None)
    if row is None:
        return ""
    return f"Look again on {say(row.look_on)}. {_measure(row)}" if row.look_on else "Not to be looked at again."


def look_events(closure: Closure) -> Iterator[LookEvent]:
    """The events of a closure's rechecks, except plans given with the request or decision itself."""
    with_steps = [getattr(closure, moment) for moment in STEPS.values()]
    for row in closure.looks:
        if row.recorded_at not in with_steps or row.withdrawn_at:
            yield LookEvent(row, _title(row), tuple(filter(None, (row.saw, _shown_by(row), _measure(row)))))
        if row.decided_at and not row.agreed:
            yield LookEvent(row, "Not reopened: it stays closed", (row.decision_reason,), is_decision=True)
        elif row.decided_at and row.decision_reason:
            yield LookEvent(row, "Agreed that it slipped", (row.decision_reason,), is_decision=True)


def _title(row: Recheck) -> str:
    if not row.look_on:
        return TITLES[row.answer]
    return f"{'Too early to say: look' if row.saw else 'Look'} again on {say(row.look_on)}"


def _shown_by(row: Recheck) -> str:
    return f"Shown by the indicator: {row.shown_by}." if row.shown_by else ""


def _measure(row: Recheck) -> str:
    return f"How we will know it lasted: {row.held_if}" if row.held_if else ""
