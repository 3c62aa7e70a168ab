"""How each verb about joint papers is done once."""

import datetime

from recommendations.domain.papers.joint import papers
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)
DAYS = {"start": datetime.date(2023, 1, 1), "end": datetime.date(2023, 3, 31)}


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    new = {"forces": [world.force_a, world.force_b], **DAYS, **by}

    def finalise():
        compiled = papers.compile_joint(paper=world.joint_draft, known_at=LATER)
        files = {"content": b"%PDF", "extracts": [b"%PDF"] * 2}
        by = {"by": world.people["approver"], "at": LATER}
        return papers.finalise_joint(paper=world.joint_draft, compiled=compiled, **files, **by)

    return {
        "papers.prepare_for": lambda: papers.prepare_for(**new),
        "papers.prepare_joint": lambda: papers.prepare_joint(**new),
        "papers.finalise_joint": finalise,
    }
