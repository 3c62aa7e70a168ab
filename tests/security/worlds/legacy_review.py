"""A legacy review of what is open for force A, with one recommendation reframed: the office's alone."""

from tests.conftest import AT
from tests.makers.legacy_reviews import judge, start_review

REFRAMED = "zqreframed"  # in the words and the reason, which the office alone reads


def build_legacy_review(world) -> None:
    """`world.legacy_review`."""
    by = world.people["officer"]
    world.legacy_review = start_review(world.force_a, by=by, at=AT)
    judge(world.legacy_review, world.open_a, by=by, verdict="reframed", words=f"{REFRAMED} words.", reason=REFRAMED)
