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
    lists = [Line("public_papers", post=405), Line("public_papers_feed", post=405)]
    return [*office, *lists, *_public("westmarch", a, 200), *_public("eastvale", b, 404)]


def _public(slug: str, paper, get: int) -> list[Line]:
    """A paper's page, its file and what is read of it; a second issue and the draft of another quarter aren’t."""
    address = (slug, paper.start, paper.end)
    names = {
        "public_paper": (),
        "public_paper_file": (),
        "public_paper_read": (slug,),
        "public_paper_register": (slug, "csv"),
    }
    there = [Line(name, (*address, 1, *more), get=get, post=405) for name, more in names.items()]
    return [*there, *(Line(name, (*address, 2, *more), get=404, post=405) for name, more in names.items())]
