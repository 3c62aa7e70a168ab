"""The forms of redactions, filled in."""

from django.urls import reverse


def about_retention(world, form) -> list:
    """To propose one, and to decline one. `form` is the class Form."""
    add, decline = reverse("propose_redaction"), reverse("decline_redaction", args=[world.redaction.pk])
    return [
        form("propose_redaction", add, add, {"words": "Sgt Hale", "reason": "A person who was in custody."}),
        form("decline_redaction", decline, decline, {"reason": "They are public."}, "approver"),
    ]
