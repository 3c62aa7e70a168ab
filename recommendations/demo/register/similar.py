"""Similar recommendations: two linked by an officer. Another pair stays a suggestion."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.similar.pairs import link_similar
from recommendations.models import TrackedRecommendation

LINKED = (
    "An inspector to see the risk grading of each missing child",
    "Sergeant to review a child’s third disappearance",
)


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    yield -2, (1,), partial(_link, office)


def _link(office, at) -> None:
    """Link two recommendations answered by the same work, if a force has both."""
    first = TrackedRecommendation.objects.filter(recommendation__heading=LINKED[0]).order_by("pk").first()
    second = (
        first and TrackedRecommendation.objects.filter(recommendation__heading=LINKED[1], force=first.force_id).first()
    )
    if first and second:
        link_similar(tracked=second, other=first, by=office.people["officer"], at=at)
