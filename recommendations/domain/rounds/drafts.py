"""The force's drafts for the lines of a round: saved while typing, shared within the force, not records.

Only people of the force can save a draft, and nobody overwrites a colleague's text unseen: each save carries a digest
of the text that its author was shown. If the draft has changed since, the author is shown both texts.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from recommendations.days import resolve_relative_words
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.rounds import check_is_open, release_answers
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import LineState
from recommendations.models import RoundAnswer, RoundDraft, RoundLine, UpdateRound, User
from recommendations.periods import london_day, say
from recommendations.trail import digest

BLANK = {
    "done": "",
    "no_change": False,
    "forecast": "",
    **dict.fromkeys(UPDATE_TEXT_KEYS, ""),
    "said_by": "",
    "delay_cause": "",
    "delay_words": "",
    "mitigation": "",
    "also": "",
    "closure_outcome": "",
    "closure_reason": "",
    "ready": False,
    "agreed_by": "",
}
TO_DO = (LineState.ASKED, LineState.RETURNED)
# The fields that are copied if one answer is given for several lines.
SHARED = ("done", "no_change", "forecast", *UPDATE_TEXT_KEYS, "said_by", "ready", "agreed_by")


class SaveOutcome(StrEnum):
    """The result of saving a text: saved, unchanged, in conflict with another person's, or too late."""

    SAVED = "saved"
    SAME = "same"
    THEIRS = "theirs"
    SETTLED = "settled"


@dataclass(frozen=True)
class Typed:
    """What somebody typed for one line: a value for each field in BLANK, and the `mark` of what they were shown."""

    line: int
    values: dict
    shown: str


@dataclass(frozen=True)
class Saved:
    """The result of a save, and the current draft, or None if there is none."""

    kept: SaveOutcome
    draft: RoundDraft | None


def content(draft: RoundDraft | None) -> dict:
    """Return a draft's values by field, all blank if there is no draft."""
    return {name: getattr(draft, name) for name in BLANK} if draft else dict(BLANK)


