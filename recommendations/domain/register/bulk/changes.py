"""Bulk changes of recommendations: for each row its current value, its new value, or why it can't be changed.

The preview page and the verb that makes the change (domain/register/bulk/verbs.py) use the same objects.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from recommendations.domain.register.closures import SAYS_NO, TRANSITIONS, state_of
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.rows import full
from recommendations.domain.risk.delays import NO_DELAY, DelayReason, moves_past_deadline
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Outcome
from recommendations.models import TrackedRecommendation
from recommendations.periods import say, say_times

LEADS = {
    "chief_officer_lead": "Chief officer lead",
    "business_lead": "Business lead",
    "opcc_lead": "OPCC lead",
}


class BulkChange(Protocol):
    """A bulk change. With its form not filled in yet, it gives current values and rows that can't be changed at all."""

    def now(self, tracked: TrackedRecommendation) -> str: ...

    def then(self, tracked: TrackedRecommendation) -> str: ...

    def why_not(self, tracked: TrackedRecommendation) -> str:
        """Why this row is left out, or "" if it can be changed."""
        ...

    def check(self, rows: list[TrackedRecommendation]) -> None:
        """Raise Refusal if what was filled in is not enough for these rows together."""
        ...


@dataclass(frozen=True)
class BulkLine:
    """One row of the preview, in words: its value now, its value then, or why it is left out (`why_not`)."""

    pk: int
    version: int
    url: str
    reference: str
    force: str
    words: str
    now: str
    then: str
    why_not: str


def lines_of(
    rows: Iterable[TrackedRecommendation], change: BulkChange, but: dict[int, str] | None = None
) -> list[BulkLine]:
    """What `change` does to each row, in the order given. `but` has further reasons to leave rows out, by id."""
    return [_line(tracked, change, (but or {}).get(tracked.pk, "")) for tracked in rows]


def _line(tracked: TrackedRecommendation, change: BulkChange, why_not: str) -> BulkLine:
    why_not = change.why_not(tracked) or why_not
    return BulkLine(
        pk=tracked.pk,
        version=tracked.version,
        url=tracked.get_absolute_url(),
        reference=tracked.reference,
        force=tracked.force.short_name,
        words=tracked.recommendation.short_text,
        now=change.now(tracked),
        then="" if why_not else change.then(tracked),
        why_not=why_not,
    )


@dataclass(frozen=True)
class LeadsChange:
    """New leads. `leads` maps the fields that change to their new value; "" removes the lead."""

    leads: dict[str, str]

    @property
    def new_leads(self) -> dict[str, str]:
        return {name: self.leads[name].strip() for name in LEADS if name in self.leads}

    def now(self, tracked: TrackedRecommendation) -> str:
        return _leads({name: getattr(tracked, name) for name in self.new_leads or LEADS})

    def then(self, tracked: TrackedRecommendation) -> str:
        return _leads(self.new_leads)

    def why_not(self, tracked: TrackedRecommendation) -> str:
        if self.new_leads and all(getattr(tracked, name) == lead for name, lead in self.new_leads.items()):
            return "It has these leads already."
        return ""

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if not self.new_leads:
            raise Refusal("Enter at least one lead, or tick one to remove it.", "chief_officer_lead")


