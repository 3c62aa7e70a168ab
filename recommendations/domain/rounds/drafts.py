"""What the force is writing for the lines of a round: saved as it is typed, shared inside the force, and no record.

Only people of the force save a draft, and none is overwritten unseen: each text comes with a mark of what its writer
was shown. Where the draft is another one by now, the writer is shown both.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from recommendations.days import settled
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.rounds import release_answers
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
# What one answer shares with the other lines that it is for.
SHARED = ("done", "no_change", "forecast", *UPDATE_TEXT_KEYS, "said_by", "ready", "agreed_by")


class SaveOutcome(StrEnum):
    """What became of a text that was sent: saved, the same as before, set against another person's, or too late."""

    SAVED = "saved"
    SAME = "same"
    THEIRS = "theirs"
    SETTLED = "settled"


@dataclass(frozen=True)
class Typed:
    """What somebody typed for one line: a value for each of BLANK, and the mark of what they were shown."""

    line: int
    values: dict
    shown: str


@dataclass(frozen=True)
class Saved:
    """What became of it, and the draft as it is now (None: there is none)."""

    kept: SaveOutcome
    draft: RoundDraft | None


def content(draft: RoundDraft | None) -> dict:
    """What a draft says, by field; nothing for no draft."""
    return {name: getattr(draft, name) for name in BLANK} if draft else dict(BLANK)


def plain(values: dict) -> dict:
    """The values of BLANK's fields as they are kept: no space around them, one kind of line end."""
    given = {name: values.get(name, empty) for name, empty in BLANK.items()}
    return {name: value if value in (True, False) else _plain(value) for name, value in given.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def mark(values: dict) -> str:
    """The mark of what a line said: equal for equal words."""
    return digest(plain(values))


def to_begin_with(line: RoundLine, draft: RoundDraft | None) -> dict:
    """What a line's form says when it is opened: the draft; without one, the latest forecast and nothing else."""
    if draft:
        return content(draft)
    forecast = line.tracked.standing.forecast_on
    return BLANK | {"forecast": say(forecast) if forecast else ""}


def save_drafts(*, round: UpdateRound, typed: list[Typed], by: User, at: datetime.datetime) -> dict[int, Saved]:
    """Save what somebody of the force typed, line by line. What they left as it was shown stays as it is now.

    Lines of another round are passed over. Raises Refusal where the round is closed, NotAllowed for other people.
    """
    with transaction.atomic():
        lines = _locked_lines(round, by)
        return {each.line: _save(lines[each.line], each, by, at) for each in typed if each.line in lines}


def _locked_lines(round: UpdateRound, by: User) -> dict[int, RoundLine]:
    """The lines of an open round by id, locked, each with its draft."""
    if by.force_id != round.force_id:
        raise NotAllowed("Only people of the force write its drafts.")
    closed_at = UpdateRound.objects.values_list("closed_at", flat=True).get(pk=round.pk)
    if closed_at:
        raise Refusal(f"This round was closed on {say(london_day(closed_at))}. It takes no more answers.")
    lines = round.lines.select_related("tracked").order_by("pk").select_for_update(of=("self",))
    found = {line.pk: line for line in lines}
    # Read once the lines are locked: what somebody saved while we waited is there.
    drafts = {draft.line_id: draft for draft in RoundDraft.objects.filter(line__in=found)}
    for line in found.values():
        line.kept = drafts.get(line.pk)
    return found


def _save(line: RoundLine, typed: Typed, by: User, at: datetime.datetime) -> Saved:
    draft, now = line.kept, to_begin_with(line, line.kept)
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
    values = values | {"forecast": settled(values["forecast"], today=london_day(at))}
    for name, value in values.items():
        setattr(draft, name, value)
    draft.saved_at, draft.saved_by, draft.version = at, by, draft.version + 1
    # no record: a draft, until a verb releases it
    draft.save()
    line.kept = draft
    return draft


@dataclass(frozen=True)
class Shared:
    """The references to which an answer was copied, and why not to the others: words for each."""

    copied: tuple[str, ...]
    refused: tuple[str, ...]


def references_in(text: str) -> list[str]:
    """The references that somebody typed with commas between them, each once."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def share_drafts(*, round: UpdateRound, lines: list[int], by: User, at: datetime.datetime) -> dict[int, Shared]:
    """Copy the drafts of these lines to the other lines that each names in `also`, which then keeps the refused ones.

    A line that has a draft of other words, or its answer already, is refused. Raises as save_drafts does.
    """
    with transaction.atomic():
        every = _locked_lines(round, by)
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
    """Why an answer is not copied to that line, in words; empty where nothing stands in the way."""
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
    """Give to the office the drafts that were shown (line id → mark): all of them, or none.

    `read` makes an answer of what a draft says, or raises Refusal; `reasons` say why the same answer stands (line id →
    words) where an answer that was returned goes unchanged. Raises Refusal where a draft is another one by
    now, and as release_answers does.
    """
    with transaction.atomic():
        lines = _locked_lines(round, by)
        drafts = [lines[pk] for pk in shown if pk in lines and lines[pk].kept]
        changed = [line for line in drafts if mark(content(line.kept)) != shown[line.pk]]
        if changed or len(drafts) < len(shown):
            names = ", ".join(str(line.tracked) for line in changed)
            raise Refusal(f"{names or 'A line'} changed after you opened the page. Check again, then release.")
        given = reasons or {}
        answers = [replace(read(line, content(line.kept)), same_reason=given.get(line.pk, "")) for line in drafts]
        return release_answers(round=round, answers=answers, by=by, at=at)
