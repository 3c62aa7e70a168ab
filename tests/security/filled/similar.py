"""What is typed into the forms of what says much the same."""

from django.urls import reverse


def about_similar(world, form) -> list:
    """Linking, declining and ending a link; and an update that is for a linked one too."""
    found = world.similar_a
    pair = [found.waits.pk, found.old.pk]
    link, decline = (reverse(name, args=pair) for name in ("link_similar", "decline_similar"))
    end, update = reverse("end_links", args=[found.old.pk]), reverse("log_force_update", args=[found.old.pk])
    return [
        form("link_similar", reverse("similar", args=[found.waits.pk]), link, {}),
        form("decline_similar", decline, decline, {"reason": "Of another kind."}),
        form("end_links", end, end, {"reason": "It is done."}),
        form("log_force_update", update, update, {"done": "Both.", f"also_{found.new.pk}": "on"}, "lead_a"),
    ]
