"""What says much the same: read by the office and the force, decided by the office, never across forces."""

from tests.security.line import MISSING, OFFICE, Line


def similar(world) -> list[Line]:
    """Of both forces, of what is not there, and a pair that is no pair: one of each force."""
    across = (world.similar_a.waits.pk, world.similar_b.old.pk)
    return [
        *(line for letter in "ab" for line in _of(world, letter)),
        Line("link_similar", across, frozenset(OFFICE), get=302, post=422),
        Line("decline_similar", across, frozenset(OFFICE), post=422),
        *(Line(name, (MISSING,), frozenset(), post=405) for name in ("similar", "similar_of_inspection")),
        Line("end_links", (MISSING,), frozenset()),
        *(Line(name, (MISSING, MISSING), frozenset()) for name in ("link_similar", "decline_similar")),
    ]


def _of(world, letter: str) -> list[Line]:
    found, sees = getattr(world, f"similar_{letter}"), frozenset(OFFICE | {f"lead_{letter}"})
    pair = (found.waits.pk, found.old.pk)
    return [
        *(Line("similar", (each.pk,), sees, post=405) for each in (found.waits, found.old)),
        Line("link_similar", pair, sees, get=302, post=302),
        Line("decline_similar", pair, sees, post=302),
        Line("end_links", (found.old.pk,), sees, post=422),
        Line("similar_of_inspection", (getattr(world, f"inspection_{letter}").pk,), sees, post=405),
    ]
