"""Judging what was open: a judgement of each recommendation, with its reason, until the review is finished.

A judgement changes nothing in the register. "Superseded" and "closed" make the usual request for closure, which an
approving officer decides.
"""

import datetime
from collections.abc import Mapping, Sequence

from recommendations.domain.legacy_reviews.queries import latest_judgements
from recommendations.domain.legacy_reviews.reviews import lock_running
from recommendations.domain.register.closures import new_closure_request, state_of
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ClosureState, Outcome
from recommendations.enums.legacy_reviews import ASKS_FOR_CLOSURE, LegacyVerdict
from recommendations.models import Closure, LegacyJudgement, LegacyReview, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb


def judge_legacy(
    *,
    review: LegacyReview,
    tracked: Sequence[TrackedRecommendation],
    verdict: str,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    words: str = "",
    superseded_by: TrackedRecommendation | None = None,
    outcome: str = "",
    seen_judgements: Mapping[int, int] | None = None,
) -> list[LegacyJudgement]:
    """Judge one recommendation of a running review, or several alike. Returns the judgements.

    `words` are what the office asks now, of one that is reframed; `superseded_by` the one that takes its place;
    `outcome` why one is closed. `seen_judgements` are those (tracked id → id, 0 for none) that the user saw.
    Raises Refusal for a part that is missing or does not fit, and, naming each, for recommendations that are not in the
    review, are closed, wait for a decision on their closure, or were judged by someone else meanwhile.
    """
    with verb("judge_legacy", by=by, at=at, reason=reason, subject=review) as act:
        review = lock_running(review)
        _check_parts(tracked, verdict, reason, words, outcome)
        latest = latest_judgements(review, tracked)
        listed = set(review.lines.filter(tracked__in=[each.pk for each in tracked]).values_list("tracked", flat=True))
        replaced = latest_judgements(review) if verdict == LegacyVerdict.SUPERSEDED else {}
        found = []
        for each in map(lock_row, tracked):
            _check_line(each, each.pk in listed, latest.get(each.pk), seen_judgements)
            if verdict == LegacyVerdict.SUPERSEDED:
                _check_successor(each, superseded_by, replaced)
            judgement = LegacyJudgement(
                review=review,
                tracked=each,
                verdict=verdict,
                reason=reason.strip(),
                words=words.strip() if verdict == LegacyVerdict.REFRAMED else "",
                superseded_by=superseded_by if verdict == LegacyVerdict.SUPERSEDED else None,
                closure=_closure(act, each, verdict, outcome, reason, superseded_by),
                effective_on=london_day(at),
                recorded_at=at,
                recorded_by=by,
            )
            found.append(act.save(judgement))
        return found


def _check_parts(tracked: Sequence[TrackedRecommendation], verdict: str, reason: str, words: str, outcome: str) -> None:
    if not tracked:
        raise Refusal("Choose at least one recommendation.", "verdict", code="nothing-chosen")
    if verdict not in LegacyVerdict.values:
        raise Refusal("Choose what becomes of it.", "verdict", code="required")
    if verdict == LegacyVerdict.REFRAMED and len(tracked) > 1:
        raise Refusal("New words are for one recommendation. Choose one at a time.", "verdict", code="one-at-a-time")
    if verdict == LegacyVerdict.REFRAMED and not words.strip():
        raise Refusal("Write what the office asks now.", "words", code="required")
    if verdict == LegacyVerdict.CLOSED and outcome not in Outcome.values:
        raise Refusal("Choose the outcome.", "outcome", code="required")
    if not reason.strip():
        raise Refusal("Say why.", "reason", code="no-reason")


def _check_line(
    tracked: TrackedRecommendation,
    is_listed: bool,
    last: LegacyJudgement | None,
    seen_judgements: Mapping[int, int] | None,
) -> None:
    if not is_listed:
        raise Refusal(f"{tracked} is not in this review.", code="not-listed")
    if seen_judgements is not None and seen_judgements.get(tracked.pk, 0) != (last.pk if last else 0):
        assert last is not None  # judgements are never deleted
        who = last.recorded_by or "a command"
        raise Refusal(
            f"{tracked} was judged by {who} since you looked: {last.get_verdict_display().lower()}. Look at it again.",
            code="judged-meanwhile",
        )
    if last and last.closure and last.closure.state == ClosureState.REQUESTED:
        raise Refusal(
            f"The closure of {tracked} waits for a decision. It can be judged again if it is not approved.",
            code="pending",
        )
    if state_of(tracked) in ("closed", "slipped"):
        raise Refusal(f"{tracked} is closed, so there is nothing to judge.", code="closed")


def _check_successor(
    tracked: TrackedRecommendation, successor: TrackedRecommendation | None, judged: Mapping[int, LegacyJudgement]
) -> None:
    """Raise Refusal unless `successor` can take the place of `tracked`: an open one of the same force, whose own place
    `tracked` does not take by what is `judged`, also through others.
    """
    if successor is None:
        raise Refusal("Enter the reference of the one that takes its place.", "superseded_by", code="required")
    if successor.pk == tracked.pk:
        raise Refusal(f"{tracked} can’t take its own place. Enter another one.", "superseded_by", code="itself")
    if successor.force_id != tracked.force_id:
        raise Refusal(
            f"{successor} is for another force than {tracked}. Enter one of the same force.",
            "superseded_by",
            code="another-force",
        )
    if successor.standing.closed_on:
        raise Refusal(f"{successor} is closed. Enter one that is open.", "superseded_by", code="closed")
    if tracked.pk in _takers_of_place(successor, judged):
        raise Refusal(
            f"{successor} is judged as superseded by {tracked}, at once or through others. Enter another one.",
            "superseded_by",
            code="circle",
        )


def _takers_of_place(tracked: TrackedRecommendation, judged: Mapping[int, LegacyJudgement]) -> set[int]:
    """The ids of what takes the place of this one, of what takes the place of that, and so on."""
    found: set[int] = set()
    row = judged.get(tracked.pk)
    while row and row.closure and row.closure.state in (ClosureState.REQUESTED, ClosureState.CLOSED):
        if row.superseded_by_id is None or row.superseded_by_id in found:
            break
        found.add(row.superseded_by_id)
        row = judged.get(row.superseded_by_id)
    return found


def _closure(
    act: VerbContext,
    tracked: TrackedRecommendation,
    verdict: str,
    outcome: str,
    reason: str,
    successor: TrackedRecommendation | None,
) -> Closure | None:
    """The request for closure that a judgement needs: a new one, or one with the same outcome that waits already."""
    if verdict not in ASKS_FOR_CLOSURE:
        return None
    outcome = str(Outcome.SUPERSEDED) if verdict == LegacyVerdict.SUPERSEDED else outcome
    if state_of(tracked) == "pending closure":
        waiting = Closure.objects.get(tracked=tracked, state=ClosureState.REQUESTED)
        if waiting.outcome != outcome:
            raise Refusal(
                f"Closure of {tracked} waits for a decision already, as {waiting.get_outcome_display().lower()}.",
                code="other-outcome",
            )
        return waiting
    why = f"Superseded by {successor}: {reason.strip()}" if successor and outcome == Outcome.SUPERSEDED else reason
    return new_closure_request(act, tracked, outcome=outcome, reason=why, requested_by=act.by)
