"""The addresses of papers, and at which the words of a draft are written: what they answer to an empty form."""

from tests.security.line import MISSING, OFFICE, Line
from tests.security.matrix_lines.papers.build import builds
from tests.security.matrix_lines.papers.reach import reach


def papers(world) -> list[Line]:
    """Drafts are the office's; a filed paper is there for members, and for the force that it is about."""
    found = {
        world.draft_a.pk: frozenset(OFFICE),
        world.draft_b.pk: frozenset(OFFICE),
        world.final_a.pk: frozenset(OFFICE | {"member", "lead_a"}),
        world.final_b.pk: frozenset(OFFICE | {"member", "lead_b"}),
        MISSING: frozenset(),
    }
    table, drafts = [], (world.draft_a.pk, world.draft_b.pk)
    for pk, seen_by in found.items():
        table += [
            Line("paper", (pk,), seen_by, post=405),
            Line("paper_file", (pk,), seen_by, post=405),
            Line("finalise_paper", (pk,), seen_by, get=200 if pk in drafts else 302, post=302),
            Line("correct_paper", (pk,), seen_by, get=405, post=302),
            Line("read_paper", (pk,), seen_by, post=405),
            *(Line("paper_register", (pk, form), seen_by, post=405) for form in ("xlsx", "csv")),
            Line("paper_register", (pk, "exe"), seen_by, get=404, post=405),
        ]
    return [*table, *builds(world), *reach(world)]


def paper_words(world) -> list[Line]:
    """A draft has the form; from a finalised paper it leads back to the paper."""
    office = frozenset(OFFICE)
    drafts = [Line("paper_words", (paper.pk,), office, post=422) for paper in (world.draft_a, world.draft_b)]
    filed = [Line("paper_words", (paper.pk,), office, get=302, post=302) for paper in (world.final_a, world.final_b)]
    return [*drafts, *filed, Line("paper_words", (MISSING,), frozenset())]
