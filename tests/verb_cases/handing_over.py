"""How a register is marked as handed over, and taken back. Taking one over: tests/operations/handing_over."""

import datetime

from recommendations import trail
from recommendations.domain.handing_over import marking
from recommendations.domain.people import records
from recommendations.models import Force
from tests.conftest import AT


def cases(world) -> dict:
    gone = Force.objects.filter(slug="goneshire").first() or mark(make_force())
    return {
        "handing_over.mark_handed_over": lambda: mark(world.force_b),
        "handing_over.take_back": lambda: marking.take_back(force=gone, reason="Not yet.", by=None, at=AT),
    }


def make_force() -> Force:
    """A force that no other case is about."""
    force = Force(name="Goneshire Police", short_name="Goneshire", slug="goneshire", reference_prefix="GO")
    return records.keep(record=force, by=None, at=AT)


def mark(force: Force) -> Force:
    """The force, handed over on the bag of no matter which fingerprint."""
    return marking.mark_handed_over(
        force=force,
        on=datetime.date(2026, 10, 1),
        to="Another office",
        head=trail.head(),
        fingerprint="0" * 64,
        by=None,
        at=AT,
    )
