"""The addresses of changes ahead: administrators enter them, officers read what is confirmed."""

from tests.security.line import MISSING, OFFICE, Line


def successions(world) -> list[Line]:
    """The list, the kinds, a form, and of each change its page, its form and its withdrawal."""
    administrator = frozenset({"administrator"})
    confirmed, withdrawn = world.confirmed_change.pk, world.withdrawn_change.pk
    found = {
        world.entered_change.pk: administrator,
        confirmed: administrator | OFFICE,
        withdrawn: administrator,
        MISSING: frozenset(),
    }
    open_ones = {world.entered_change.pk: administrator, confirmed: administrator, MISSING: frozenset()}
    return [
        Line("successions", post=405),
        Line("choose_succession", post=405),
        *(Line("add_succession", (kind,), post=422) for kind in ("new_body", "merger")),
        *(Line("succession", (pk,), frozenset(seen_by), post=422) for pk, seen_by in found.items()),
        *(Line(name, (pk,), seen_by, post=422) for name in CHANGING for pk, seen_by in open_ones.items()),
        *(Line(name, (withdrawn,), administrator, get=404, post=422) for name in CHANGING),
    ]


CHANGING = ("change_succession", "withdraw_succession")
