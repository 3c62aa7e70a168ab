"""Sources that an office follows, and what they make."""

import datetime

from recommendations.domain.sources import sources
from tests.conftest import AT, make_inspection

MADE = datetime.date(2026, 1, 20)
LAST = datetime.date(2026, 3, 16)


def follow(*keys: str, at=AT) -> None:
    """Let the office follow these sources."""
    for key in keys:
        sources.set_source(key=key, in_use=True, by=None, at=at)


def from_iopc(force, **facts):
    """A recommendation that the IOPC made to the chief constable, or another under another source and rule."""
    said = {"source": "iopc", "basis": "iopc-28a", "starts_on": MADE, "published_on": MADE}
    said |= {"title": "Searches of children", "short_name": "Searches 26"}
    return make_inspection(force, **said | {"made_to": "the chief constable of Westmarch"} | facts)
