"""The addresses at which a filed paper is made public, and at which everybody reads it."""

from tests.security.line import MISSING, Line

NOBODY = frozenset()
APPROVER = frozenset({"approver"})


def reach(world) -> list[Line]:
    """The first force's paper is public. The second's is not, though it is filed and issued to a meeting."""
    a, b, publication = world.final_a, world.final_b, world.checks_a.publication
    office = [
        Line("publish_paper", (a.pk,), APPROVER, get=302, post=302),
        Line("publish_paper", (b.pk,), APPROVER, post=302),
        Line("publish_paper", (world.draft_a.pk,), APPROVER, get=302, post=302),
        Line("publish_paper", (MISSING,), NOBODY),
        Line("withdraw_public_paper", (a.pk, publication.pk), APPROVER, post=422),
        Line("withdraw_public_paper", (b.pk, publication.pk), NOBODY),
        Line("withdraw_public_paper", (a.pk, MISSING), NOBODY),
    ]
    return [*office, Line("public_papers", post=405), *_public("westmarch", a, 200), *_public("eastvale", b, 404)]


def _public(slug: str, paper, get: int) -> list[Line]:
    """A paper's page and file; a second issue and the draft of another quarter are not there."""
    address = (slug, paper.start, paper.end)
    names = ("public_paper", "public_paper_file")
    there = [Line(name, (*address, 1), get=get, post=405) for name in names]
    return [*there, *(Line(name, (*address, 2), get=404, post=405) for name in names)]
