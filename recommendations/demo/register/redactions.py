"""A redaction in the demonstration: proposed by an officer, and waiting for a second person."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.panels.visits import NAMED
from recommendations.domain.retention.redactions import propose_redaction

PROPOSED = -3
WHY = "The findings of a custody visit name a detainee."


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    yield PROPOSED, (0,), partial(_propose, office)


def _propose(office, at) -> None:
    propose_redaction(words=NAMED, reason=WHY, by=office.people["officer"], at=at)
