"""Government Security Classifications: each page of a document carries the highest marking of its contents."""

from collections.abc import Iterable

from recommendations.enums import Marking
from recommendations.models import DraftPart

LOWEST_FIRST = list(Marking)


def highest(markings: Iterable[str]) -> Marking:
    """The highest of these markings, or OFFICIAL if there are none."""
    return max((Marking(each) for each in markings), key=LOWEST_FIRST.index, default=Marking.OFFICIAL)


def marking_of(parts: Iterable[DraftPart]) -> Marking:
    """The marking of a draft: the highest of its non-empty parts."""
    return highest(part.marking for part in parts if part.text or part.reason)
