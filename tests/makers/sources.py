"""Sources that an office follows, and what they make."""

import datetime

from recommendations.domain.register import closures
from recommendations.domain.sources import sources
from tests.conftest import AT, make_inspection, make_tracked

MADE = datetime.date(2026, 1, 20)
LAST = datetime.date(2026, 3, 16)
STATED = {"starts_on": None, "made_to": ""}


def follow(*keys: str, at=AT) -> None:
    """Let the office follow these sources."""
    for key in keys:
        sources.set_source(key=key, in_use=True, by=None, at=at)


def from_iopc(force, **facts):
    """A recommendation that the IOPC made to the chief constable, or another under another source and rule."""
    said = {"source": "iopc", "basis": "iopc-28a", "starts_on": MADE, "published_on": MADE}
    said |= {"title": "Searches of children", "short_name": "Searches 26"}
    return make_inspection(force, **said | {"made_to": "the chief constable of Westmarch"} | facts)


def of_five_sources(force, *, before, within, by, decided_by) -> None:
    """Of each of five sources two, of which the second is overdue; the IOPC's first is closed `within`, when an audit
    with one more comes in. `before` and `within` are moments."""
    follow("iopc", "coroner", "audit", at=before)
    said, stalking = {"at": before, "short_name": "S"}, datetime.date(2026, 9, 1)
    made = (
        make_inspection(force, at=before),
        make_inspection(force, title="Stalking", kind="super_complaint", respond_by=stalking, at=before),
        from_iopc(force, **said),
        from_iopc(force, source="coroner", basis="coroner", title="Checks", **said),
        from_iopc(force, source="audit", basis="audit", title="Stores", **STATED, **said),
    )
    first = [make_tracked(each, at=before) for each in made]
    for each in made:
        make_tracked(each, number="2", due_on=before.date(), at=before)
    closures.request_closure(tracked=first[2], outcome="implemented", reason="Done.", by=by, at=within)
    closures.approve_closure(tracked=first[2], by=decided_by, at=within)
    late = {"source": "audit", "basis": "audit", "title": "Fleet", "published_on": within.date(), **STATED}
    make_tracked(from_iopc(force, at=within, **late), at=within)
