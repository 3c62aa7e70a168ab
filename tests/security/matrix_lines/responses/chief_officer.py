"""The addresses of chief officers' comments and of copies: what they answer to an empty form."""

from tests.security.line import MISSING, OFFICE, Line

NOBODY = frozenset()


def chief_officers(world) -> list[Line]:
    """Each form where it is due, and the way back where it is not."""
    office, table = frozenset(OFFICE), []
    for letter, other in (("a", "b"), ("b", "a")):
        of, slug = getattr(world, f"asked_{letter}"), getattr(world, f"force_{letter}").slug
        elsewhere = getattr(world, f"force_{other}").slug
        table += [
            *_asked(of.begun.pk, slug, office, invite=(200, 422), sent=(302, 302), record=(200, 422)),
            *_asked(of.invited.pk, slug, office, invite=(302, 422), sent=(200, 422), record=(200, 422)),
            *_asked(of.said.pk, slug, office, invite=(302, 422), sent=(302, 302), record=(302, 422)),
            *_asked(of.begun.pk, elsewhere, NOBODY),
            *_of_comments(of.said.pk, of.comments.pk, office),
            *_of_comments(of.begun.pk, of.comments.pk, NOBODY),
            *_of_comments(getattr(world, f"asked_{other}").said.pk, of.comments.pk, NOBODY),
        ]
    pages = [world.asked_a.begun.pk, world.asked_b.said.pk, world.drafts_b.approved.pk, world.response_b.pk]
    return [
        *table,
        *(Line("response_comments", (pk,), office, post=405) for pk in pages),
        Line("response_comments", (MISSING,), NOBODY, post=405),
        *_asked(MISSING, world.force_a.slug, NOBODY),
        *_of_comments(world.asked_a.said.pk, MISSING, NOBODY),
        *copies(world, office),
    ]


def _asked(pk: int, slug: str, seen_by, *, invite=(200, 200), sent=(200, 200), record=(200, 200)) -> list[Line]:
    """`invite`, `sent` and `record`: what a GET and an empty POST are answered; the day moves where it can be sent."""
    day = sent
    named = {"invite_to_comment": invite, "record_invitation_sent": sent, "move_invitation_day": day}
    named["record_comments"] = record
    return [Line(name, (pk, slug), seen_by, get=get, post=post) for name, (get, post) in named.items()]


def _of_comments(pk: int, comments: int, seen_by) -> list[Line]:
    return [
        Line("withdraw_comments", (pk, comments), seen_by, post=422),
        Line("comments_file", (pk, comments), seen_by, post=405),
    ]


def copies(world, office) -> list[Line]:
    """Of what is published and what is not."""
    to, table = world.recipient.pk, []
    for pk in (world.response_a.pk, world.response_b.pk, world.asked_a.begun.pk):
        table.append(Line("response_copies", (pk,), office, post=405))
    for pk in (world.response_a.pk, world.response_b.pk):
        table += [
            Line("record_copy", (pk, to), office, post=422),
            Line("record_copy", (pk, MISSING), NOBODY),
        ]
    return [
        *table,
        Line("record_copy", (world.asked_a.begun.pk, to), office, get=302, post=302),
        Line("record_copy", (MISSING, to), NOBODY),
        Line("response_copies", (MISSING,), NOBODY, post=405),
    ]
