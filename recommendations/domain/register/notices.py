"""The notices at the top of a record: its closure waits, it is closed or reopened, not accepted, not for this force."""

import datetime
from dataclasses import dataclass

from recommendations.domain.register.entries import VoiceEntry, in_sentence, person
from recommendations.domain.register.parts.states import part_states
from recommendations.domain.register.timeline import agreement
from recommendations.enums import ClosureState, Outcome, Position
from recommendations.models import Closure, Force, Restriction, TrackedRecommendation, User
from recommendations.periods import say


@dataclass(frozen=True)
class Notice:
    """A fact in bold, and the details."""

    title: str
    text: str


def handed_over_notices(force: Force | None) -> list[Notice]:
    """The notice that a force's register went to another office."""
    if force is None or force.handed_over_on is None:
        return []
    gone = f"Handed over to {force.handed_over_to} on {say(force.handed_over_on)}."
    return [Notice(gone, "It can be read here, and nothing is added to it.")]


def notices(
    tracked: TrackedRecommendation,
    rows: list[VoiceEntry],
    closures: list[Closure],
    words: dict,
    today: datetime.date,
    addressees: list[str],
) -> list[Notice]:
    """The notices of `tracked` for its page on a London day. `closures` are newest first."""
    source = tracked.recommendation.inspection.source_word
    found = [_closure(closures[0], rows, words, today, source)] if closures else []
    if tracked.standing.position == Position.NOT_ACCEPTED and tracked.standing.direction_due_on is None:
        found.append(
            Notice(
                "The force does not accept this.",
                "That is a lawful answer: a recommendation is not an order. It stays listed until it is closed.",
            )
        )
    if not tracked.directed_to_force:
        to = f"It is directed to: {'; '.join(addressees)}. " if addressees else ""
        found.append(Notice("Not directed to this force.", f"{to}It is listed, and does not count as overdue."))
    return [notice for notice in found if notice]


def restriction_notices(row: Restriction | None) -> list[Notice]:
    """The notice on a restricted record, which the office sees; none for an unrestricted one."""
    if row is None:
        return []
    return [
        Notice(
            f"Restricted from {say(row.effective_on)}{_by_person(row.recorded_by)}: in closed papers only.", row.reason
        )
    ]


def all_parts_done(tracked: TrackedRecommendation) -> list[Notice]:
    """The notice that all parts are done and the whole can be closed."""
    if not tracked.part_rows or tracked.standing.closed_on or tracked.standing.closure_requested_on:
        return []
    states = part_states(tracked)
    if not all(state.is_done for state in states):
        return []
    parts = f"All {len(states)} parts are" if len(states) > 1 else "Its only part is"
    return [Notice(f"{parts} done.", "The recommendation is still open: request its closure.")]


def _closure(closure: Closure, rows: list[VoiceEntry], words: dict, today: datetime.date, source: str) -> Notice | None:
    outcome = in_sentence(Outcome(closure.outcome).label)
    if closure.state == ClosureState.REQUESTED:
        asked = f"Asked for on {say(closure.requested_on)}{_by_person(closure.requested_by)}, as {outcome}."
        return Notice("Closure waits for a decision.", asked)
    if closure.state == ClosureState.CLOSED:
        title = f"Closed on {_closing_day(closure)}: {outcome}."
        approved = f"Approved{_by_person(closure.decided_by)}. " if closure.decided_by else ""
        return Notice(title, approved + agreement(closure, rows, words, today, source))
    if closure.state == ClosureState.REOPENED:
        was = f" It was closed as {outcome} from {_closing_day(closure)}."
        assert closure.reopened_on is not None  # closure_state_has_its_stamps, closure_reopened_on_at
        return Notice(
            f"Reopened on {say(closure.reopened_on)}{_by_person(closure.reopened_by)}.", closure.reopened_why + was
        )
    return None


def _closing_day(closure: Closure) -> str:
    assert closure.closed_on is not None  # closure_state_has_its_stamps
    return say(closure.closed_on)


def _by_person(user: User | None) -> str:
    return f" by {person(user.name, user.role)}" if user else ""
