"""A redaction of the demonstration: an officer proposes it, and it waits for a second person."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.panels.visits import NAMED
from recommendations.domain.retention.redactions import propose_redaction

PROPOSED = -3
WHY = "The findings of a custody visit name a detainee."


def happenings(told) -> Iterator[tuple[int, tuple, Callable]]:
    """What was written down: a day counted from today, its place in that day, and what is done at a moment."""
    yield PROPOSED, (0,), partial(_propose, told)


def _propose(told, at) -> None:
    propose_redaction(words=NAMED, reason=WHY, by=told.people["officer"], at=at)