def _leads(leads: dict[str, str]) -> str:
    """ "ACC Rowe" for a single lead, "Chief officer lead: ACC Rowe; business lead: none" for several."""
    if len(leads) == 1:
        return next(iter(leads.values())) or "None"
    words = "; ".join(f"{in_sentence(LEADS[name])}: {lead or 'none'}" for name, lead in leads.items())
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class TargetChange:
    """A first or a moved target. `delay` is why rows are late whose target moves past their deadline."""

    target_on: datetime.date | None = None
    reason: str = ""
    delay: DelayReason = NO_DELAY

    def now(self, tracked: TrackedRecommendation) -> str:
        if tracked.standing.target_on is None:
            return "None set"
        moved = f", moved {say_times(tracked.standing.target_moves)}" if tracked.standing.target_moves else ""
        return f"{full(tracked.standing.target_on)}{moved}"

    def then(self, tracked: TrackedRecommendation) -> str:
        if self.target_on is None:
            return ""
        if tracked.standing.target_on is None:
            return f"{full(self.target_on)}, first target"
        source = tracked.recommendation.inspection.source_word
        late = f", after the {source} deadline" if moves_past_deadline(tracked, self.target_on) else ""
        return f"{full(self.target_on)}, moved {say_times(tracked.standing.target_moves + 1)}{late}"

    def why_not(self, tracked: TrackedRecommendation) -> str:
        published_on = tracked.recommendation.inspection.published_on
        if tracked.standing.closed_on:
            return "It is closed. Reopen it before you move its target."
        if self.target_on and self.target_on < published_on:
            return f"Its report was published after that day, on {say(published_on)}."
        if self.target_on and self.target_on == tracked.standing.target_on:
            return "That day is its target already."
        return ""

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if self.target_on is None:
            raise Refusal("Enter the day of the target.", "target_on")
        moving = [tracked for tracked in rows if tracked.standing.target_on]
        if moving and not self.reason:
            raise Refusal(f"Say why the target moves: {_they(len(moving))} one.", "reason")
        self._check_delay(self.moved_past_deadline(rows))

    def moved_past_deadline(self, rows: Iterable[TrackedRecommendation]) -> list[TrackedRecommendation]:
        return [tracked for tracked in rows if moves_past_deadline(tracked, self.target_on)]

    def _check_delay(self, late: Sequence[TrackedRecommendation]) -> None:
        if self.delay and not late:
            raise Refusal(
                "No target moves past its deadline. Remove the cause of delay and the mitigation.",
                "cause",
                code="no-delay",
            )
        unexplained = [tracked.reference for tracked in late if not (self.delay.cause or tracked.standing.delay_cause)]
        if unexplained:
            which = say_references(unexplained)
            raise Refusal(
                f"{which}: the target would be after the deadline. Choose the cause of delay.", "cause", code="no-cause"
            )


MOST_NAMED = 10


def say_references(references: Sequence[str]) -> str:
    """The first MOST_NAMED references, and how many more there are: "WM-0001, WM-0002 and 5 more"."""
    more = f" and {len(references) - MOST_NAMED:,} more" if len(references) > MOST_NAMED else ""
    return f"{', '.join(references[:MOST_NAMED])}{more}"


def _they(number: int) -> str:
    return "one of these has" if number == 1 else f"{number:,} of these have"


@dataclass(frozen=True)
class RequestedClosure:
    """A closure request, which another person decides."""

    outcome: str = ""
    reason: str = ""

    def now(self, tracked: TrackedRecommendation) -> str:
        if tracked.standing.closed_on:
            return f"Closed on {full(tracked.standing.closed_on)}"
        return "Closure requested" if tracked.standing.closure_requested_on else "Open"

    def then(self, tracked: TrackedRecommendation) -> str:
        return f"Closure requested: {in_sentence(Outcome(self.outcome).label)}" if self.outcome else ""

    def why_not(self, tracked: TrackedRecommendation) -> str:
        state = state_of(tracked)
        return "" if (state, "request_closure") in TRANSITIONS else SAYS_NO[state]

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        if self.outcome not in Outcome.values:
            raise Refusal("Choose the outcome.", "outcome")
        if not self.reason:
            raise Refusal("Say why they can be closed.", "reason")


def last_update(tracked: TrackedRecommendation) -> str:
    """When the force last gave an update, in words."""
    day = tracked.standing.last_update_on
    return f"Last update {full(day)}" if day else "No update yet"


@dataclass(frozen=True)
class UpdateRequestChange:
    """An update requested from the force in a round (domain/rounds/rounds.py)."""

    def now(self, tracked: TrackedRecommendation) -> str:
        return last_update(tracked)

    def then(self, tracked: TrackedRecommendation) -> str:
        return ""

    def why_not(self, tracked: TrackedRecommendation) -> str:
        return "" if tracked.directed_to_force else "It is not directed to the force."

    def check(self, rows: Sequence[TrackedRecommendation]) -> None:
        """Nothing to check: the form has no fields."""
