"""Indicators: the office's, and a force's own; a lead enters the values where the office lets the force."""

from tests.security.line import MISSING, OFFICE, Line

OF_OFFICE = ("edit_indicator", "withdraw_indicator", "change_definition")


def indicators(world) -> list[Line]:
    """The list and what adds one, and of each force an indicator with its values, definition and sheet."""
    office, nobody = frozenset(OFFICE), frozenset()
    table = [
        Line("indicators", post=405),
        Line("add_indicator", post=422),
        *(Line(name, (MISSING,), nobody, post=405) for name in ("indicator", "indicator_csv")),
        *(Line(name, (MISSING,), nobody) for name in (*OF_OFFICE, "record_indicator_value", "undo_indicator_sheet")),
        *(Line(name, (MISSING,), nobody) for name in ("withdraw_indicator_value", "withdraw_definition_change")),
        *(Line(name, ("no-such-force",), nobody) for name in ("indicator_sheet",)),
        Line("attendance_indicator", ("no-such-force",), nobody, post=405),
    ]
    for letter in "ab":
        theirs = frozenset(OFFICE | {f"lead_{letter}"})
        pk, force = (getattr(world, f"indicator_{letter}").pk,), (getattr(world, f"force_{letter}").slug,)
        table += [
            Line("indicator", pk, theirs, post=405),
            Line("indicator_csv", pk, theirs, post=405),
            Line("record_indicator_value", pk, theirs, get=302, post=422),
            *(Line(name, pk, office, post=422) for name in OF_OFFICE),
            Line("withdraw_indicator_value", (getattr(world, f"value_{letter}").pk,), theirs, post=422),
            Line("withdraw_definition_change", (getattr(world, f"changed_definition_{letter}").pk,), office, post=422),
            Line("indicator_sheet", force, theirs, post=422),
            Line("undo_indicator_sheet", (getattr(world, f"sheet_of_values_{letter}").pk,), theirs, post=422),
            Line("attendance_indicator", force, theirs, post=405),
        ]
    return table
