"""How evidence is pointed at once, and withdrawn."""

import datetime

from recommendations.domain.evidence import evidence
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=14)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    return {
        "evidence.point_at": lambda: evidence.point_at(
            subject=world.commitment_a, source=world.meetings_a.held, note="Seen.", **by
        ),
        "evidence.withdraw_evidence": lambda: evidence.withdraw_evidence(
            evidence=world.evidence_a, reason="Wrong.", **by
        ),
    }
