"""How each verb of a legacy review and of a direction is done once."""

import datetime

from recommendations.domain.legacy_reviews import judging, reviews
from recommendations.domain.register import enforcements
from tests.conftest import AT
from tests.makers.legacy_reviews import DIRECTED_BY, direct, judge, make_direction, start_review

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by, review = {"by": world.people["officer"], "at": LATER}, world.legacy_review
    if not hasattr(world, "direction"):
        _build(world)
    direction, enforced = world.direction, world.enforced
    new = {"title": "Another", "effective_on": LATER.date(), "forces": [world.force_c]}
    return {
        "legacy_reviews.start_legacy_review": lambda: reviews.start_legacy_review(**new, **by),
        "legacy_reviews.judge_legacy": lambda: judging.judge_legacy(
            review=review, tracked=[world.open_a], verdict="goes_on", reason="It matters.", **by
        ),
        "legacy_reviews.finish_legacy_review": lambda: reviews.finish_legacy_review(review=world.judged, **by),
        "legacy_reviews.withdraw_legacy_review": lambda: reviews.withdraw_legacy_review(
            review=review, reason="By mistake.", **by
        ),
        "register.enforce": lambda: enforcements.enforce(
            direction=direction, tracked=world.open_a, due_on=DIRECTED_BY, **by
        ),
        "register.end_enforcement": lambda: enforcements.end_enforcement(enforcement=enforced, reason="Lifted.", **by),
    }


def _build(world) -> None:
    """A direction that enforces one, and a review of which all is judged."""
    world.direction = make_direction(world.force_a)
    world.enforced = direct(world.direction, world.pending_a)
    world.judged = start_review(world.force_b, by=world.people["officer"])
    judge(world.judged, *(line.tracked for line in world.judged.lines.all()), by=world.people["officer"])
