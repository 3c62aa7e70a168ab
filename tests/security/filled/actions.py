"""What is typed into the forms of actions."""

from django.urls import reverse


def about_actions(world, form) -> list:
    """Adding one, bringing it up to date, withdrawing an entry and an action; tests/views/actions send the others."""
    own, row = world.action_a, world.action_row_a
    add = reverse("add_actions", args=[world.open_a.pk])
    update, withdraw = (reverse(name, args=[own.pk]) for name in ("update_action", "withdraw_action"))
    withdraw_row = reverse("withdraw_action_row", args=[own.pk, row.pk])
    new = {"words": "Hire a planner.", "owner": "Head of custody", "due_on": "1/5/2027"}
    return [
        form("add_actions", add, add, new),
        form("update_action", own.get_absolute_url(), update, {"state": "done", "note": "All three suites."}),
        form("withdraw_action", withdraw, withdraw, {"reason": "Typed twice."}),
        form("withdraw_action_row", withdraw_row, withdraw_row, {"reason": "Of another."}),
    ]
