"""The three dates of a tracked recommendation, never mixed: the source's deadline, the force's target, the forecast.

Overdue counts from the day of a direction, else from the deadline, else from the first target (domain/register/rag.py);
that date is marked.
"""

import datetime
from dataclasses import dataclass
from itertools import takewhile

from recommendations.domain.register.entries import TARGET, UPDATE, VoiceEntry, entries_in_force, latest
from recommendations.domain.register.rag_reasons import ColourBasis, days_over
from recommendations.enums import DeadlineKind, Rag
from recommendations.models import Thresholds, TrackedRecommendation
from recommendations.periods import say, say_days, say_times

READ_AS: dict[str, str] = {
    DeadlineKind.IMMEDIATE: "immediate, from the day of publication",
    DeadlineKind.RELATIVE: "a period from publication",
    DeadlineKind.DATE: "a date",
    DeadlineKind.MONTH: "a month, its last day",
    DeadlineKind.NONE: "no date",
}


@dataclass(frozen=True)
class ShownDate:
    """One of the three dates. If RAG counts from it, `counts` is "over" or "inside" and `counting` says so in words.

    `moves` ("moved twice") is the text of a link to the moves in the timeline.
    """

    label: str
    value: str
    note: str = ""
    counts: str = ""
    counting: str = ""
    moves: str = ""


def three_dates(
    tracked: TrackedRecommendation, resting: ColourBasis, rows: list[VoiceEntry], today: datetime.date, rule: Thresholds
) -> list[ShownDate]:
    """The three dates of `tracked` for its page on a London day, after that of the direction that enforces it, if one
    does. `rows` come from entries_for.
    """
    return [
        *_direction(tracked, resting, today),
        _deadline(tracked, resting, today, rule),
        _target(tracked, resting, rows, today),
        _forecast(tracked, rows),
    ]


def _direction(tracked: TrackedRecommendation, resting: ColourBasis, today: datetime.date) -> list[ShownDate]:
    due_on = tracked.standing.direction_due_on
    return [ShownDate("Direction", say(due_on), "", *_counting(resting, _time_words(resting, today)))] if due_on else []


def _deadline(
    tracked: TrackedRecommendation, resting: ColourBasis, today: datetime.date, rule: Thresholds
) -> ShownDate:
    recommendation, kind = tracked.recommendation, tracked.deadline_kind
    label = f"{recommendation.inspection.source_word} deadline"
    note = f"“{recommendation.deadline_words}”, read as {READ_AS[kind]}" if recommendation.deadline_words else ""
    if kind == DeadlineKind.NONE:
        return ShownDate(label, "None given", note)
    assert tracked.deadline_on is not None  # tracked_deadline_has_day
    if tracked.standing.direction_due_on:
        return ShownDate(label, "Immediate" if kind == DeadlineKind.IMMEDIATE else say(tracked.deadline_on), note)
    if kind == DeadlineKind.IMMEDIATE:
        counting = f"open {say_days((today - tracked.deadline_on).days)}, red after {rule.immediate_days}"
        return ShownDate(label, "Immediate", note, *_counting(resting, counting))
    return ShownDate(label, say(tracked.deadline_on), note, *_counting(resting, _time_words(resting, today)))


def _target(
    tracked: TrackedRecommendation, resting: ColourBasis, rows: list[VoiceEntry], today: datetime.date
) -> ShownDate:
    label = "Force’s target"
    now = tracked.standing
    if now.target_on is None:
        return ShownDate(label, "None set")
    moves = f"moved {say_times(now.target_moves)}" if now.target_moves else ""
    said = latest(rows, TARGET)
    assert said is not None  # what set the target
    assert now.first_target_on is not None  # standing_target_has_first
    note = f"first {say(now.first_target_on)}" if moves else f"set on {say(said.on)}"
    counting = ("", "")
    if tracked.deadline_kind == DeadlineKind.NONE and tracked.standing.direction_due_on is None:
        first = f"the first target, {say(now.first_target_on)}" if moves else "this"
        counting = _counting(resting, _time_words(resting, today), first)
    return ShownDate(label, say(now.target_on), note, *counting, moves=moves)


def _forecast(tracked: TrackedRecommendation, rows: list[VoiceEntry]) -> ShownDate:
    forecast_on = tracked.standing.forecast_on
    if forecast_on is None:
        return ShownDate("Latest forecast", "None given")
    repeats = takewhile(lambda said: said.date == forecast_on, entries_in_force(rows, UPDATE))
    return ShownDate("Latest forecast", say(forecast_on), f"said on {say(list(repeats)[-1].on)}")


def _counting(resting: ColourBasis, words: str, what: str = "this") -> tuple[str, str]:
    """Whether RAG counts from a date, and in what words. ("", "") for closed and grey rows."""
    if resting.rag in (Rag.BLUE, Rag.GREY):
        return "", ""
    return ("over" if resting.rag == Rag.RED else "inside"), f"Counted from {what}: {words}"


def _time_words(resting: ColourBasis, today: datetime.date) -> str:
    over = days_over(resting, today)
    if over > 0:
        return f"{say_days(over)} over"
    return f"{say_days(-over)} left" if over else "due today"
