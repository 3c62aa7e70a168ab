"""The button that revokes a token. Making one asks for a fresh sign-in: tests/views/people sends that form."""

from django.urls import reverse


def about_tokens(world, form) -> list:
    """Of one's own, and of somebody else by an administrator."""
    ours, theirs = (reverse("revoke_api_token", args=[world.tokens[who].token.pk]) for who in ("lead_a", "officer"))
    return [
        form("revoke_api_token", reverse("own_tokens"), ours, {}, "lead_a"),
        form("revoke_api_token", reverse("all_tokens"), theirs, {}, "administrator"),
    ]
