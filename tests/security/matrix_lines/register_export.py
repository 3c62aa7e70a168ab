"""The addresses of a large file of the register: of whoever asked for it alone."""

from tests.security.line import MISSING, Line


def register_exports(world) -> list[Line]:
    """How far it is, and the file."""
    names = ("register_export", "register_export_progress", "register_export_file")
    found = {world.register_export.pk: frozenset({"lead_a"}), MISSING: frozenset()}
    return [Line(name, (pk,), seen_by, post=405) for pk, seen_by in found.items() for name in names]
