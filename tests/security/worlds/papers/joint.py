"""A joint paper on both forces as a draft and one that is filed, whose files name each force in its own words."""

import datetime

from recommendations.domain.papers.joint import papers
from recommendations.domain.papers.sections import author_text
from recommendations.models import ScrutinyReport
from tests.conftest import AT
from tests.security.worlds.papers.check import BACK

HOUR = datetime.timedelta(hours=1)
DRAFT = {"start": datetime.date(2024, 10, 1), "end": datetime.date(2024, 12, 31)}
FINAL = {"start": datetime.date(2024, 7, 1), "end": datetime.date(2024, 9, 30)}


def build_joint(world, says: dict) -> None:
    """`says` are how the texts of each force are written, by its letter. The draft's parts have words of their own."""
    forces = [world.force_a, world.force_b]
    by = {"by": world.people["officer"], "at": AT + 8 * HOUR}
    for name, days in (("draft", DRAFT), ("final", FINAL)):
        whole = papers.prepare_joint(forces=forces, panel=world.panel, **days, **by)
        setattr(world, f"joint_{name}", whole)
        for letter in "ab":
            part = ScrutinyReport.objects.get(part_of=whole, force=getattr(world, f"force_{letter}"))
            setattr(world, f"joint_{name}_{letter}", part)
    for letter, say in says.items():
        said = {"view": "assured", "view_words": say(f"They both did {BACK}{letter}.")}
        author_text.write_words(paper=getattr(world, f"joint_draft_{letter}"), version=0, **said, **by)
    compiled = papers.compile_joint(paper=world.joint_final, known_at=AT + 9 * HOUR)
    letters = {world.force_a.pk: "a", world.force_b.pk: "b"}
    of_parts = [says[letters[part.force_id]]("%PDF-1.7 of one force").encode() for part, _ in compiled.parts]
    content = " ".join(say("%PDF-1.7 of both forces") for say in says.values()).encode()
    said = {"compiled": compiled, "content": content, "extracts": of_parts}
    papers.finalise_joint(paper=world.joint_final, **said, by=world.people["approver"], at=AT + 9 * HOUR)
