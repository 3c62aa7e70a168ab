"""The addresses of the API, and of the tokens that open it."""

from tests.security.line import MISSING, Line


def tokens(world) -> list[Line]:
    """A token is revoked by its owner or an administrator; who makes one is asked first who they are."""
    table = [Line("own_tokens", post=302), Line("all_tokens", post=405)]
    for owner in ("lead_a", "lead_b", "member"):
        made = world.tokens[owner].token
        table.append(Line("revoke_api_token", (made.pk,), frozenset({owner, "administrator"}), get=405, post=302))
    return [*table, Line("revoke_api_token", (MISSING,), frozenset(), get=405)]
