"""The form of a webhook, filled in."""

from django.urls import reverse


def about_webhooks(world, form) -> list:
    """What administrators change: `form` is filled.Form."""
    page = reverse("webhook", args=[world.webhook.pk])
    typed = {"name": "Renamed", "events": ["closure.decided"], "is_on": "on"}
    return [form("webhook", page, page, typed, "administrator")]
