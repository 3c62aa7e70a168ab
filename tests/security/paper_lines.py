"""The address at which the words of a draft paper are written: what it answers to an empty form."""

from tests.security.line import MISSING, OFFICE, Line


def paper_words(world) -> list[Line]:
    """A draft has the form; from a finalised paper it leads back to the paper."""
    office = frozenset(OFFICE)
    drafts = [Line("paper_words", (paper.pk,), office) for paper in (world.draft_a, world.draft_b)]
    filed = [Line("paper_words", (paper.pk,), office, get=302, post=302) for paper in (world.final_a, world.final_b)]
    return [*drafts, *filed, Line("paper_words", (MISSING,), frozenset())]
