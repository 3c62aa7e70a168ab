"""What is typed into the forms of notes, and of giving something to a colleague."""

from django.urls import reverse


def about_notes(world, form) -> list:
    """A note on a recommendation, withdrawing one, and giving a round and a response to a colleague."""
    page = world.open_a.get_absolute_url()
    add = reverse("record_notes", args=["recommendation", world.open_a.pk])
    withdraw = reverse("withdraw_note", args=[world.notes_a.made[0].pk])
    give = reverse("give_response", args=[world.response_a.pk])
    give_round = reverse("give_round", args=[world.round_a.pk])
    return [
        form("record_notes", f"{page}?tab=notes", add, {"text": "Ask for the log."}),
        form("withdraw_note", withdraw, withdraw, {"reason": "Wrong."}),
        form("give_response", give, give, {"keeper": world.people["approver"].pk}),
        form("give_round", give_round, give_round, {"keeper": world.people["approver"].pk}),
    ]
