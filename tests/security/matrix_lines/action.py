"""Actions: each seen by the office and by the leads of the force, and those of the office changed by it alone."""

from tests.security.line import MISSING, OFFICE, Line

OF_ONE = ("action", "update_action", "withdraw_action")


def actions(world) -> list[Line]:
    """The list, the plan, the sheet, each force's actions, and what is not there."""
    nobody = frozenset()
    table = [
        *(Line(name, post=405) for name in ("actions", "plan_of_actions")),
        Line("action_sheet", post=422),
        Line("tick_actions", get=405, post=302),
        *(Line(name, (MISSING,), nobody, post=405 if name == "action" else 200) for name in OF_ONE),
        *(Line(name, (MISSING,), nobody) for name in ("add_actions", "undo_action_sheet")),
        Line("withdraw_action_row", (MISSING, MISSING), nobody),
    ]
    for letter in ("a", "b"):
        sees, lead = frozenset(OFFICE | {f"lead_{letter}"}), frozenset({f"lead_{letter}"})
        own, ours = getattr(world, f"action_{letter}").pk, getattr(world, f"action_of_office_{letter}")
        hidden, row = getattr(world, f"hidden_action_{letter}").pk, getattr(world, f"action_row_{letter}").pk
        first = ours.rows.get().pk
        table += [
            *(Line("action", (pk,), sees, post=405) for pk in (own, ours.pk, hidden)),
            Line("update_action", (own,), sees, get=302, post=422),
            Line("withdraw_action", (own,), sees, post=422),
            Line("withdraw_action", (ours.pk,), sees, post=422, refused=lead),
            Line("withdraw_action_row", (own, row), sees, post=422),
            Line("withdraw_action_row", (ours.pk, first), sees, post=422, refused=lead),
            Line("withdraw_action_row", (own, first), nobody),
            Line("add_actions", (getattr(world, f"open_{letter}").pk,), sees, post=422),
            Line("save_typed", ("action-update", own), sees, get=405),
            Line("save_typed", ("action-update", ours.pk), sees, get=405, refused=lead),
            Line("undo_action_sheet", (hidden,), frozenset({"officer"}), post=422),
        ]
    return table
