"""The addresses of a force's own pages for its chief officer's comments, in each state."""

from tests.security.line import MISSING, Line

# State → what the page of its draft, and the last look, answer to a GET and to an empty form.
ANSWERS = {
    "not_begun": ((200, 302), (200, 422)),
    "begun": ((200, 422), (200, 422)),
    "complete": ((200, 422), (200, 422)),
    "submitted": ((200, 422), (302, 422)),
    "recorded": ((200, 422), (302, 422)),
    "again": ((200, 302), (200, 422)),
    "dropped": ((200, 422), (302, 422)),
}


def force_comments(world) -> list[Line]:
    """Each force its own, once the invitation was sent; the office not at all."""
    table = [Line("force_comments", post=405)]
    for letter in "ab":
        found, own = getattr(world, f"invited_{letter}"), frozenset({f"lead_{letter}"})
        for state, (write, submit) in ANSWERS.items():
            pk = getattr(found, state).pk
            table.append(Line("write_comments", (pk,), own, *write))
            table.append(Line("submit_comments", (pk,), own, *submit))
        table += [Line(name, (found.unsent.pk,), frozenset()) for name in ("write_comments", "submit_comments")]
    return [*table, *(Line(name, (MISSING,), frozenset()) for name in ("write_comments", "submit_comments"))]
