"""Evidence of a commitment, a recommendation and an assurance of each force: words of the office that stay there."""

import datetime

from recommendations.domain.evidence import evidence
from recommendations.models import Assurance
from tests.conftest import AT
from tests.security.worlds.commitment import PROMISE

HOUR = datetime.timedelta(hours=1)


def build_evidence(world, letter: str, say) -> None:
    """`evidence_a` is the measure of a commitment, `assurance_a` the assurance that rests on a panel's attendance."""
    by, note = {"by": world.people["officer"], "at": AT + 3 * HOUR}, {"note": say(f"Seen there {PROMISE}.")}
    panel, record = getattr(world, f"channel_{letter}"), getattr(world, f"open_{letter}")
    commitment, assurance = getattr(world, f"commitment_{letter}"), Assurance.objects.filter(tracked=record).first()
    made = evidence.point_at(subject=commitment, source=panel, measure=True, **note, **by)
    evidence.point_at(subject=record, source=getattr(world, f"meetings_{letter}").held, **note, **by)
    evidence.point_at(subject=assurance, source=panel, **note, **by)
    setattr(world, f"evidence_{letter}", made)
    setattr(world, f"assurance_{letter}", assurance)
