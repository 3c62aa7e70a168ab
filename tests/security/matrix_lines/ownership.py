"""Giving a round or a response to a colleague, inside the office."""

from tests.security.line import MISSING, OFFICE, Line


def ownership(world) -> list[Line]:
    """Each force's round and response, for the office."""
    office, nobody = frozenset(OFFICE), frozenset()
    return [
        Line("choose_mails", (), get=405, post=302),
        *(Line("give_round", (each.pk,), office, post=422) for each in (world.round_a, world.round_b)),
        *(Line("give_response", (each.pk,), office, post=422) for each in (world.response_a, world.response_b)),
        *(Line(name, (MISSING,), nobody) for name in ("give_round", "give_response")),
    ]
