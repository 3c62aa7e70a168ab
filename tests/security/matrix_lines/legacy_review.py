"""Legacy reviews and directions: the office's alone, whatever force they are of."""

from tests.security.line import MISSING, OFFICE, Line

NAMES = ("legacy_review", "legacy_review_csv", "judge_legacy", "finish_legacy_review", "withdraw_legacy_review")


def legacy_reviews(world) -> list[Line]:
    """The list and what starts one, a review, what is not there, and a report that is no direction."""
    office, pk = frozenset(OFFICE), world.legacy_review.pk
    return [
        Line("legacy_reviews", post=405),
        Line("start_legacy_review", post=422),
        Line("legacy_review", (pk,), office, post=405),
        Line("legacy_review_csv", (pk,), office, post=405),
        Line("judge_legacy", (pk,), office, get=302, post=302),
        Line("finish_legacy_review", (pk,), office, post=422),
        Line("withdraw_legacy_review", (pk,), office, post=422),
        *(Line(name, (MISSING,), frozenset(), post=405 if name in NAMES[:2] else 200) for name in NAMES),
        Line("enforce", (world.inspection_a.pk,), frozenset()),
        *(Line(name, (MISSING,), frozenset()) for name in ("enforce", "end_enforcement")),
    ]
