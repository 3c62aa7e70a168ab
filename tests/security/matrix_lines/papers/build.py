"""The addresses at which the files of papers are made: the office's, whatever force a paper is about."""

from tests.security.line import MISSING, OFFICE, Line


def builds(world) -> list[Line]:
    """Asking for a draft's file, how far it is, the file; a build is there below its own paper only."""
    office, nobody = frozenset(OFFICE), frozenset()
    drafts = {world.draft_a.pk: office, world.final_a.pk: office, MISSING: nobody}
    found = {
        (world.draft_a.pk, world.build_a.pk): office,
        (world.draft_b.pk, world.build_b.pk): office,
        (world.draft_a.pk, world.build_b.pk): nobody,
        (world.draft_a.pk, MISSING): nobody,
    }
    names = ("paper_build", "build_progress", "paper_build_file")
    return [
        *(Line("build_draft", (pk,), seen_by, get=405, post=302) for pk, seen_by in drafts.items()),
        *(Line(name, args, seen_by, post=405) for args, seen_by in found.items() for name in names),
    ]
