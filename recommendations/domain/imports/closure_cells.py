"""Import a line's target and closure: closed before the register existed, or to be decided here."""

import datetime
from itertools import pairwise

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import ASKS_DAY
from recommendations.domain.imports.voice_cells import NO_DAY, last_said_on
from recommendations.enums import Outcome
from recommendations.models import Standing
from recommendations.periods import say


def plan_targets(entry: ImportEntry) -> None:
    """Plan the first target and its moves. A first target on record is not changed."""
    days, tracked = entry.line.targets, entry.tracked
    if not days or not all(entry.not_before_report(_target_key(entry), day) for day in days):
        return
    if tracked and tracked.standing.target_on:
        _move(entry, tracked.standing, days)
        return
    published_on = entry.published_on
    assert published_on is not None  # a line without it is refused before anything is planned
    moved_on = max(last_said_on(entry) or entry.undated_on or entry.on, published_on)
    set_on = max(tracked.tracked_on, published_on) if tracked else published_on
    first = {"effective_on": set_on, "target_on": days[0], "reason": ""}
    moves = [{"effective_on": moved_on, "target_on": day, "reason": entry.file_reason} for day in days[1:]]
    entry.writes.targets = [first, *moves]
    entry.change("first_target_on", "", days[0])
    for before, day in pairwise(days):
        entry.change("target_on", before, day)


def _target_key(entry: ImportEntry) -> str:
    return next((key for key in ("target_on", "first_target_on") if key in entry.line.cells), "deadline_on")


def _move(entry: ImportEntry, now: Standing, days: tuple[datetime.date, ...]) -> None:
    assert now.first_target_on is not None  # standing_target_has_first
    if len(days) > 1 and days[0] != now.first_target_on:
        entry.notes.append(f"The first target on record, {say(now.first_target_on)}, stays.")
    if days[-1] == now.target_on:
        return
    if now.closed_on:
        entry.refuse(_target_key(entry), "It is closed. Reopen it on its page before its target moves.")
        return
    entry.writes.targets = [{"effective_on": entry.on, "target_on": days[-1], "reason": entry.file_reason}]
    entry.change("target_on", now.target_on, days[-1])


def plan_closure(entry: ImportEntry) -> None:
    """Plan a closure. For a new recommendation it is history; for a tracked one, an approving officer decides."""
    line, tracked = entry.line, entry.tracked
    if tracked is None:
        if line.closed:
            _write_earlier_closure(entry)
    elif closed_on := tracked.standing.closed_on:
        _stays_closed(entry, Outcome(tracked.standing.outcome), closed_on)
    elif line.closed:
        _ask(entry)


def _write_earlier_closure(entry: ImportEntry) -> None:
    day = entry.line.get("closed_on") or last_said_on(entry) or entry.line.get("update_on") or entry.undated_on
    key = "closed_on" if "closed_on" in entry.line.cells else _closing_key(entry)
    if day is None:
        entry.refuse(key, NO_DAY, ASKS_DAY)
    elif entry.day_fits(key, day):
        outcome = entry.line.closed
        entry.writes.closed = {"outcome": outcome, "closed_on": day, "request_reason": _reason(entry)}
        entry.change("outcome", "", Outcome(outcome).label)
        entry.change("closed_on", "", day)


def _reason(entry: ImportEntry) -> str:
    words = f" “{entry.line.closed_words}”." if entry.line.closed_words else ""
    return entry.file_reason + words


def _closing_key(entry: ImportEntry) -> str:
    return next((key for key in ("outcome", "status", "rag", "stage") if key in entry.line.cells), "outcome")


def _stays_closed(entry: ImportEntry, outcome: Outcome, closed_on: datetime.date) -> None:
    line = entry.line
    on_record = f"It is on record as closed on {say(closed_on)} ({outcome.label.lower()})."
    if not line.closed:
        if "stage" in line.values:
            entry.refuse(_closing_key(entry), f"{on_record} Reopen it on its page.")
    elif line.closed != outcome:
        entry.refuse(_closing_key(entry), f"{on_record} Reopen it on its page to close it otherwise.")
    elif line.get("closed_on", closed_on) != closed_on:
        entry.refuse("closed_on", f"{on_record} Reopen it on its page to close it on another day.")


def _ask(entry: ImportEntry) -> None:
    waiting = entry.register.waiting.get(entry.pk)
    if waiting is None:
        entry.writes.requested = {"outcome": entry.line.closed, "request_reason": _reason(entry)}
        asked = f"{Outcome(entry.line.closed).label}: an approving officer decides"
        entry.change("closure_requested_on", "", asked)
    elif waiting.outcome != entry.line.closed:
        entry.notes.append("Its closure was requested already, and waits for a decision.")
