"""The addresses of layouts: administrators' alone."""

from tests.security.line import MISSING, Line


def layouts(world) -> list[Line]:
    """The list, a file to import, all as a file, the page of one, and its buttons."""
    administrator = frozenset({"administrator"})
    found = {world.layout.pk: administrator, world.retired_layout.pk: administrator, MISSING: frozenset()}
    return [
        Line("layouts", post=405),
        Line("import_layouts", post=422),
        Line("export_layouts", post=405),
        *(Line("layout", (pk,), seen_by, post=422) for pk, seen_by in found.items()),
    ]
