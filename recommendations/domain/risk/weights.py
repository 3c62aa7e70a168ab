"""The office's risk assessment of an open recommendation, and its themes."""

import datetime
from collections.abc import Iterable

from recommendations.domain.writing.records import day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Vocabulary
from recommendations.models import Label, TrackedRecommendation, User, Weight
from recommendations.models.register.risk import MOST_THEMES, pack
from recommendations.trail import verb

type Labels = dict[str, dict[str, str]]


def weigh(
    *,
    tracked: TrackedRecommendation,
    by: User | None,
    at: datetime.datetime,
    risk: str = "",
    why: str = "",
    themes: Iterable[str] = (),
    effective_on: datetime.date | None = None,
    labels: Labels | None = None,
) -> Weight:
    """Record the office's assessment from a day on: a risk with its reason, themes, or both.

    The row has all of it: themes not named no longer apply. The same risk again is a review.
    `labels` are the office's words (Label.objects.words()), queried if not given.
    Raises Refusal if empty, for a risk without a reason, an unknown key, or an impossible day.
    """
    with verb("weigh", by=by, at=at, subject=tracked) as act:
        tracked = lock_row(tracked)
        words = labels or Label.objects.words()
        chosen = set(themes)
        _check(tracked, risk, why.strip(), chosen, words)
        published_on = tracked.recommendation.inspection.published_on
        row = Weight(
            tracked=tracked,
            effective_on=day_of(effective_on, at=at, not_before=published_on, field="effective_on"),
            recorded_at=at,
            recorded_by=by,
            risk=risk,
            why=why.strip(),
            themes=pack(chosen),
        )
        return act.save(row)


def _check(tracked: TrackedRecommendation, risk: str, why: str, themes: set[str], words: Labels) -> None:
    if risk and risk not in words[Vocabulary.RISK]:
        raise Refusal("Choose the risk from the list.", "risk")
    if risk and not why:
        raise Refusal("Say why the risk is this high.", "why")
    if not themes <= set(words[Vocabulary.THEME]):
        raise Refusal("Choose themes from the list.", "themes")
    if len(themes) > MOST_THEMES:
        raise Refusal(f"Choose {MOST_THEMES} themes at most.", "themes")
    if not risk and not themes and not tracked.weights.standing().exists():
        raise Refusal("Choose a risk or a theme.", "risk")