def plain(values: dict) -> dict:
    """Return the values of BLANK's fields as they are stored: trimmed, with uniform line endings."""
    given = {name: values.get(name, empty) for name, empty in BLANK.items()}
    return {name: value if value in (True, False) else _plain(value) for name, value in given.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def mark(values: dict) -> str:
    """Return a digest of a line's values: equal for equal text."""
    return digest(plain(values))


def initial_values(line: RoundLine, draft: RoundDraft | None) -> dict:
    """Return the initial values of a line's form: the draft, or else only the latest forecast."""
    if draft:
        return content(draft)
    forecast = line.tracked.standing.forecast_on
    return BLANK | {"forecast": say(forecast) if forecast else ""}


def save_drafts(*, round: UpdateRound, typed: list[Typed], by: User, at: datetime.datetime) -> dict[int, Saved]:
    """Save what somebody of the force typed, line by line. Fields that they did not change keep their current value.

    Lines of other rounds are ignored. Raises Refusal if the round takes no more answers, NotAllowed for
    users outside the force.
    """
    with transaction.atomic():
        lines = _lock_lines(round, by)
        return {each.line: _save(lines[each.line], each, by, at) for each in typed if each.line in lines}


def _lock_lines(round: UpdateRound, by: User) -> dict[int, RoundLine]:
    """Return the lines of an open round by id, locked, each with its draft."""
    if by.force_id != round.force_id:
        raise NotAllowed("Only people of the force write its drafts.")
    check_is_open(UpdateRound.objects.select_related("force").get(pk=round.pk))
    lines = round.lines.select_related("tracked").order_by("pk").select_for_update(of=("self",))
    found = {line.pk: line for line in lines}
    # Read after the lines are locked, to include what somebody saved while we waited.
    drafts = {draft.line_id: draft for draft in RoundDraft.objects.filter(line__in=found)}
    for line in found.values():
        line.kept = drafts.get(line.pk)
    return found


def _save(line: RoundLine, typed: Typed, by: User, at: datetime.datetime) -> Saved:
    draft, now = line.kept, initial_values(line, line.kept)
    values = plain(typed.values)
    if typed.shown == mark(values) or values == plain(now):
        return Saved(SaveOutcome.SAME, draft)
    if line.state not in TO_DO:
        return Saved(SaveOutcome.SETTLED, draft)
    if typed.shown != mark(now):
        return Saved(SaveOutcome.THEIRS, draft)
    return Saved(SaveOutcome.SAVED, _write(line, values, by, at))


def _write(line: RoundLine, values: dict, by: User, at: datetime.datetime) -> RoundDraft:
    draft = line.kept or RoundDraft(line=line, version=0)
    values = values | {"forecast": resolve_relative_words(values["forecast"], today=london_day(at))}
    for name, value in values.items():
        setattr(draft, name, value)
    draft.saved_at, draft.saved_by, draft.version = at, by, draft.version + 1
    # no record: a draft, until a verb releases it
    draft.save()
    line.kept = draft
    return draft


@dataclass(frozen=True)
class Shared:
    """The references to which an answer was copied, and for the others the reason why not."""

    copied: tuple[str, ...]
    refused: tuple[str, ...]


def references_in(text: str) -> list[str]:
    """Return the references in a comma-separated text, without duplicates."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def share_drafts(*, round: UpdateRound, lines: list[int], by: User, at: datetime.datetime) -> dict[int, Shared]:
    """Copy the drafts of these lines to the other lines named in their `also`, which then keeps only the refused ones.

    A line with a different draft, or with an answer, is refused. Raises as `save_drafts` does.
    """
    with transaction.atomic():
        every = _lock_lines(round, by)
        asking = [(every[pk], kept) for pk in lines if pk in every and (kept := every[pk].kept) and kept.also]
        return {line.pk: _share(line, draft, every, by, at) for line, draft in asking}


def _share(line: RoundLine, draft: RoundDraft, every: dict[int, RoundLine], by: User, at: datetime.datetime) -> Shared:
    copied, refused, left = [], [], []
    by_reference = {each.tracked.reference.casefold(): each for each in every.values()}
    values = BLANK | {name: getattr(draft, name) for name in SHARED}
    for reference in references_in(draft.also):
        other = by_reference.get(reference.casefold())
        why = _why_not(line, other, reference, values)
        if why or other is None:
            refused.append(why)
            left.append(reference)
            continue
        _write(other, values, by, at)
        copied.append(other.tracked.reference)
    _write(line, content(draft) | {"also": ", ".join(left)}, by, at)
    return Shared(tuple(copied), tuple(refused))


def _why_not(line: RoundLine, other: RoundLine | None, reference: str, values: dict) -> str:
    """Return the reason why an answer cannot be copied to that line, or ""."""
    if other is None:
        return f"{reference[:40]} is not in this round."
    if other.pk == line.pk:
        return f"{other.tracked} is this line itself."
    if other.state not in TO_DO:
        return f"{other.tracked} is answered already."
    said = content(other.kept)
    if other.kept and _words(said) not in (_words(BLANK), _words(values)):
        return f"{other.tracked} has a draft of its own. Empty it first."
    return ""


def _words(values: dict) -> tuple:
    return tuple(values[name] for name in ("done", "no_change", *UPDATE_TEXT_KEYS))


def release_ready(
    *,
    round: UpdateRound,
    shown: dict[int, str],
    read: Callable[[RoundLine, dict], NewAnswer],
    by: User,
    at: datetime.datetime,
    reasons: dict[int, str] | None = None,
) -> list[RoundAnswer]:
    """Release to the office the drafts that were shown (line id → mark): all of them, or none.

    `read` turns a draft's values into an answer, or raises Refusal. `reasons` (line id → text) say why a returned
    answer is given again unchanged. Raises Refusal if a draft has changed since it was shown, and as `release_answers`
    does.
    """
    with transaction.atomic():
        lines = _lock_lines(round, by)
        drafts = [lines[pk] for pk in shown if pk in lines and lines[pk].kept]
        changed = [line for line in drafts if mark(content(line.kept)) != shown[line.pk]]
        if changed or len(drafts) < len(shown):
            names = ", ".join(str(line.tracked) for line in changed)
            raise Refusal(
                f"{names or 'A line'} changed after you opened the page. Check again, then release.",
                code="changed-meanwhile",
            )
        given = reasons or {}
        answers = [replace(read(line, content(line.kept)), same_reason=given.get(line.pk, "")) for line in drafts]
        return release_answers(round=round, answers=answers, by=by, at=at)
