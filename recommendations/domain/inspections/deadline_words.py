"""The deadline of a recommendation in words."""

import datetime

from recommendations.enums import DeadlineKind
from recommendations.models import Recommendation
from recommendations.periods import say


def deadline_words_of(recommendation: Recommendation) -> str:
    """The deadline in words: the verbatim text, if any, beside its interpretation."""
    words, read = recommendation.deadline_words, reading_words(recommendation.deadline_kind, recommendation.deadline_on)
    if words:
        return f"“{words}”, read as {read}"
    return "none given" if recommendation.deadline_kind == DeadlineKind.NONE else read


def reading_words(kind: str, due_on: datetime.date | None) -> str:
    """The interpretation of a deadline: "immediate", "a month: 30 September 2026", "no date"."""
    if kind == DeadlineKind.NONE:
        return "no date"
    label = DeadlineKind(kind).label.lower()
    return label if kind == DeadlineKind.IMMEDIATE else f"{label}: {say(due_on)}" if due_on else label
