"""Import a line's risk and delay: the level of risk and why, themes, the cause of delay, the mitigation."""

from dataclasses import asdict
from typing import Any

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import normalise
from recommendations.domain.imports.voice_cells import last_said_on
from recommendations.domain.risk.delays import NO_DELAY, DelayReason
from recommendations.enums import Vocabulary
from recommendations.models.register.risk import MOST_THEMES, pack, theme_words
from recommendations.periods import say

OF_OPEN_ONES = "Closed: risk and delay are not brought in."


def plan_risk(entry: ImportEntry) -> None:
    """Plan new dated rows for an open recommendation, and the resulting changes."""
    changes = len(entry.changes)
    _plan_weight(entry)
    _plan_delay(entry)
    if _is_closed(entry) and len(entry.changes) > changes:
        del entry.changes[changes:]
        entry.writes.weights, entry.writes.delays = [], []
        entry.notes.append(OF_OPEN_ONES)


def _is_closed(entry: ImportEntry) -> bool:
    return bool(entry.line.closed or (entry.tracked and entry.tracked.standing.closed_on))


def _plan_weight(entry: ImportEntry) -> None:
    """Plan risk and themes, on the review day that the sheet gives, or else the day of the import."""
    line, there = entry.line, entry.register.weights.get(entry.pk, [])
    was = {name: getattr(there[-1], name) if there else "" for name in ("risk", "why", "themes")}
    risk, on = line.get("risk", was["risk"]), line.get("risk_on")
    themes = pack(line.get("themes")) if line.get("themes") else was["themes"]
    if len(line.get("themes", ())) > MOST_THEMES:
        entry.refuse("themes", f"These are more than {MOST_THEMES} themes. Leave some out.")
    why = line.get("risk_why", was["why"] if risk == was["risk"] else entry.file_reason)
    said = {"risk": risk, "why": why if risk else "", "themes": themes}
    is_review = bool(there and on and line.get("risk") and on != there[-1].effective_on)
    known = any(row.effective_on == on and _same(said, row._asdict()) for row in there)
    if known or (_same(said, was) and not is_review):
        return
    day = on or entry.undated_on or entry.on
    if entry.day_fits("risk_on" if on else "risk", day):
        entry.writes.weights = [{"effective_on": day, **said}]
        words = entry.register.words
        before, after = (words[Vocabulary.RISK].get(each["risk"], each["risk"]) for each in (was, said))
        shown = [", ".join(theme_words(each["themes"], words[Vocabulary.THEME])) for each in (was, said)]
        if risk:
            entry.change("risk", before, f"{after}, {say(day)}")
        if shown[0] != shown[1]:
            entry.change("themes", *shown)


def _same(values: dict[str, Any], was: dict[str, Any]) -> bool:
    return all(normalise(values[name]) == normalise(was[name]) for name in values)


def _plan_delay(entry: ImportEntry) -> None:
    """Plan the cause of delay and the mitigation, on the day of the line's update, or else the day of the import."""
    line, there = entry.line, entry.register.delays.get(entry.pk, [])
    given: DelayReason = line.get("delay_cause", NO_DELAY)
    was = DelayReason.of(there[-1] if there else None)
    said = DelayReason(given.cause, given.words, line.get("mitigation", "")).after(was)
    if said == was:
        return
    day = last_said_on(entry) or entry.undated_on or entry.on
    if there and day < there[-1].effective_on:
        entry.notes.append(f"Cause of delay and mitigation are older than those of {say(there[-1].effective_on)}.")
    elif entry.day_fits("delay_cause" if given else "mitigation", day):
        entry.writes.delays = [{"effective_on": day, "said_by": line.get("said_by", ""), **asdict(said)}]
        words = entry.register.words[Vocabulary.DELAY_CAUSE]
        _note_change(entry, "delay_cause", was.in_words(words), said.in_words(words))
        _note_change(entry, "mitigation", was.mitigation, said.mitigation)


def _note_change(entry: ImportEntry, key: str, before: str, after: str) -> None:
    if before != after:
        entry.change(key, before, after)
