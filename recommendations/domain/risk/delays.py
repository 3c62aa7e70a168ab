"""Why a recommendation is late, and what guards the public meanwhile: the force's word, which the office may record."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommendations.domain.writing.records import day_of, locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import DeadlineKind, Position, Vocabulary
from recommendations.models import Delay, Label, RoundAnswer, RoundDraft, RoundLine, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.sections import Section
from recommendations.trail import Act, verb

type Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class DelayReason:
    """Why it is late: the key of a cause, words about it, and what is done meanwhile. Without spaces around them."""

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
        """What a row, or the values of one, says; nothing for None."""
        return cls(row.cause, row.words, row.mitigation) if row else cls()

    def in_words(self, causes: Mapping[str, str]) -> str:
        """The cause, and the words about it, as sheets have both: "Resources: Two short."; `causes` by key."""
        return ": ".join(filter(None, (causes.get(self.cause, self.cause), self.words)))

    def after(self, before: "DelayReason") -> "DelayReason":
        """This, with what it does not mention carried on from what was said before; words only with their cause."""
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
    """Add why it is late and what is done meanwhile. The row has all of it; without both it is no longer delayed.

    `labels` as for weigh. Raises Refusal for nothing, where nothing was said before; words without a cause; a cause
    that is not in the list; an impossible day.
    """
    with verb("record_delay", by=by, at=at, subject=tracked) as act:
        tracked = locked(tracked)
        said = DelayReason(cause, words, mitigation)
        row = delay_of(act, tracked, said, said_by=said_by, effective_on=effective_on, labels=labels)
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


def is_asked_on_moving(tracked: TrackedRecommendation) -> bool:
    """Whether a move of its target can be past the deadline of its source, in an office that asks for causes."""
    return _deadline_to_pass(tracked) is not None


def _deadline_to_pass(tracked: TrackedRecommendation) -> datetime.date | None:
    dated = tracked.deadline_kind not in (DeadlineKind.NONE, DeadlineKind.IMMEDIATE)
    return tracked.deadline_on if Section.RISK.is_on and dated and tracked.standing.target_on else None


def moves_past_deadline(tracked: TrackedRecommendation, target_on: datetime.date | None) -> bool:
    """Whether this moves its target past the deadline of its source, so that a cause is needed."""
    deadline_on = _deadline_to_pass(tracked)
    return deadline_on is not None and target_on is not None and target_on > deadline_on


def latest_of(tracked: TrackedRecommendation, as_at: datetime.date | None = None) -> DelayReason:
    """What was said last, by a day or at all. One query."""
    return DelayReason.of(tracked.delays.standing(as_at=as_at).latest_first().first())


def carried(answer: RoundAnswer, tracked: TrackedRecommendation) -> DelayReason | None:
    """What an answer says of the delay, the rest carried on from the latest row; None where it says nothing of it."""
    said = DelayReason(answer.delay_cause, answer.delay_words, answer.mitigation)
    return said.after(latest_of(tracked, answer.effective_on)) if said else None


def delay_of(
    act: Act,
    tracked: TrackedRecommendation,
    said: DelayReason,
    *,
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay:
    """The same, not saved yet: the part of a verb that says it with something else. Raises Refusal as record_delay."""
    check_cause(said, labels or Label.objects.words())
    published_on = tracked.recommendation.inspection.published_on
    return Delay(
        tracked=tracked,
        effective_on=day_of(effective_on, at=act.at, not_before=published_on, field="effective_on"),
        recorded_at=act.at,
        recorded_by=act.by,
        said_by=said_by.strip(),
        **asdict(said),
    )


def check_cause(said: DelayReason, labels: Labels) -> None:
    """Raise Refusal for a cause that is not in the list, or words about none."""
    if said.cause and said.cause not in labels[Vocabulary.DELAY_CAUSE]:
        raise Refusal("Choose the cause from the list.", "cause")
    if said.words and not said.cause:
        raise Refusal("Choose the cause that these words are about.", "cause")


def new_delay(
    act: Act,
    tracked: TrackedRecommendation,
    said: DelayReason,
    *,
    said_by: str = "",
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Delay | None:
    """The part of a verb that says it beside something else; nothing where it says what the latest row says.

    `tracked` is locked. Raises Refusal as record_delay.
    """
    if said == latest_of(tracked, effective_on):
        return None
    return act.save(delay_of(act, tracked, said, said_by=said_by, effective_on=effective_on, labels=labels))


def new_delays(
    act: Act, tracked: Sequence[TrackedRecommendation], said: DelayReason, *, said_by: str = ""
) -> list[Delay]:
    """The same for many from today on, not saved yet, each with the rest carried on. Those are locked."""
    if not tracked:
        return []
    labels = Label.objects.words()
    before: dict[int, DelayReason] = {}
    for row in Delay.objects.filter(tracked__in=tracked).standing(as_at=london_day(act.at)).latest_first():
        before.setdefault(row.tracked_id, DelayReason.of(row))
    after = [(each, said.after(before.get(each.pk, NO_DELAY))) for each in tracked]
    changed = [(each, reason) for each, reason in after if reason != before.get(each.pk)]
    return [delay_of(act, each, reason, said_by=said_by, labels=labels) for each, reason in changed]
