"""Legacy reviews: started for what is open of some forces, finished when each is judged, then frozen."""

import datetime
from collections.abc import Sequence

from recommendations.domain.legacy_reviews.queries import read_lines
from recommendations.domain.writing.records import claim, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, LegacyLine, LegacyReview, Standing, User
from recommendations.models.legacy_reviews import LONGEST_TITLE
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import verb

# (state, verb) → (next state, who may)
TRANSITIONS = {
    ("running", "judge_legacy"): ("running", May.EDIT_TRACKED),
    ("running", "finish_legacy_review"): ("finished", May.EDIT_TRACKED),
    ("running", "withdraw_legacy_review"): ("withdrawn", May.EDIT_TRACKED),
}


def start_legacy_review(
    *, forces: Sequence[Force], title: str, effective_on: datetime.date, by: User | None, at: datetime.datetime
) -> LegacyReview:
    """Start a review of everything that is open for these forces today. Returns it.

    `effective_on` is the London day of the change that it is about, past or ahead. Raises Refusal without a title or a
    force, if nothing is open, and if some of it is in a review that is still running.
    """
    with verb("start_legacy_review", by=by, at=at) as act:
        if not title.strip():
            raise Refusal("Enter a title.", "title", code="required")
        if len(title.strip()) > LONGEST_TITLE:
            raise Refusal(f"The title is too long: {LONGEST_TITLE} characters fit.", "title", code="too-long")
        if not forces:
            raise Refusal("Choose at least one force.", "forces", code="required")
        for force in sorted(forces, key=lambda each: each.pk):
            lock_row(force)
        rows = list(Standing.objects.now().open().filter(force__in=forces).order_by("force", "reference"))
        if not rows:
            raise Refusal("Nothing is open here, so there is nothing to review.", "forces", code="nothing-open")
        _check_not_in_another([row.tracked_id for row in rows])
        review = LegacyReview(title=title.strip(), effective_on=effective_on, started_on=london_day(at))
        review.started_at, review.started_by = at, by
        act.subject = act.save(review)
        act.add_all([LegacyLine(review=review, tracked_id=row.tracked_id, force_id=row.force_id) for row in rows])
    return review


def _check_not_in_another(tracked: Sequence[int]) -> None:
    running = LegacyReview.objects.filter(finished_on__isnull=True, lines__tracked__in=tracked)
    if other := running.order_by("pk").first():
        raise Refusal(f"Some of these are in “{other}”, which is not finished.", "forces", code="in-another")


def finish_legacy_review(
    *, review: LegacyReview, by: User | None, at: datetime.datetime, version: int | None = None
) -> LegacyReview:
    """Finish a review: its judgements never change again.

    `version` is the review's as it was read. Raises Refusal if it is not running, while some are not judged or wait for
    a decision on their closure, and Stale.
    """
    with verb("finish_legacy_review", by=by, at=at, subject=review) as act:
        review = lock_running(review)
        claim(review, review.version if version is None else version)
        lines = read_lines(review)
        if lines.to_judge:
            raise Refusal(f"{len(lines.to_judge)} of {lines.number} are not judged yet.", code="not-judged")
        if lines.waiting:
            raise Refusal(f"{len(lines.waiting)} closures wait for a decision by an approving officer.", code="waiting")
        review.finished_on, review.finished_at, review.finished_by = london_day(at), at, by
        return act.save(review)


def withdraw_legacy_review(
    *, review: LegacyReview, reason: str, by: User | None, at: datetime.datetime, version: int | None = None
) -> LegacyReview:
    """Withdraw a review that was started by mistake. Closures that were requested stay requested.

    Raises Refusal if it is not running or without a reason, and Stale.
    """
    with verb("withdraw_legacy_review", by=by, at=at, reason=reason, subject=review) as act:
        review = lock_running(review)
        claim(review, review.version if version is None else version)
        return mark_withdrawn(act, review, needs="Say why the review is withdrawn.")


def lock_running(review: LegacyReview) -> LegacyReview:
    """The review, locked. Raises Refusal if it is finished or withdrawn."""
    review = LegacyReview.on_file.select_for_update().get(pk=review.pk)
    if review.withdrawn_at:
        raise Refusal("This review is withdrawn.", code="withdrawn")
    if review.finished_on:
        raise Refusal(f"This review was finished on {say(review.finished_on)}. It stays as it is.", code="finished")
    return review
