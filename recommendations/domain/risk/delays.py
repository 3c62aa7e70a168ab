"""Why a recommendation is late, and what guards the public meanwhile: the force's word, which the office may record."""

import datetime
from collections.abc import Mapping
from typing import TypedDict

from recommendations.domain.writing.records import day_of, locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Position, Vocabulary
from recommendations.models import Delay, Label, RoundAnswer, RoundDraft, RoundLine, TrackedRecommendation, User
from recommendations.sections import Section
from recommendations.trail import Act, verb

type Labels = dict[str, dict[str, str]]


class SaidOfDelay(TypedDict):
    """What is said of a delay beside something else: the key of a cause, words, and what is done meanwhile."""

    cause: str
    words: str
    mitigation: str


def record_delay(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    cause: str = "",
    words: str = "",
    mitigation: str = "",
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay:
    """Add why it is late and what is done meanwhile. The row has all of it; without both it is no longer delayed.

    `labels` as for weigh. Raises Refusal for nothing, where nothing was said before; words without a cause; a cause
    that is not in the list; an impossible day.
    """
    with verb("record_delay", by=by, at=at, subject=tracked) as act:
        tracked = locked(tracked)
        given = {"cause": cause, "words": words, "mitigation": mitigation, "said_by": said_by}
        row = delay_of(act, tracked, **given, effective_on=effective_on, labels=labels)
        if not (row.cause or row.mitigation) and not tracked.delays.standing().exists():
            raise Refusal("Choose the cause, or enter the mitigation.", "cause")
        return act.save(row)


def asked_of(line: RoundLine) -> bool:
    """Whether the force is asked why it is late: what is not done by its date will be overdue as the round ends.

    The line has its round and the standing of its recommendation.
    """
    now = line.tracked.standing
    counts_from = now.deadline_on or now.first_target_on
    if not Section.RISK.is_on or not counts_from or not now.directed_to_force or now.position == Position.NOT_ACCEPTED:
        return False
    return counts_from < line.round.due_on


def said_with(row: RoundAnswer | RoundDraft, causes: Mapping[str, str]) -> list[tuple[str, str]]:
    """What an answer or a draft says of the delay, as headings and texts; `causes` are the office's words by key."""
    cause = causes.get(row.delay_cause, row.delay_cause)
    why = ". ".join(filter(None, (cause, row.delay_words)))
    return [(heading, text) for heading, text in (("Cause of delay", why), ("Mitigation", row.mitigation)) if text]


def carried(answer: RoundAnswer, tracked: TrackedRecommendation) -> SaidOfDelay | None:
    """What an answer says of the delay, the rest carried on from the latest row; None where it says nothing of it."""
    if not (answer.delay_cause or answer.delay_words or answer.mitigation):
        return None
    latest = tracked.delays.standing(as_at=answer.effective_on).latest_first().first()
    before = latest or Delay()
    cause = answer.delay_cause or before.cause
    words = answer.delay_words or (before.words if cause == before.cause else "")
    return {"cause": cause, "words": words, "mitigation": answer.mitigation or before.mitigation}


def delay_of(
    act: Act,
    tracked: TrackedRecommendation,
    *,
    cause: str = "",
    words: str = "",
    mitigation: str = "",
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay:
    """The same, not saved yet: the part of a verb that says it with something else. Raises Refusal as record_delay."""
    check_cause(cause, words, labels or Label.objects.words())
    published_on = tracked.recommendation.inspection.published_on
    return Delay(
        tracked=tracked,
        effective_on=day_of(effective_on, at=act.at, not_before=published_on, field="effective_on"),
        recorded_at=act.at,
        recorded_by=act.by,
        cause=cause,
        words=words.strip(),
        mitigation=mitigation.strip(),
        said_by=said_by.strip(),
    )


def check_cause(cause: str, words: str, labels: Labels) -> None:
    """Raise Refusal for a cause that is not in the list, or words about none."""
    if cause and cause not in labels[Vocabulary.DELAY_CAUSE]:
        raise Refusal("Choose the cause from the list.", "cause")
    if words.strip() and not cause:
        raise Refusal("Choose the cause that these words are about.", "cause")


def new_delay(
    act: Act,
    tracked: TrackedRecommendation,
    said: SaidOfDelay,
    *,
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay | None:
    """The part of a verb that says it beside something else; nothing where it says what the latest row says.

    `tracked` is locked. Raises Refusal as record_delay.
    """
    given = {name: str(text).strip() for name, text in said.items()}
    latest = tracked.delays.standing(as_at=effective_on).latest_first().first()
    before = {name: getattr(latest, name) if latest else "" for name in given}
    if given == before:
        return None
    return act.save(delay_of(act, tracked, **said, said_by=said_by, effective_on=effective_on, labels=labels))
