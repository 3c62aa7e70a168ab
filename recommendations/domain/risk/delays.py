"""Causes of delay and mitigation: the force's voice, which the office may record too."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import DeadlineKind, Position, Vocabulary
from recommendations.models import Delay, Label, RoundAnswer, RoundDraft, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.sections import Section
from recommendations.trail import VerbContext, verb

type Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class DelayReason:
    """Why a recommendation is late: a cause's key, words about it, and the mitigation. Strips white space."""

    cause: str = ""
    words: str = ""
    mitigation: str = ""

    def __post_init__(self) -> None:
        for name, text in asdict(self).items():
            object.__setattr__(self, name, text.strip())

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @classmethod
    def of(cls, row: Any) -> "DelayReason":
        """The DelayReason in a row (or its values); empty for None."""
        return cls(row.cause, row.words, row.mitigation) if row else cls()

    def in_words(self, causes: Mapping[str, str]) -> str:
        """The cause and the words, as in sheets: "Resources: Two short."; `causes` by key."""
        return ": ".join(filter(None, (causes.get(self.cause, self.cause), self.words)))

    def after(self, before: "DelayReason") -> "DelayReason":
        """This, with missing values carried over from `before`; its words only with the same cause."""
        cause = self.cause or before.cause
        words = self.words or (before.words if cause == before.cause else "")
        return DelayReason(cause, words, self.mitigation or before.mitigation)


NO_DELAY = DelayReason()


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
    """Record why a recommendation is late, and the mitigation. Both empty means that it is no longer delayed.

    `labels` as for weigh. Raises Refusal for an empty first row, words without a cause, an unknown cause, or an
    impossible day.
    """
    with verb("record_delay", by=by, at=at, subject=tracked) as act:
        tracked = lock_row(tracked)
        said = DelayReason(cause, words, mitigation)
        row = delay_of(act, tracked, said, said_by=said_by, effective_on=effective_on, labels=labels)
        if not (row.cause or row.mitigation) and not tracked.delays.standing().exists():
            raise Refusal("Choose the cause, or enter the mitigation.", "cause")
        return act.save(row)


def is_cause_needed(tracked: TrackedRecommendation, day: datetime.date) -> bool:
    """Whether the force is asked why a recommendation is late: it is past its date on this day, and not done."""
    now = tracked.standing
    counts_from = now.direction_due_on or now.deadline_on or now.first_target_on
    is_grey = not now.directed_to_force or now.position == Position.NOT_ACCEPTED
    if not Section.RISK.is_on or not counts_from or (is_grey and not now.direction_due_on):
        return False
    return not now.closed_on and counts_from < day


def delay_texts(row: RoundAnswer | RoundDraft, causes: Mapping[str, str]) -> list[tuple[str, str]]:
    """The delay in an answer or draft, as (heading, text); `causes` are the office's labels by key."""
    cause = causes.get(row.delay_cause, row.delay_cause)
    why = ". ".join(filter(None, (cause, row.delay_words)))
    return [(heading, text) for heading, text in (("Cause of delay", why), ("Mitigation", row.mitigation)) if text]


def is_asked_on_moving(tracked: TrackedRecommendation) -> bool:
    """Whether moving its target can pass its source's deadline, in an office that asks for causes."""
    return _deadline_to_pass(tracked) is not None


def _deadline_to_pass(tracked: TrackedRecommendation) -> datetime.date | None:
    dated = tracked.deadline_kind not in (DeadlineKind.NONE, DeadlineKind.IMMEDIATE)
    return tracked.deadline_on if Section.RISK.is_on and dated and tracked.standing.target_on else None


def moves_past_deadline(tracked: TrackedRecommendation, target_on: datetime.date | None) -> bool:
    """Whether this target is past its source's deadline, so that a cause is needed."""
    deadline_on = _deadline_to_pass(tracked)
    return deadline_on is not None and target_on is not None and target_on > deadline_on


def latest_of(tracked: TrackedRecommendation, as_at: datetime.date | None = None) -> DelayReason:
    """The latest delay, optionally as at a day. One query."""
    return DelayReason.of(tracked.delays.standing(as_at=as_at).latest_first().first())


def carried_delay(answer: RoundAnswer, tracked: TrackedRecommendation) -> DelayReason | None:
    """The delay in an answer, with the rest carried over from the latest row, or None if it has none."""
    said = DelayReason(answer.delay_cause, answer.delay_words, answer.mitigation)
    return said.after(latest_of(tracked, answer.effective_on)) if said else None


def delay_of(
    act: VerbContext,
    tracked: TrackedRecommendation,
    delay_reason: DelayReason,
    *,
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay:
    """Make a delay, not saved yet. Raises Refusal as record_delay does."""
    check_cause(delay_reason, labels or Label.objects.words())
    published_on = tracked.recommendation.inspection.published_on
    return Delay(
        tracked=tracked,
        effective_on=day_of(effective_on, at=act.at, not_before=published_on, field="effective_on"),
        recorded_at=act.at,
        recorded_by=act.by,
        said_by=said_by.strip(),
        **asdict(delay_reason),
    )


def check_cause(delay_reason: DelayReason, labels: Labels) -> None:
    """Raise Refusal for an unknown cause, or words without a cause."""
    if delay_reason.cause and delay_reason.cause not in labels[Vocabulary.DELAY_CAUSE]:
        raise Refusal("Choose the cause from the list.", "cause")
    if delay_reason.words and not delay_reason.cause:
        raise Refusal("Choose the cause that these words are about.", "cause")


def new_delay(
    act: VerbContext,
    tracked: TrackedRecommendation,
    delay_reason: DelayReason,
    *,
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay | None:
    """The part of another verb that adds a delay, unless it equals the latest; `tracked` must be locked.

    Raises Refusal as record_delay does.
    """
    if delay_reason == latest_of(tracked, effective_on):
        return None
    return act.save(delay_of(act, tracked, delay_reason, said_by=said_by, effective_on=effective_on, labels=labels))


def new_delays(
    act: VerbContext, tracked: Sequence[TrackedRecommendation], delay_reason: DelayReason, *, said_by: str = ""
) -> list[Delay]:
    """Make delays for many locked recommendations from today on, not saved yet, with the rest carried over."""
    if not tracked:
        return []
    labels = Label.objects.words()
    latest = Delay.objects.filter(tracked__in=tracked).standing(as_at=london_day(act.at)).latest_of_each()
    before = {row.tracked_id: DelayReason.of(row) for row in latest}
    after = [(each, delay_reason.after(before.get(each.pk, NO_DELAY))) for each in tracked]
    changed = [(each, reason) for each, reason in after if reason != before.get(each.pk)]
    return [delay_of(act, each, reason, said_by=said_by, labels=labels) for each, reason in changed]
