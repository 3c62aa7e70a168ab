"""The addresses of letters: a file where there is one to write, else why there is none yet."""

from tests.security.line import MISSING, OFFICE, Line

NOBODY = frozenset()
FORMS = ("pdf", "docx", "txt")
NOT_YET = 409


def letters(world) -> list[Line]:
    office, to, table = frozenset(OFFICE), world.recipient.pk, []
    for letter, other in (("a", "b"), ("b", "a")):
        asked, invited = getattr(world, f"asked_{letter}"), getattr(world, f"invited_{letter}")
        slug, elsewhere = getattr(world, f"force_{letter}").slug, getattr(world, f"force_{other}").slug
        published = getattr(world, f"response_{letter}").pk
        table += [
            *_each("invitation_letter", (invited.unsent.response_id, slug), office),
            *_each("invitation_letter", (invited.submitted.response_id, slug), office),
            *_each("invitation_letter", (asked.begun.pk, slug), office, NOT_YET),
            *_each("invitation_letter", (invited.unsent.response_id, elsewhere), NOBODY),
            *_each("covering_letter", (published, to), office),
            *_each("covering_letter", (asked.begun.pk, to), office, NOT_YET),
            *_each("covering_letter", (published, MISSING), NOBODY),
            Line("invitation_letter", (invited.unsent.response_id, slug, "exe"), office, get=404, post=405),
            Line("covering_letter", (published, to, "exe"), office, get=404, post=405),
        ]
    return [
        *table,
        *_each("invitation_letter", (MISSING, world.force_a.slug), NOBODY),
        *_each("invitation_letter", (world.invited_a.unsent.response_id, "no-such-force"), NOBODY),
        *_each("covering_letter", (MISSING, to), NOBODY),
    ]


def _each(name: str, args: tuple, seen_by: frozenset, get: int = 200) -> list[Line]:
    return [Line(name, (*args, form), seen_by, get=get, post=405) for form in FORMS]
