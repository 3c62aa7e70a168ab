"""A token of everybody who can have one, with all that it can have: the clients of the matrix send it."""

import datetime

from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token, scopes_for


def build_tokens(world, say) -> dict:
    """Persona → the token and its text. The second lead's has the canary in its name."""
    at = timezone.now()
    last_day = at.date() + datetime.timedelta(days=90)
    made = {}
    for persona, person in world.people.items():
        if scopes := scopes_for(person):
            name = say("Feed") if persona == "lead_b" else "Feed"
            made[persona] = make_token(name=name, scopes=scopes, last_day=last_day, by=person, at=at)
    return made


def send_tokens(world) -> None:
    """Each browser sends its person's token too: pages do not look at it, and under /api/v1/ nothing else counts."""
    for persona, made in world.tokens.items():
        world.clients[persona].defaults["HTTP_AUTHORIZATION"] = f"Bearer {made.secret}"
