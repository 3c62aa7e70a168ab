"""The register as the API returns it: the columns of its exports and, for one recommendation, everything recorded."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from recommendations.domain.register.entries import (
    DELAY,
    DISPUTE,
    RISK,
    TARGET,
    VoiceEntry,
    entries_among,
    voices_in_use,
)
from recommendations.domain.register.export.lines import lines_by_id
from recommendations.domain.register.export.updates import VOICES, entries_out, holds
from recommendations.domain.register.parts.states import part_label
from recommendations.domain.register.queries import RegisterQuery
from recommendations.enums import ClosureState, Vocabulary
from recommendations.models import Closure, PartDischarged, Recheck, Thresholds, TrackedRecommendation, User
from recommendations.models.register.risk import theme_words
from recommendations.periods import london_day
from recommendations.sections import Section

ABOVE = {
    "recommendation_id": "recommendation_id",
    "inspection_id": "recommendation__inspection_id",
    "basis": "recommendation__inspection__basis",
}
SPOKEN = dict(zip(VOICES, ("force", "opcc", "hmicfrs"), strict=True))


def items(query: RegisterQuery, ids: Sequence[int], user: User, rule: Thresholds, words: dict) -> list[dict[str, Any]]:
    """Return the recommendations with these ids that `user` can see, in order, with the columns of the register's
    exports.

    Six queries, however many there are.
    """
    lines = lines_by_id(query, ids, user, rule, words)
    found = TrackedRecommendation.on_file.filter(pk__in=list(lines)).order_by()
    asked = {pk: of for pk, *of in found.values_list("pk", *ABOVE.values())}
    return [{"id": pk, **dict(zip(ABOVE, asked[pk], strict=True)), **line._asdict()} for pk, line in lines.items()]


def recommendation_in_full(
    query: RegisterQuery, pk: int, user: User, rule: Thresholds, words: dict
) -> dict[str, Any] | None:
    """Return one recommendation with its three voices and its history, or None if `user` could not see it that day."""
    found = items(query, (pk,), user, rule, words)
    if not found:
        return None
    entries = [(entry.voice, line._asdict()) for entry, line in entries_out(query, (pk,), user, words)]
    said = [line for _, line in entries]
    standing = [(voice, line) for voice, line in entries if not line["withdrawn"]]
    voices = {key: next((line for voice, line in standing if voice == of), None) for of, key in SPOKEN.items()}
    return found[0] | {"voices": voices, "history": said, **_dated_entries(query, pk, user, words)}


def _dated_entries(query: RegisterQuery, pk: int, user: User, words: dict) -> dict[str, list]:
    """Return the rest of its page, newest first: targets, risk, delays, dispute steps and closures of the whole or of
    parts, each closure of the whole with its rechecks.

    Switched-off sections are empty. At most four queries.
    """
    chosen = TrackedRecommendation.objects.visible_to(user).filter(pk=pk).order_by()
    asked = [voice for voice in voices_in_use() if voice in DATED]
    said = [each for each in entries_among(chosen, asked) if holds(each, query)]
    people = ("requested_by", "decided_by", "reopened_by")
    closures = Closure.objects.filter(tracked__in=chosen).select_related(*people)
    parts = PartDischarged.objects.filter(tracked__in=chosen).select_related("part", *people).order_by("-pk")
    looks = _looks(query, chosen)
    return {
        **{key: [row(each, words) for each in said if each.voice == voice] for voice, (key, row) in DATED.items()},
        "closures": [
            {"outcome": each.outcome, **_closure(each, query), "looks": looks.get(each.pk, [])}
            for each in closures
            if _was_asked(each, query)
        ],
        "closed_parts": [
            {"part": part_label(each.part), **_closure(each, query)} for each in parts if _was_asked(each, query)
        ],
    }


def _looks(query: RegisterQuery, chosen: QuerySet) -> dict[int, list[dict[str, Any]]]:
    """Return the rechecks by closure id, newest first."""
    found: dict[int, list[dict[str, Any]]] = {}
    if Section.RECHECKS.is_on:
        rows = Recheck.objects.filter(tracked__in=chosen).select_related("recorded_by", "decided_by").latest_first()
        for each in rows:
            if _had_happened(query, each.effective_on, each.recorded_at):
                found.setdefault(each.closure_id, []).append(_look(each, query))
    return found


def _target(entry: VoiceEntry, words: dict) -> dict[str, Any]:
    return {
        "target_on": entry.date,
        "set_on": entry.on,
        "reason": entry.text,
        "set_by": entry.attributed_to,
        **_stamps(entry),
    }


def _weight(entry: VoiceEntry, words: dict) -> dict[str, Any]:
    return {
        "on": entry.on,
        "risk": words[Vocabulary.RISK].get(entry.value, entry.value),
        "why": entry.text,
        "themes": theme_words(entry.stage, words[Vocabulary.THEME]),
        **_stamps(entry),
    }


def _delay(entry: VoiceEntry, words: dict) -> dict[str, Any]:
    return {
        "on": entry.on,
        "cause": words[Vocabulary.DELAY_CAUSE].get(entry.value, entry.value),
        "why": entry.text,
        "mitigation": entry.looked_at,
        "said_by": entry.attributed_to,
        **_stamps(entry),
    }


def _step(entry: VoiceEntry, words: dict) -> dict[str, Any]:
    return {
        "on": entry.on,
        "step": entry.stage,
        "decision": entry.value or None,
        "text": entry.text,
        "review_on": entry.date,
        "said_by": entry.attributed_to,
        **_stamps(entry),
    }


def _stamps(entry: VoiceEntry) -> dict[str, Any]:
    return {
        "recorded_by": entry.recorded_by,
        "recorded_on": london_day(entry.recorded_at),
        "withdrawn": entry.withdrawn_at is not None,
    }


# Dated rows other than the three voices: their key in the answer, and the function that formats them.
DATED: dict[str, tuple[str, Callable[[VoiceEntry, dict], dict[str, Any]]]] = {
    TARGET: ("targets", _target),
    RISK: ("risks", _weight),
    DELAY: ("delays", _delay),
    DISPUTE: ("dispute", _step),
}


def _look(row: Recheck, query: RegisterQuery) -> dict[str, Any]:
    """Return a planned or completed recheck. A slip decided after the day asked about is still waiting."""
    decided = _had_happened(query, row.decided_on, row.decided_at)
    return {
        "on": row.effective_on,
        "answer": row.answer,
        "look_on": row.look_on,
        "held_if": row.held_if,
        "saw": row.saw,
        "agreed": row.agreed if decided else None,
        "decided_on": row.decided_on if decided else None,
        "decided_by": _name(row.decided_by) if decided else "",
        "decision": row.decision_reason if decided else "",
        "recorded_by": _name(row.recorded_by),
        "recorded_on": london_day(row.recorded_at),
        "withdrawn": row.withdrawn_at is not None,
    }


def _was_asked(closure: Closure | PartDischarged, query: RegisterQuery) -> bool:
    return _had_happened(query, closure.requested_on, closure.requested_at)


def _had_happened(query: RegisterQuery, day: datetime.date | None, moment: datetime.datetime | None) -> bool:
    """Whether something happened by the day asked about, and was recorded by its `known_at`."""
    if day is None or moment is None:
        return False
    return day <= query.day and (query.known_at is None or moment <= query.known_at)


def _closure(closure: Closure | PartDischarged, query: RegisterQuery) -> dict[str, Any]:
    """Return a closure, of the whole or a part, as it stood: later decisions and reopenings are left out."""
    decided = _had_happened(query, closure.decided_on, closure.decided_at)
    reopened = decided and _had_happened(query, closure.reopened_on, closure.reopened_at)
    state = closure.state if reopened or closure.state != ClosureState.REOPENED else ClosureState.CLOSED
    return {
        "state": state if decided else ClosureState.REQUESTED,
        "requested_on": closure.requested_on,
        "requested_by": _name(closure.requested_by),
        "reason": closure.request_reason,
        "evidence": closure.evidence,
        "decided_on": closure.decided_on if decided else None,
        "decided_by": _name(closure.decided_by) if decided else "",
        "decision": closure.decision_reason if decided else "",
        "closed_on": closure.closed_on if decided else None,
        "reopened_on": closure.reopened_on if reopened else None,
        "reopened_why": closure.reopened_why if reopened else "",
    }


def _name(person: User | None) -> str:
    return person.name if person else ""
