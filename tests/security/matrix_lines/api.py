"""The addresses of the API, and of the tokens that open it."""

from tests.security.line import MISSING, OFFICE, Line

LISTS = (
    "register",
    "inspections",
    "recommendations",
    "responses",
    "commitments",
    "meetings",
    "people",
    "actions",
    "indicators",
    "accountability_meetings",
)


def tokens(world) -> list[Line]:
    """A token is revoked by its owner or an administrator; who makes one is asked first who they are."""
    table = [Line("own_tokens", post=302), Line("all_tokens", post=405), Line("api_guide", post=405)]
    for owner in ("lead_a", "lead_b", "member"):
        made = world.tokens[owner].token
        table.append(Line("revoke_api_token", (made.pk,), frozenset({owner, "administrator"}), get=405, post=302))
    return [*table, Line("revoke_api_token", (MISSING,), frozenset(), get=405), *api(world)]


def api(world) -> list[Line]:
    """What a program reads with its person's token is what they see."""
    office, nobody = frozenset(OFFICE), frozenset()
    table = [Line("api_openapi", post=405), *(Line(f"api_{name}", post=405) for name in (*LISTS, "papers", "rounds"))]
    for letter, lead in (("a", "lead_a"), ("b", "lead_b")):
        sees = frozenset(OFFICE | {lead})
        tracked, asked = getattr(world, f"open_{letter}").pk, getattr(world, f"round_{letter}").pk
        table += [
            Line("api_tracked", (tracked,), sees, post=405),
            Line("api_log_update", (tracked,), get=405, post=400),  # what is sent is read first: it is no JSON
            Line("api_round", (asked,), sees, post=405),
            Line("api_answer_round", (asked,), get=405, post=400),
            Line("api_record_values", (getattr(world, f"indicator_{letter}").pk,), get=405, post=400),
            Line("api_response", (getattr(world, f"response_{letter}").pk,), office, post=405),
            Line("api_paper", (getattr(world, f"draft_{letter}").pk,), office, post=405),
            Line("api_paper", (getattr(world, f"final_{letter}").pk,), sees | {"member"}, post=405),
            Line("api_paper", (getattr(world, f"closed_final_{letter}").pk,), office, post=405),
        ]
    missing = [Line(f"api_{name}", (MISSING,), nobody, post=405) for name in ("tracked", "round", "response", "paper")]
    return [*table, *missing]
