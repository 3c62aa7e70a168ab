"""The addresses of saved views: whoever sees the register has views; a shared one is the office’s, and its owner’s to
change."""

from tests.security.line import MISSING, OFFICE, Line

OWN = ("change_view", "delete_view")


def saved_views(world) -> list[Line]:
    """Each view with who sees it, and who changes it."""
    table = [Line("saved_views", post=405), Line("save_view")]
    for whose, view in world.views.items():
        owner = frozenset({"officer" if whose == "shared" else whose})
        seen_by = frozenset(OFFICE) if whose == "shared" else owner
        table += [
            Line("saved_view", (view.pk,), seen_by, get=302, post=405),
            Line("open_with_view", (view.pk,), seen_by, get=405, post=302),
            Line("mark_view_seen", (view.pk,), seen_by, get=405, post=302),
            Line("change_view", (view.pk,), owner),
            Line("delete_view", (view.pk,), owner, post=302),
        ]
    shared, administrator = world.views["shared"].pk, frozenset({"administrator"})
    table += [
        Line("shared_views", post=405),
        Line("shared_view", (shared,), administrator),
        *(Line("shared_view", (pk,), frozenset()) for pk in (MISSING, world.views["officer"].pk)),
    ]
    return [
        *table,
        Line("saved_view", (MISSING,), frozenset(), post=405),
        *(Line(name, (MISSING,), frozenset(), get=405) for name in ("open_with_view", "mark_view_seen")),
        *(Line(name, (MISSING,), frozenset()) for name in OWN),
    ]
